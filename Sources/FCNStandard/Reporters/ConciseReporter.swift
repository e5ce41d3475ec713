import FCNCore

/// One line for each finding: `path:line:column: severity: message [id]`.
public struct ConciseReporter: Reporter {
  public let name = "concise"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    let excerpt = FindingExcerpt(findings.diagnostics, limit: findings.limit)
    let lines = excerpt.shown.map { diagnostic in
      let place = diagnostic.range.map { range in
        let start = range.start
        return "\(range.file.path):\(start.line):\(start.column): "
      }
      let message = diagnostic.message.replacing("\n", with: " ")
      return
        "\(place ?? "")\(diagnostic.severity.rawValue): \(message) [\(diagnostic.id.name)]\(findings.isFixable(diagnostic) ? " [*]" : "")\n"
    }
    return lines.joined() + (excerpt.remark.map { $0 + "\n" } ?? "")
  }
}

extension FindingReport {
  /// Whether `fcnc lint --fix` mends a finding.
  func isFixable(_ diagnostic: Diagnostic) -> Bool {
    rules[diagnostic.id.name] != nil && diagnostic.fixIts.contains { $0.applicability == .automatic }
  }
}
