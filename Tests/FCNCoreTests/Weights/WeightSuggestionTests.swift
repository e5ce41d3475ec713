import FCNCore
import Testing

@Suite struct WeightSuggestionTests {
  @Test func shapesThatOccurOnceAreSureAndOthersAreToBeConfirmed() throws {
    let source = MemoryWeights(shapes: [
      ("f.0.bias", [8]), ("f.0.weight", [8, 3, 3, 3]), ("f.1.bias", [8]), ("f.1.running_mean", [8]),
      ("f.1.running_var", [1, 8, 1, 1]), ("f.1.weight", [8]), ("f.2.bias", [2, 1, 1]), ("f.2.weight", [2, 8, 1, 1]),
      ("f.1.num_batches_tracked", []), ("extra", [5]),
    ])
    var sink = DiagnosticSink()
    let suggestion = WeightSuggestion(for: try WeightBinderTests.network(), from: [source], report: &sink)
    #expect(sink.diagnostics.isEmpty)
    let expected: [(String, String, Bool)] = [
      ("a.weight", "f.0.weight", false), ("a.bias", "f.0.bias", true), ("n.weight", "f.1.weight", true),
      ("n.bias", "f.1.bias", true), ("n.running_mean", "f.1.running_mean", true),
      ("n.running_var", "f.1.running_var", true), ("b.weight", "f.2.weight", false), ("b.bias", "f.2.bias", false),
    ]
    let pairs = suggestion.pairs.map { "\($0.weight) \($0.tensor) \($0.isAmbiguous)" }
    #expect(pairs == expected.map { "\($0) \($1) \($2)" })
    #expect(suggestion.tensorsLeft.map(\.name) == ["extra"])
    let lines = suggestion.text.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines[0] == "a.weight = f.0.weight")
    #expect(lines[1].hasPrefix("a.bias = f.0.bias  # confirm"))
    #expect(lines[8] == "# not used: extra [5]")
  }

  /// The text of a suggestion is a map with which the network is bound.
  @Test func theTextIsAMapThatBinds() throws {
    let network = try WeightBinderTests.network()
    let source = MemoryWeights(shapes: WeightBinderTests.shapes.enumerated().map { ("tensor \($0)#", $1.1) })
    var sink = DiagnosticSink()
    let text = WeightSuggestion(for: network, from: [source], report: &sink).text
    let map = WeightMap(parsing: SourceFile(path: "map.txt", text: text), report: &sink)
    _ = WeightBinder([source], map: map).bind(network, report: &sink)
    #expect(sink.diagnostics.isEmpty)
    #expect(map.tensors.count == 8)
  }

  @Test func weightsWithoutATensorAreListed() throws {
    let source = MemoryWeights(shapes: Array(WeightBinderTests.shapes.dropFirst()))
    var sink = DiagnosticSink()
    let suggestion = WeightSuggestion(for: try WeightBinderTests.network(), from: [source], report: &sink)
    #expect(sink.diagnostics.isEmpty)
    #expect(suggestion.pairs.isEmpty)
    #expect(suggestion.weightsLeft.map(\.name) == ["a.weight"])
    #expect(suggestion.text == "# no tensor of shape [8, 3, 3, 3] is left for a.weight\n")
  }
}
