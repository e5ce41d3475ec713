/// Which positions of a value have seen what lies beyond the edges of the image along an axis (padding, repeated or
/// missing pixels), and in which stages: a position that has not would be the same in a larger image.
public struct BorderInfluence: Sendable {
  /// For each position of the value the nodes that looked beyond an edge on its behalf, in the order of the graph.
  public var nodes: [[Int]]

  /// - Parameters:
  ///   - value: the value of the graph.
  ///   - size: the size of the image along the axis, one for which the value is defined.
  public init(_ graph: Graph, of value: Graph.ValueID, _ axis: Axis, size: Int) throws(Extent.Failure) {
    let count = graph.values[value].type[keyPath: axis.extent](size) ?? 0
    var dependence = try Dependence(graph, of: value, axis, size: size)
    nodes = (0..<max(0, count)).map { position in
      var seen: Set<Int> = []
      _ = dependence.ranges(of: position...position) { seen.insert($0) }
      return seen.sorted()
    }
  }

  /// The positions before the first and behind the last that has seen no edge; nil where every position has.
  public var band: (before: Int, after: Int)? {
    guard let first = nodes.firstIndex(where: \.isEmpty), let last = nodes.lastIndex(where: \.isEmpty) else {
      return nil
    }
    return (first, nodes.count - 1 - last)
  }

  /// The most stages through which a position has seen an edge.
  public var depth: Int { nodes.map(\.count).max() ?? 0 }
}
