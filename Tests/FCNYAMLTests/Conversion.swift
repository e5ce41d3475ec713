import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

/// Reads texts of both forms and compares what they say.
enum Conversion {
  static func read(_ text: String, _ frontEnd: any FrontEnd) -> (tree: NetworkSyntax, findings: [String]) {
    var sink = DiagnosticSink()
    let tree = frontEnd.parse(SourceFile(path: "test.\(frontEnd.fileExtensions[0])", text: text), report: &sink)
    return (
      tree, sink.diagnostics.map { "\($0.range.map { "\($0.start.line):\($0.start.column)" } ?? "") \($0.message)" }
    )
  }

  /// What a tree says, with the items in the order of the sections of a YAML file.
  static func meaning(_ tree: NetworkSyntax) -> String {
    func section(_ item: NetworkSyntax.Item) -> Int {
      switch item {
      case .include: 0
      case .network: 1
      case .input: 2
      case .definition: 3
      case .weights: 4
      case .statement: 5
      case .output: 6
      }
    }
    var sorted = tree
    sorted.items = tree.items.enumerated().sorted {
      (section($0.element), $0.offset) < (section($1.element), $1.offset)
    }
    .map(\.element)
    return SyntaxDump.bare(SyntaxDump.dump(sorted))
  }

  static func comments(_ tree: NetworkSyntax) -> [String] { tree.comments.map(\.text).sorted() }

  /// From the network language to YAML and back without loss, and both printed again without change.
  static func expectLossless(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let first = read(text, NetworkLanguage())
    let yaml = YAMLFrontEnd().print(first.tree)
    let second = read(yaml, YAMLFrontEnd())
    #expect(second.findings == [], "\(text)\n\(yaml)", sourceLocation: sourceLocation)
    #expect(meaning(second.tree) == meaning(first.tree), "\(text)\n\(yaml)", sourceLocation: sourceLocation)
    #expect(comments(second.tree) == comments(first.tree), "\(yaml)", sourceLocation: sourceLocation)
    #expect(YAMLFrontEnd().print(second.tree) == yaml, sourceLocation: sourceLocation)
    let back = NetworkLanguage().print(second.tree)
    let third = read(back, NetworkLanguage())
    #expect(third.findings == [], "\(yaml)\n\(back)", sourceLocation: sourceLocation)
    #expect(meaning(third.tree) == meaning(first.tree), "\(yaml)\n\(back)", sourceLocation: sourceLocation)
    #expect(comments(third.tree) == comments(first.tree), "\(back)", sourceLocation: sourceLocation)
  }
}
