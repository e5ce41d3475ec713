import FCNCore
import FCNStandard
import Testing

@Suite struct RemoveDeadNodesTests {
  @Test func whatNoOutputNeedsIsLeftOut() throws {
    let item = try PassCase(
      """
      input x[2]
      a = x -> conv(4, kernel: 3, pad: same)
      dead = a -> conv(3, kernel: 1)
      deader = dead -> sigmoid
      b = a -> relu
      late = b -> tanh
      output y = b -> conv(2, kernel: 1)
      """, RemoveDeadNodes())
    #expect(item.nodes == ["a = conv(x)", "b = relu(a)", "y = conv(b)"])
    #expect(item.remarks == ["`dead` is not needed", "`deader` is not needed", "`late` is not needed"])
    try item.expectSameNumbers()
  }

  @Test func whatAnyOutputNeedsStays() throws {
    let item = try PassCase(
      """
      input x[2]
      input unread[1]
      a = x -> relu
      b = a -> tanh
      output y = b
      output z = a
      """, RemoveDeadNodes())
    #expect(item.nodes == ["a = relu(x)", "b = tanh(a)"])
    #expect(item.after.inputs.count == 2, "an input is part of the interface, read or not")
    #expect(item.remarks.isEmpty)
    try item.expectSameNumbers()
  }

  /// One result of a stage with two is needed: the stage stays, and both results with it.
  @Test func aNodeWithOneNeededResultStays() throws {
    var graph = try PassCase("input x[2]\na = x -> relu\nb = x -> tanh\noutput y = b\n").before
    graph.nodes = [
      Graph.Node(stage: Twins(), inputs: [0], outputs: [1, 2], weightPath: "", origin: Graph.Origin(range: nil))
    ]
    let result = RemoveDeadNodes().run(graph)
    #expect(result.graph.nodes.count == 1 && result.graph.nodes[0].outputs == [1, 2])
    #expect(result.remarks.isEmpty)
  }
}

/// Gives its input twice.
private struct Twins: Stage {
  static let signature = StageSignature(
    name: "twins", summary: "the input, twice", outputs: ["first", "second"], example: "a, b = x -> twins")
  init() {}
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { [inputs[0], inputs[0]] }
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { [inputs[0], inputs[0]] }
}
