import FCNCore

/// One line for each finding: `path:line:column: severity: message [id]`.
public struct ConciseReporter: Reporter {
  public let name = "concise"

  public init() {}

  public func report(_ diagnostics: [Diagnostic]) -> String { report(diagnostics, limit: nil) }

  public func report(_ diagnostics: [Diagnostic], limit: Int?) -> String {
    let excerpt = FindingExcerpt(diagnostics, limit: limit)
    let lines = excerpt.shown.map { diagnostic in
      let place = diagnostic.range.map { range in
        let start = range.start
        return "\(range.file.path):\(start.line):\(start.column): "
      }
      let message = diagnostic.message.replacing("\n", with: " ")
      return "\(place ?? "")\(diagnostic.severity.rawValue): \(message) [\(diagnostic.id.name)]\n"
    }
    return lines.joined() + (excerpt.remark.map { $0 + "\n" } ?? "")
  }
}
