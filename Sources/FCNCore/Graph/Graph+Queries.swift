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
}
