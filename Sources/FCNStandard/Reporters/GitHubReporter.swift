import FCNCore

/// Commands of a GitHub workflow that put findings beside the lines of a pull request.
///
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands: in the message `%` and line breaks are
/// escaped, in properties `:` and `,` too. Columns are given only where a finding lies within one line.
public struct GitHubReporter: Reporter {
  public let name = "github"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    findings.diagnostics.map { diagnostic in
      var properties = ["title=fcnc (\(diagnostic.id.name))"]
      if let range = diagnostic.range {
        let (start, end) = (range.start, range.end)
        properties += ["file=\(findings.repositoryPath(range.file.path))", "line=\(start.line)", "endLine=\(end.line)"]
        if start.line == end.line { properties += ["col=\(start.column)", "endColumn=\(end.column)"] }
      }
      let text = ([diagnostic.message] + (diagnostic.help.map { ["help: \($0)"] } ?? [])).joined(separator: "\n")
      let fields = properties.map { property in
        let (key, value) = property.cut(at: "=")
        return "\(key)=\(Self.escaped(value).replacing(":", with: "%3A").replacing(",", with: "%2C"))"
      }
      return "::\(diagnostic.severity.command) \(fields.joined(separator: ","))::\(Self.escaped(text))\n"
    }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}

extension Diagnostic.Severity {
  fileprivate var command: String { self == .note ? "notice" : rawValue }
}

extension String {
  fileprivate func cut(at separator: Character) -> (String, String) {
    guard let index = firstIndex(of: separator) else { return (self, "") }
    return (String(self[..<index]), String(self[self.index(after: index)...]))
  }
}
