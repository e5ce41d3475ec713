import FCNCore

/// JUnit's XML: a suite for each file, a case for each finding, and a passed case for a file without any. Notes are no
/// failures: their cases pass and say what was found.
public struct JUnitReporter: Reporter {
  public let name = "junit"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    let byFile = Dictionary(grouping: findings.diagnostics) { $0.range?.file.path ?? "" }
    var names = findings.files
    names += byFile.keys.filter { !names.contains($0) }.sorted()
    let suites = names.map { name in suite(findings.repositoryPath(name), byFile[name] ?? []) }
    let failures = findings.diagnostics.count { $0.severity != .note }
    let tests = names.reduce(0) { $0 + max(1, byFile[$1]?.count ?? 0) }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="fcnc" tests="\(tests)" failures="\(failures)" errors="0">
      \(suites.joined())</testsuites>

      """
  }

  private func suite(_ file: String, _ diagnostics: [Diagnostic]) -> String {
    let failures = diagnostics.count { $0.severity != .note }
    let cases =
      diagnostics.isEmpty
      ? ["    <testcase classname=\"\(Self.escaped(file))\" name=\"fcnc\"/>\n"]
      : diagnostics.map { testCase(file, $0) }
    return
      "  <testsuite name=\"\(Self.escaped(file))\" tests=\"\(max(1, diagnostics.count))\" failures=\"\(failures)\" "
      + "errors=\"0\">\n\(cases.joined())  </testsuite>\n"
  }

  private func testCase(_ file: String, _ diagnostic: Diagnostic) -> String {
    let start = diagnostic.range?.start
    let place = start.map { ":\($0.line):\($0.column)" } ?? ""
    let head =
      "    <testcase classname=\"\(Self.escaped(file))\" name=\"\(diagnostic.id.name)\(place)\""
      + (start.map { " line=\"\($0.line)\"" } ?? "") + ">\n"
    let text = Self.escaped(
      ([diagnostic.message] + diagnostic.notes + (diagnostic.help.map { ["help: \($0)"] } ?? [])).joined(
        separator: "\n"))
    let body =
      diagnostic.severity == .note
      ? "      <system-out>\(text)</system-out>\n"
      : "      <failure type=\"\(diagnostic.severity.rawValue)\" message=\"\(Self.escaped(diagnostic.message))\">\(text)"
        + "</failure>\n"
    return head + body + "    </testcase>\n"
  }

  /// Text in which XML finds no marks of its own; characters that it cannot hold are replaced.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += " "
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
