import FCNCore
import FCNStandard
import Foundation
import Testing

@Suite struct ReporterTests {
  private let findings: [Diagnostic]

  init() {
    let file = SourceFile(path: "a.fcn", text: "x\né = y\n")
    let id = DiagnosticID("some-id", "")
    let place = SourceRange(file: file, lower: 7, upper: 8)
    findings = [
      Diagnostic(
        id, "the message", at: place, label: "l", help: "h", fixIts: [FixIt("f", .automatic, [.init(place, "z\n")])]),
      Diagnostic(id, "another", at: nil, severity: .warning),
    ]
  }

  @Test func allAreRegistered() {
    let registry = Registry([StandardPlugin.self])
    #expect(Set(registry.reporters.map(\.name)).isSuperset(of: ["concise", "json", "text"]))
    #expect(registry.frontEnds.contains { $0.name == "fcn" && $0.fileExtensions == ["fcn"] })
    #expect(registry.conflicts == [])
  }

  @Test func conciseIsOneLineEach() {
    #expect(
      ConciseReporter().report(findings)
        == "a.fcn:2:5: error: the message [some-id]\nwarning: another [some-id]\n")
    #expect(ConciseReporter().report([]) == "")
  }

  @Test func textEndsWithTheCount() {
    let text = TextReporter().report(findings + findings)
    #expect(text.hasSuffix("\n\n2 errors, 2 warnings\n"))
    #expect(text.components(separatedBy: "error[some-id]: the message").count == 3)
    #expect(TextReporter().report([]) == "")
  }

  @Test func jsonHoldsEverything() throws {
    let data = Data(JSONReporter().report(findings).utf8)
    let report = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(report["version"] as? Int == 1)
    let list = try #require(report["diagnostics"] as? [[String: Any]])
    #expect(list.count == 2)
    let first = try #require(list.first)
    #expect(first["id"] as? String == "some-id")
    #expect(first["severity"] as? String == "error")
    let range = try #require(first["range"] as? [String: Any])
    #expect(range["file"] as? String == "a.fcn")
    #expect(range["start"] as? [String: Int] == ["line": 2, "column": 5, "offset": 7])
    #expect(range["end"] as? [String: Int] == ["line": 2, "column": 6, "offset": 8])
    let fix = try #require((first["fixes"] as? [[String: Any]])?.first)
    #expect(fix["applicability"] as? String == "automatic")
    #expect((fix["edits"] as? [[String: Any]])?.first?["replacement"] as? String == "z\n")
    #expect(list.last?["range"] == nil)
  }

  /// Thirty warnings and an error at the end: twenty findings are printed, the error among them, and all are counted.
  @Test func reportsForPeopleAreCut() throws {
    let file = SourceFile(path: "a.fcn", text: String(repeating: "x\n", count: 40))
    let many = (0..<31).map { line in
      Diagnostic(
        DiagnosticID(line == 30 ? "bad" : "odd", ""), "line \(line)",
        at: SourceRange(file: file, lower: 2 * line, upper: 2 * line + 1), severity: line == 30 ? .error : .warning)
    }
    let concise = ConciseReporter().report(many, limit: 20).split(separator: "\n")
    #expect(concise.count == 21)
    #expect(concise.first == "a.fcn:1:1: warning: line 0 [odd]")
    #expect(concise[18] == "a.fcn:19:1: warning: line 18 [odd]")
    #expect(concise[19] == "a.fcn:31:1: error: line 30 [bad]")
    #expect(concise[20] == "and 11 more; `--all-findings` prints them")
    let text = TextReporter().report(many, limit: 20)
    #expect(text.components(separatedBy: "warning[odd]").count == 20)
    #expect(text.hasSuffix("\n\nand 11 more; `--all-findings` prints them\n\n1 error, 30 warnings\n"))
    #expect(TextReporter().report(many, limit: 31) == TextReporter().report(many))
    #expect(ConciseReporter().report(many, limit: nil).split(separator: "\n").count == 31)
    let report = try JSONSerialization.jsonObject(with: Data(JSONReporter().report(many, limit: 20).utf8))
    #expect(((report as? [String: Any])?["diagnostics"] as? [Any])?.count == 31)
  }
}
