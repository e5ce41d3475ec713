import FCNCore

/// Lets a kernel apply the pointwise stages behind it to each number before storing it.
public struct FuseEpilogues: Pass {
  public let name = "fuse-epilogues"
  public let summary = "activations, residual additions and other pointwise stages join the kernel before them"

  public init() {}

  public func run(_ graph: Graph) -> (graph: Graph, remarks: [String]) {
    var nodes: [Graph.Node?] = []
    var remarks: [String] = []
    var producers: [Int: Int] = [:]
    let counts = graph.readCounts
    let inputs = Set(graph.inputs.map(\.value))
    for node in graph.nodes {
      if let fused = fuse(node, nodes, producers, counts, inputs, graph) {
        nodes[fused.position] = nil
        nodes.append(fused.node)
        remarks.append(
          "`\(type(of: node.stage).signature.name)` of `\(graph.values[node.outputs[0]].name)` is done by the kernel of "
            + "`\(type(of: fused.node.stage).signature.name)`")
      } else {
        nodes.append(node)
      }
      for output in node.outputs { producers[output] = nodes.count - 1 }
    }
    var result = graph
    result.nodes = nodes.compactMap { $0 }
    return (result, remarks)
  }

  /// The node before a pointwise one with the formula behind its own, if they can be one.
  private func fuse(
    _ node: Graph.Node, _ nodes: [Graph.Node?], _ producers: [Int: Int], _ counts: [Int], _ inputs: Set<Int>,
    _ graph: Graph
  ) -> (node: Graph.Node, position: Int)? {
    guard let pointwise = node.stage as? any PointwiseStage, node.epilogue == nil else { return nil }
    let type = graph.values[node.outputs[0]].type
    let candidates = Set(node.inputs).compactMap { value -> (position: Int, value: Int)? in
      guard let position = producers[value], let before = nodes[position] else { return nil }
      let own = graph.values[value].type
      let takes = before.stage.facts.acceptsEpilogue || before.stage is any PointwiseStage
      let reads = node.inputs.count { $0 == value }
      guard takes, before.outputs.count == 1, counts[value] == reads, own.channels == type.channels,
        own.isPerChannel == type.isPerChannel
      else { return nil }
      return (position, value)
    }
    // A kernel of its own is a better host than another pointwise stage; else the latest.
    let best = candidates.max { a, b in
      let first = nodes[a.position]?.stage is any PointwiseStage
      let second = nodes[b.position]?.stage is any PointwiseStage
      return first == second ? a.position < b.position : first
    }
    guard let best, var host = nodes[best.position] else { return nil }
    let others = node.inputs.filter { $0 != best.value }
    let hostIsPointwise = host.stage is any PointwiseStage
    // A network input is planar: fused beside blocks it would have to be copied first.
    let readsPlanar = others.contains { inputs.contains($0) && graph.values[$0].type.channels == type.channels }
    if readsPlanar && !hostIsPointwise { return nil }

    let own = host.ownInputCount
    let existing = host.epilogue ?? Epilogue(expression: .input(0), channelParameters: [], firstInput: own)
    var extra = host.inputs.count - own
    var mapping: [PointwiseExpression] = []
    for input in node.inputs {
      if input == best.value {
        mapping.append(existing.expression)
      } else {
        host.inputs.append(input)
        extra += 1
        mapping.append(.input(extra))
      }
    }
    let expression = pointwise.expression(for: node.inputs.map { graph.values[$0].type })
      .substituting(inputs: mapping, parameterShift: existing.channelParameters.count)
    guard expression.size <= 64 else { return nil }
    host.epilogue = Epilogue(
      expression: expression,
      channelParameters: existing.channelParameters
        + pointwise.channelParameters(weights: node.weights, channels: type.channels), firstInput: own)
    host.outputs = node.outputs
    return (host, best.position)
  }
}
