import FCNCore

/// The stages between a value and the expected values and inputs before it, computed once from those, so that one of them
/// can be exchanged.
struct Segment {
  let graph: Graph
  let value: Graph.ValueID
  /// The positions of the nodes, in their order; the last one gives the value.
  let nodes: [Int]
  /// The inputs of the network that are read, for which nothing is expected.
  let inputs: [Graph.ValueID]
  /// The expected values that are read.
  let expected: [Graph.ValueID]
  /// What is known and computed; values that cannot be computed from the expected ones are absent.
  private(set) var numbers: [Graph.ValueID: Tensor] = [:]

  /// - Parameters:
  ///   - known: the expected numbers of a value or those of an input; nil where there are none.
  init(
    _ graph: Graph, upTo value: Graph.ValueID, producers: [Graph.ValueID: Int],
    known: (Graph.ValueID) throws(Session.Failure) -> (numbers: Tensor, isExpected: Bool)?
  ) throws(Session.Failure) {
    self.graph = graph
    self.value = value
    var found: Set<Int> = []
    var inputs: [Graph.ValueID] = []
    var expected: [Graph.ValueID] = []
    var open = producers[value].map { [$0] } ?? []
    while let node = open.popLast() {
      guard found.insert(node).inserted else { continue }
      for input in graph.nodes[node].inputs where numbers[input] == nil {
        if let (tensor, isExpected) = try known(input) {
          numbers[input] = tensor
          if isExpected { expected.append(input) } else { inputs.append(input) }
        } else if let producer = producers[input] {
          open.append(producer)
        }
      }
    }
    nodes = found.sorted()
    self.inputs = inputs.sorted()
    self.expected = expected.sorted()
    for node in nodes {
      guard let results = compute(node, from: numbers) else { continue }
      for (output, result) in zip(graph.nodes[node].outputs, results) { numbers[output] = result }
    }
  }

  /// What a node computes from what is known.
  func computation(of node: Int) -> Alternative.Computation? {
    let inputs = graph.nodes[node].inputs.compactMap { numbers[$0] }
    guard inputs.count == graph.nodes[node].inputs.count else { return nil }
    return Alternative.Computation(
      inputs: inputs, weights: graph.nodes[node].weights,
      outputs: graph.nodes[node].outputs.compactMap { numbers[$0] })
  }

  /// The numbers of the value with others for some values before it, and the multiply-adds that it took.
  func numbers(replacing changes: [Graph.ValueID: Tensor]) -> (numbers: Tensor?, work: Double) {
    var changed = changes
    var work = 0.0
    for node in nodes {
      let inputs = graph.nodes[node].inputs
      let outputs = graph.nodes[node].outputs
      guard inputs.contains(where: { changed[$0] != nil }), !outputs.contains(where: { changes[$0] != nil }) else {
        continue
      }
      guard let results = compute(node, from: numbers.merging(changed) { $1 }) else { return (nil, work) }
      work += self.work(of: node, results)
      for (output, result) in zip(outputs, results) { changed[output] = result }
    }
    return (changed[value] ?? numbers[value], work)
  }

  /// The multiply-adds of a node that gives these outputs; a number that is written counts as some.
  func work(of node: Int, _ outputs: [Tensor]) -> Double {
    guard let first = outputs.first else { return 0 }
    let types = graph.nodes[node].inputs.map { graph.values[$0].type }
    let pixels = Double(first.height * first.width)
    return pixels * Double(graph.nodes[node].stage.multiplyAdds(for: types) + 10 * first.channels)
  }

  private func compute(_ node: Int, from numbers: [Graph.ValueID: Tensor]) -> [Tensor]? {
    let inputs = graph.nodes[node].inputs.compactMap { numbers[$0] }
    guard inputs.count == graph.nodes[node].inputs.count else { return nil }
    return graph.nodes[node].stage.outputs(for: inputs, weights: graph.nodes[node].weights)
  }
}
