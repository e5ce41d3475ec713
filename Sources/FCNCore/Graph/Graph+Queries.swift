extension Graph {
  /// The position of the node that gives each value; values that no node gives are absent.
  public var producers: [ValueID: Int] {
    var result: [ValueID: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.outputs { result[output] = index }
    }
    return result
  }

  /// How often each value is read, by nodes and as an output.
  public var readCounts: [Int] {
    var counts = [Int](repeating: 0, count: values.count)
    for node in nodes {
      for input in node.inputs { counts[input] += 1 }
    }
    for output in outputs { counts[output.value] += 1 }
    return counts
  }

  /// The outputs that the author names.
  public var namedOutputs: [Output] { outputs.filter { $0.description.role == .answer } }

  /// The graph without the outputs that only serve the answer of another, but for those that depend on nodes on which
  /// nothing else depends.
  public var withoutAnswerMaps: Graph {
    var result = self
    result.outputs = namedOutputs
    let maps = outputs.filter { $0.description.role == .map }.map { (output: $0, nodes: ancestors(of: [$0.value])) }
    // The one that depends on most comes first: others may lie on its way.
    for map in maps.sorted(by: { $0.nodes.count { $0 } > $1.nodes.count { $0 } }) {
      if zip(map.nodes, result.liveNodes).contains(where: { $0 && !$1 }) { result.outputs.append(map.output) }
    }
    return result
  }

  /// Which nodes some output depends on.
  public var liveNodes: [Bool] { ancestors(of: outputs.map(\.value)) }

  /// Which nodes some of the values depend on, those that give them included.
  public func ancestors(of ids: [ValueID]) -> [Bool] {
    var isNeeded = Array(repeating: false, count: values.count)
    for id in ids { isNeeded[id] = true }
    var isAncestor = Array(repeating: false, count: nodes.count)
    for index in nodes.indices.reversed() where nodes[index].outputs.contains(where: { isNeeded[$0] }) {
      isAncestor[index] = true
      for id in nodes[index].inputs { isNeeded[id] = true }
    }
    return isAncestor
  }
}
