import FCNCore

/// What the network computes before its loss, and what is left for its answers.
struct OutputPlan {
  /// For each output: the value that a loss function takes.
  var lossValues: [Graph.ValueID] = []
  /// For each output: the nodes between that value and the output, in order.
  var finishing: [[Int]] = []
  /// The live nodes that come before, in order.
  let bodyNodes: [Int]

  init(_ graph: Graph, _ forms: NodeForms) {
    let producers = graph.producers
    for output in graph.outputs {
      var value = output.value
      var chain: [Int] = []
      while let node = producers[value], forms[node].isLeftToLoss, graph.nodes[node].inputs.count == 1 {
        chain.insert(node, at: 0)
        value = graph.nodes[node].inputs[0]
      }
      lossValues.append(value)
      finishing.append(chain)
    }
    let isBody = graph.ancestors(of: lossValues)
    bodyNodes = graph.nodes.indices.filter { isBody[$0] }
  }
}
