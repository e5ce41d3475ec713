import FCNCore

/// One line for each finding: `path:line:column: severity: message [id]`.
public struct ConciseReporter: Reporter {
  public let name = "concise"

  public init() {}

  public func report(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      let place = diagnostic.range.map { range in
        let start = range.start
        return "\(range.file.path):\(start.line):\(start.column): "
      }
      let message = diagnostic.message.replacing("\n", with: " ")
      return "\(place ?? "")\(diagnostic.severity.rawValue): \(message) [\(diagnostic.id.name)]\n"
    }.joined()
  }
}
