import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

/// Whatever the bytes, reading ends soon, and its findings lie in the file.
@Suite struct YAMLPropertyTests {
  private func check(_ bytes: [UInt8], _ seed: Int) {
    let file = SourceFile(path: "random.fcn.yaml", bytes: bytes)
    var sink = DiagnosticSink()
    let tree = YAMLFrontEnd().parse(file, report: &sink)
    // Rendering shows the whole line, so that of many findings on a long one only some are rendered.
    for (number, finding) in sink.diagnostics.enumerated() {
      guard let range = finding.range else {
        Issue.record("a finding without a place: \(finding.message), seed \(seed)")
        continue
      }
      #expect(range.lower <= range.upper && range.upper <= bytes.count, "seed \(seed)")
      if number < 20 { #expect(!DiagnosticRenderer().render(finding).isEmpty) }
    }
    for comment in tree.comments { #expect(comment.range.upper <= bytes.count, "seed \(seed)") }
    let printed = YAMLFrontEnd().print(tree)
    guard !sink.hasErrors else { return }
    let again = Conversion.read(printed, YAMLFrontEnd())
    #expect(again.findings == [], "seed \(seed)\n\(printed)")
    #expect(Conversion.meaning(again.tree) == Conversion.meaning(tree), "seed \(seed)\n\(printed)")
    #expect(Conversion.comments(again.tree) == Conversion.comments(tree), "seed \(seed)\n\(printed)")
  }

  static let pieces = [
    "a", "relu", "3", "0x1F", "3x5", "\"", "'", "\n", "\n  ", "\n    - ", ": ", ":", "- ", "? ", "#", " # c", "&a ",
    "*a",
    "<<: ", "!t ", "|", ">", "|\n   x -> relu\n", "[", "]", "{", "}", ",", "~", "---\n", "...\n", "%YAML 1.2\n", "\t",
    "é", "\u{FEFF}", "\u{2028}", "\u{0}", "\r\n", "label: a.{i}", "next x", "collect: x", "repeat: i < 3", "if: true",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: 0..<4) func mutations(_ part: Int) throws {
    let names = ["attention_unet/attention_unet", "edges/edges", "fcn8s/fcn8s", "csrnet/csrnet"]
    let path = "Networks/" + names[part] + ".fcn.yaml"
    let original = try Array(Data(contentsOf: Repository.file(path)))
    check(original, -1)
    for number in 0..<400 {
      let seed = part * 400 + number
      var random = SeededGenerator(seed: UInt64(seed))
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: place)
        default: bytes.removeSubrange(end...)
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      check(bytes, seed)
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: 0..<4) func randomPieces(_ part: Int) {
    for number in 0..<500 {
      let seed = 10_000 + part * 500 + number
      var random = SeededGenerator(seed: UInt64(seed))
      let count = Int.random(in: 1...40, using: &random)
      check(Array((0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined().utf8), seed)
    }
  }

  /// Texts made to exhaust time, memory or the stack.
  static let hostileTexts: [String] = [
    String(repeating: "[", count: 1_000_000), String(repeating: "- ", count: 500_000),
    String(repeating: "{a: ", count: 300_000),
    "network: n\nvalues:\n  y: " + String(repeating: "(", count: 1_000_000),
    "values:\n  y: [" + String(repeating: "x, ", count: 1_000_000) + "]",
    "values:\n" + (0..<100_000).map { "  v\($0): x\n" }.joined(), String(repeating: "a", count: 4_000_000),
    "? " + String(repeating: "k", count: 1_000_000) + "\n: 1", String(repeating: "#\n", count: 1_000_000),
    "a: |\n" + String(repeating: "  x\n", count: 500_000),
    "a: \"" + String(repeating: "\\x41", count: 500_000) + "\"",
    String(repeating: "&a ", count: 300_000), String(repeating: "!a ", count: 300_000),
    "values: {" + (0..<100_000).map { "<<: {}, a\($0): x" }.joined(separator: ", ") + "}",
    "values:\n  y: [x" + String(repeating: ", f(1", count: 50_000) + "]",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: hostileTexts.indices) func longTexts(_ index: Int) {
    check(Array(Self.hostileTexts[index].utf8), index)
  }

  /// Notepad's signature and line ends, and places behind characters of several bytes.
  @Test func placesCountCharacters() {
    let text = "\u{FEFF}# Größe\r\nnetwork: n\r\ninputs:\r\n  image: 3 # é\r\nvalues:\r\n  y: [image, +]\r\n"
    #expect(Conversion.read(text, YAMLFrontEnd()).findings == ["6:14 expected a stage, found `+`"])
    #expect(Conversion.comments(Conversion.read(text, YAMLFrontEnd()).tree) == ["Größe", "é"])
  }
}
