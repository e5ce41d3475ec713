import FCNCore
import FCNRuntime
import Testing

@Suite struct GraphNamesTests {
  private func graph(_ names: [(name: String, isNamed: Bool)]) -> Graph {
    let type = TensorType(channels: 1, height: .input, width: .input)
    return Graph(
      name: "n",
      values: names.map { Graph.Value(name: $0.name, type: type, range: nil, isNamed: $0.isNamed) })
  }

  @Test(arguments: [
    (["y", "y", "z", "y"], ["y", "y_2", "z", "y_3"]),
    // A name that would be made is taken.
    (["y", "y_2", "y", "y"], ["y", "y_2", "y_3", "y_4"]),
    (["y_2", "y", "y"], ["y_2", "y", "y_3"]),
    (["a", "b"], ["a", "b"]),
  ])
  func laterValuesOfANameHaveANumber(_ names: [String], _ unique: [String]) {
    #expect(graph(names.map { ($0, true) }).uniqueNames == unique)
  }

  @Test func namesOfTheAuthorComeFirst() {
    let names = [("conv", false), ("conv", true), ("conv", false), ("conv", true)]
    #expect(graph(names).uniqueNames == ["conv_3", "conv", "conv_4", "conv_2"])
  }

  /// `b` is no output's, `c` has no name of the author's; the input counts, needed or not.
  @Test func valuesThatNoOutputNeedsAreNotShown() throws {
    var network = try chain(
      [("a", TestConvolution(channels: 1)), ("b", TestConvolution(channels: 1)), ("c", TestConvolution(channels: 1))],
      channels: 2)
    for id in [0, 1, 2] { network.values[id].isNamed = true }
    network.nodes[2].inputs = [1]
    #expect(network.namedValues.map { network.uniqueNames[$0] } == ["x", "v1"])
    let shown = network.showingNamedValues()
    #expect(shown.outputs.map(\.value) == network.outputs.map(\.value) + [0, 1])
    #expect(shown.outputs.dropFirst().map(\.description.name) == ["x", "v1"])
    #expect(shown.outputs.dropFirst().map(\.description.channels) == [2, 1])
  }
}
