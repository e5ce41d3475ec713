import FCNCore

/// Findings for people: each with the lines of the source that it speaks of, and at last their number.
public struct TextReporter: Reporter {
  public let name = "text"
  public var renderer: DiagnosticRenderer

  public init(usesColor: Bool = false) {
    renderer = DiagnosticRenderer(usesColor: usesColor)
  }

  public func report(_ findings: FindingReport) -> String {
    let diagnostics = findings.diagnostics
    guard !diagnostics.isEmpty else { return "" }
    let counts = Diagnostic.Severity.allCases.reversed().compactMap { severity -> String? in
      let count = diagnostics.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    let fixable = diagnostics.count { findings.isFixable($0) }
    let excerpt = FindingExcerpt(diagnostics, limit: findings.limit)
    return excerpt.shown.map { renderer.render($0) + "\n" }.joined() + (excerpt.remark.map { $0 + "\n\n" } ?? "")
      + counts.joined(separator: ", ") + (fixable == 0 ? "" : "; `--fix` mends \(fixable)") + "\n"
  }
}
