import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// `Grammar/fcn.ebnf` and the parser say the same.
@Suite struct GrammarTests {
  /// The rules that describe characters, not words.
  static let lexical: Set = [
    "NAME", "INTEGER", "SIZE", "DECIMAL", "STRING", "LETTER", "DIGIT", "HEX", "label", "piece", "mark",
  ]

  let grammar: Grammar

  init() throws {
    grammar = try Grammar(String(contentsOf: Repository.file("Grammar/fcn.ebnf"), encoding: .utf8))
  }

  @Test func everyRuleIsDefined() {
    #expect(grammar.undefined == ["NEWLINE", "END_OF_FILE", "character"])
    #expect(grammar.order.first == "file")
  }

  @Test func theWordsAreThoseOfTheLexer() {
    let terminals = grammar.terminals(in: grammar.order.filter { !Self.lexical.contains($0) })
    let words = terminals.filter { $0.first?.isLetter ?? false }
    #expect(words == Set(NetworkLanguage.keywords))
    #expect(terminals.subtracting(words) == Set(NetworkLanguage.symbols))
  }

  @Test func theReferenceNamesTheKeywords() throws {
    let page = try String(contentsOf: Repository.file("Sources/fcnc/Documentation/Language.md"), encoding: .utf8)
    let list = page.components(separatedBy: "Keywords: `").last?.components(separatedBy: "`").first ?? ""
    #expect(Set(list.split(whereSeparator: \.isWhitespace).map(String.init)) == Set(NetworkLanguage.keywords))
  }

  /// Random sentences of the grammar are read without findings, and printing keeps them.
  @Test(arguments: 0..<8) func sentencesAreRead(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for number in 0..<250 {
      let text = grammar.networkFile(depth: 6 + number % 16, using: &random) { choice in
        ["a", "b", "x1", "conv", "_", "Long_Name"][Int(choice % 6)]
      }
      let read = Sample.read(text)
      #expect(read.findings == [], "seed \(seed), sentence \(number):\n\(text)")
      guard read.findings.isEmpty else { return }
      Sample.expectStable(text)
    }
  }
}
