import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

@Suite struct ConversionTests {
  static func networks(_ end: String) throws -> [String] {
    let folder = Repository.file("Networks")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(end) }.sorted()
  }

  @Test func thereAreNetworks() throws {
    #expect(try Self.networks(".fcn").count > 20)
    #expect(try Self.networks(".fcn.yaml").count >= 5)
  }

  @Test(arguments: try networks(".fcn")) func everyNetworkGoesBothWays(_ path: String) throws {
    Conversion.expectLossless(try String(contentsOf: Repository.file("Networks/" + path), encoding: .utf8))
  }

  /// A twin says the same as the text beside it.
  @Test(arguments: try networks(".fcn.yaml")) func twinsAreEqual(_ path: String) throws {
    let yaml = try String(contentsOf: Repository.file("Networks/" + path), encoding: .utf8)
    let text = try String(
      contentsOf: Repository.file("Networks/" + path.replacing(".fcn.yaml", with: ".fcn")), encoding: .utf8)
    let twin = Conversion.read(yaml, YAMLFrontEnd())
    #expect(twin.findings == [])
    #expect(Conversion.meaning(twin.tree) == Conversion.meaning(Conversion.read(text, NetworkLanguage()).tree))
    #expect(YAMLFrontEnd().print(twin.tree) == yaml, "format it with `fcnc fmt`")
  }

  /// Random files of the grammar, whose names are all different, as the keys of a mapping must be.
  @Test(arguments: 0..<8) func sentencesGoBothWays(_ seed: Int) throws {
    let grammar = try Grammar(String(contentsOf: Repository.file("Grammar/fcn.ebnf"), encoding: .utf8))
    var random = SeededGenerator(seed: UInt64(seed))
    var checked = 0
    for number in 0..<250 {
      var names = 0
      let text = grammar.networkFile(depth: 6 + number % 16, using: &random) { _ in
        names += 1
        return "n\(names)"
      }
      let tree = Conversion.read(text, NetworkLanguage()).tree
      guard isUnique(tree) else { continue }
      checked += 1
      Conversion.expectLossless(text)
    }
    #expect(checked > 100)
  }

  /// True where nothing occurs twice that is one key in YAML, and no output stands before a statement.
  private func isUnique(_ tree: NetworkSyntax) -> Bool {
    var networks = 0
    var maps = 0
    var outputs = false
    for item in tree.items {
      switch item {
      case .network: networks += 1
      case .weights(let map):
        maps += 1
        if map.entries.isEmpty || Set(map.entries.map(\.weight.name)).count != map.entries.count { return false }
      case .output(let output): outputs = outputs || output.value != nil
      case .statement: if outputs { return false }
      default: break
      }
    }
    return networks <= 1 && maps <= 1
  }

  /// An output whose value a later statement uses is named where it stands.
  @Test func outputsBeforeStatementsAreNamed() {
    let text = """
      network n
      input x[3]
      output mask: probability = x -> conv(1, kernel: 1) -> sigmoid
      y = mask -> relu
      output again = y
      """
    let yaml = YAMLFrontEnd().print(Conversion.read(text, NetworkLanguage()).tree)
    #expect(
      yaml == """
        network: n

        inputs:
          x: 3

        values:
          mask: [x, conv: [1, kernel: 1], sigmoid]
          y: [mask, relu]

        outputs:
          mask: {kind: probability}
          again: y

        """)
  }

  @Test func commentsStayWhereTheyBelong() {
    let text = """
      // The file.
      fcn 1

      // The network.
      network n // its name

      input x[3]

      // Before the value.
      a = x // the input
        // between
        -> relu // a stage
        -> conv(8, kernel: 1) @a // the last

      // Before the output.
      output o = a
      // The end.
      """
    Conversion.expectLossless(text)
    let yaml = YAMLFrontEnd().print(Conversion.read(text, NetworkLanguage()).tree)
    #expect(
      yaml == """
        # The file.
        fcn: 1

        # The network.
        network: n  # its name

        inputs:
          x: 3

        values:
          # Before the value.
          a:
            - x  # the input
            # between
            - relu  # a stage
            - {conv: [8, kernel: 1], label: a}  # the last

        outputs:
          # Before the output.
          o: a

        # The end.

        """)
  }
}
