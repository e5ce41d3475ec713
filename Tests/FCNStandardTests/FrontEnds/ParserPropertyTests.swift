import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// Whatever the bytes, the parser ends soon, and its findings lie in the file.
@Suite struct ParserPropertyTests {
  private func check(_ bytes: [UInt8], _ seed: some Any) {
    let file = SourceFile(path: "random.fcn", bytes: bytes)
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(file, report: &sink)
    for finding in sink.diagnostics {
      guard let range = finding.range else {
        Issue.record("a finding without a place: \(finding.message), seed \(seed)")
        continue
      }
      #expect(range.upper <= bytes.count, "seed \(seed)")
      #expect(!DiagnosticRenderer().render(finding).isEmpty)
    }
    let printed = NetworkLanguage().print(tree)
    guard !sink.hasErrors else { return }
    #expect(SyntaxDump.dump(Sample.read(printed).tree) == SyntaxDump.dump(tree), "seed \(seed)")
  }

  static let pieces =
    NetworkLanguage.keywords + NetworkLanguage.symbols
    + [
      "a", "b", "relu", "3", "0.5", "3x5", "\"t\"", "\"", "'", "\n", "\n  ", "\r\n", "//", "/*", "*/", "#", ";", "@",
      "@a.{", "@/",
      "\u{0}", "\t", "é", "→", "“", "”", "True", "return", "elif", "\\", "&&", "1e", "99999999999999999999", "\u{FEFF}",
    ]

  @Test(.timeLimit(.minutes(1)), arguments: 0..<4) func randomTokens(_ part: Int) {
    for number in 0..<500 {
      let seed = UInt64(part * 500 + number)
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 1...60, using: &random)
      let text = (0..<count).map { _ in
        (Self.pieces.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
      }
      check(Array(text.joined().utf8), seed)
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: 0..<4) func mutations(_ part: Int) throws {
    let page = try String(contentsOf: Repository.file("Sources/fcnc/Documentation/Language.md"), encoding: .utf8)
    let valid = page.components(separatedBy: "```fcn\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
      .joined()
    let original = Array(valid.utf8)
    for number in 0..<500 {
      let seed = UInt64(10_000 + part * 500 + number)
      var random = SeededGenerator(seed: seed)
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: place)
        default: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &random))
        }
        if bytes.isEmpty { bytes = [10] }
      }
      check(bytes, seed)
    }
  }

  /// Long texts that repeat one thing, which a parser that is not linear or not bounded in depth fails on.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "(", "[", "{", "a(", "a[", "- ", "not ", "if a { ", "x -> if a { ", "y = if a { ", "if a { b } else ",
      "def f() {\n",
      "a + ", "a ^ ", "a, ", "a,\n", "f(a,\n", "a -> ", "a\n", "\"", "'", "@{", "x @a{", "/*", "//", "#", ";", ")", "}",
      "]", "= ", "“",
      "a = ", "a b ", "1.", "\u{0}", "\\", "a[0]", "a.b", "repeat i < ", "repeat i < 2 with x = ", "\n", " ", ".", ",",
      "->", "é",
    ])
  func longTexts(_ piece: String) {
    let bytes = Array(String(repeating: piece, count: 200_000 / piece.utf8.count).utf8)
    var sink = DiagnosticSink()
    let file = SourceFile(path: "long.fcn", bytes: bytes)
    let clock = ContinuousClock()
    let time = clock.measure {
      let tree = NetworkLanguage().parse(file, report: &sink)
      _ = NetworkLanguage().print(tree)
    }
    #expect(time < .seconds(5))
    for finding in sink.diagnostics.prefix(20) { #expect(!DiagnosticRenderer().render(finding).isEmpty) }
  }
}
