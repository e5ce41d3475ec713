import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

/// The wrong networks of `Tests/UI/yaml`: the first line of each says, written by hand, which findings there are;
/// `NAME.expected.txt` holds them as they are printed.
@Suite struct WrongYAMLTests {
  static let folder = Repository.file("Tests/UI/yaml")
  static let end = ".fcn.yaml"

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(end) }.sorted()
  }

  private func findings(_ name: String) throws -> (first: String, findings: [Diagnostic]) {
    let bytes = try Array(Data(contentsOf: Self.folder.appendingPathComponent(name)))
    var sink = DiagnosticSink()
    let tree = YAMLFrontEnd().parse(SourceFile(path: name, bytes: bytes), report: &sink)
    if !sink.hasErrors {
      let elaborator = Elaborator(
        registry: Registry([StandardPlugin.self, YAMLPlugin.self]),
        loader: { _, _ in .failure(.init("no such file")) }, settings: [:])
      let graph = elaborator.elaborate(tree, report: &sink)
      if let graph { UnusedNames.check(tree, graph: graph, report: &sink) }
    }
    return (String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self), sink.sorted)
  }

  @Test func thereAreManyAndEveryKindIsShown() throws {
    let names = try Self.names()
    #expect(names.count >= 50)
    let shown = try Set(names.flatMap { try findings($0).findings.map(\.id.name) })
    #expect(Set(DiagnosticID.yamlCatalog.map(\.name)).subtracting(shown) == [])
  }

  @Test(arguments: try names()) func findsWhatTheFirstLineSays(_ name: String) throws {
    let (first, findings) = try findings(name)
    let expected = first.dropFirst("# finds: ".count).split(separator: ",")
      .map { $0.trimmingCharacters(in: .whitespaces) }.sorted()
    #expect(findings.map(\.id.name).sorted() == expected, "\(name)")
    let renderer = DiagnosticRenderer()
    let rendered = findings.map { renderer.render($0) }.joined(separator: "\n")
    let file = Self.folder.appendingPathComponent(name.replacing(Self.end, with: ".expected.txt"))
    let difference = try ExpectedText.difference(rendered, from: file)
    #expect(difference == nil)
  }
}
