/// One weight of one node of a graph: what it is called, which tensor serves for it, and what the stage needs.
public struct WeightUse: Sendable {
  /// The position of the node in `Graph.nodes`.
  public var node: Int
  /// The position in the stage's requirements and in `Graph.Node.weights`.
  public var index: Int
  /// The network's name: the path of the stage, a dot, and PyTorch's name for the weight.
  public var name: String
  /// The name of the tensor: `name`, unless a map gives another one.
  public var tensor: String
  public var requirement: WeightRequirement
}

extension Graph {
  /// Every weight that the nodes need, in the order of the nodes.
  /// - Parameter map: comes before the graph's own map.
  public func weightUses(map: WeightMap = [:]) -> [WeightUse] {
    nodes.indices.flatMap { position in
      let node = nodes[position]
      return requirements(of: node).enumerated().map { index, requirement in
        let name = node.weightPath.isEmpty ? requirement.name : "\(node.weightPath).\(requirement.name)"
        return WeightUse(
          node: position, index: index, name: name, tensor: map.tensors[name] ?? weightMap[name] ?? name,
          requirement: requirement)
      }
    }
  }

  /// The weights that the stage of a node needs.
  public func requirements(of node: Node) -> [WeightRequirement] {
    node.stage.weights(for: node.stageInputs.map { values[$0].type })
  }
}

extension Graph.Node {
  /// The inputs of the stage itself; inputs behind them are those of the epilogue.
  public var stageInputs: ArraySlice<Graph.ValueID> { inputs.prefix(ownInputCount) }
}
