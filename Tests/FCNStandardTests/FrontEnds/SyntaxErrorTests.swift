import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// Every `Tests/UI/syntax/NAME.fcn` has its findings, as they are printed, in `NAME.expected.txt`.
@Suite struct SyntaxErrorTests {
  static let folder = Repository.file("Tests/UI/syntax")

  static func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".fcn") }.sorted()
  }

  private func findings(_ name: String) throws -> [Diagnostic] {
    let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name))
    var sink = DiagnosticSink()
    _ = NetworkLanguage().parse(SourceFile(path: name, bytes: Array(bytes)), report: &sink)
    return sink.sorted
  }

  @Test(arguments: try files()) func isReported(_ name: String) throws {
    let findings = try findings(name)
    #expect(!findings.isEmpty)
    let renderer = DiagnosticRenderer()
    let text = findings.map { renderer.render($0) }.joined(separator: "\n")
    let expected = Self.folder.appendingPathComponent(name.replacing(".fcn", with: ".expected.txt"))
    let difference = try ExpectedText.difference(text, from: expected)
    #expect(difference == nil)
  }

  @Test func theFilesAreManyAndShowEveryKindOfFinding() throws {
    let names = try Self.files()
    #expect(names.count >= 60)
    let shown = try Set(names.flatMap { try findings($0).map(\.id.name) })
    #expect(Set(DiagnosticID.languageCatalog.map(\.name)).subtracting(shown) == [])
  }

  /// A change that can be carried out removes a finding of its kind and adds none.
  @Test(arguments: try files()) func changesMend(_ name: String) throws {
    for finding in try findings(name) {
      for fixIt in finding.fixIts where fixIt.applicability != .manual {
        guard let file = finding.range?.file else { continue }
        var bytes = file.bytes
        for edit in fixIt.edits.sorted(by: { $0.range.lower > $1.range.lower }) {
          bytes.replaceSubrange(edit.range.lower..<edit.range.upper, with: edit.replacement.utf8)
        }
        var sink = DiagnosticSink()
        _ = NetworkLanguage().parse(SourceFile(path: name, bytes: bytes), report: &sink)
        let before = try findings(name).count { $0.id == finding.id }
        let after = sink.diagnostics.count { $0.id == finding.id }
        #expect(after < before, "\(name): \(fixIt.title)")
      }
    }
  }
}
