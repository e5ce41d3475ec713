/// Which positions of every value a range of positions of one value depends on, by interval arithmetic backwards.
struct Dependence {
  private let graph: Graph
  private let reads: [[AxisReads?]]
  /// The nodes that the value depends on, last first.
  private let nodes: [Int]
  private let value: Graph.ValueID
  /// The size of every value; empty where values are without end.
  private var sizes: [Int?] = []
  private var borders: [[Border]] = []

  /// Over values without end.
  init(_ graph: Graph, of value: Graph.ValueID, in class: AxisGeometry.Class) {
    self.graph = graph
    self.value = value
    reads = `class`.reads
    let isAncestor = graph.ancestors(of: [value])
    nodes = graph.nodes.indices.reversed().filter { isAncestor[$0] }
  }

  /// For images of one size: what lies beyond an edge is not read, or is the repeated or mirrored position.
  init(_ graph: Graph, of value: Graph.ValueID, _ axis: Axis, size: Int) throws(Extent.Failure) {
    let geometry = try AxisGeometry(graph, axis, of: [value], size: size)
    self.init(graph, of: value, in: geometry.classes.first ?? .empty(for: graph))
    sizes = graph.values.map { $0.type[keyPath: axis.extent](size) }
    borders = graph.nodes.indices.map { graph.accesses(of: $0).map(\.border) }
  }

  /// How much work one call of `ranges` is.
  var cost: Int { nodes.count }

  /// The least and greatest position of each value that some of the positions depend on; nil for values of which none
  /// is read.
  /// - Parameter beyondEdge: is told each node that reads beyond an edge of an input.
  /// - Returns: nil where some value is read as a whole although it has no end.
  func ranges(of outputs: ClosedRange<Int>, beyondEdge: (Int) -> Void = { _ in }) -> [ClosedRange<Int>?]? {
    var ranges = [ClosedRange<Int>?](repeating: nil, count: graph.values.count)
    ranges[value] = outputs
    for index in nodes {
      let node = graph.nodes[index]
      let written = node.outputs.compactMap { ranges[$0] }.reduce(nil, Self.hull)
      guard let written else { continue }
      for (position, input) in node.inputs.enumerated() {
        guard let reads = reads[index][position] else { return nil }
        if reads.isUnread { continue }
        guard let size = sizes.isEmpty ? nil : sizes[input] else {
          if reads.isWhole { return nil }
          ranges[input] = Self.hull(ranges[input], reads.range(of: written))
          continue
        }
        guard size > 0 else { continue }
        guard let range = reads.isWhole ? 0...size - 1 : reads.range(of: written) else { continue }
        if range.lowerBound < 0 || range.upperBound >= size { beyondEdge(index) }
        ranges[input] = Self.hull(ranges[input], borders[index][position].inside(range, of: size))
      }
    }
    return ranges
  }

  private static func hull(_ a: ClosedRange<Int>?, _ b: ClosedRange<Int>?) -> ClosedRange<Int>? {
    guard let a, let b else { return a ?? b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }
}

extension AxisGeometry.Class {
  fileprivate static func empty(for graph: Graph) -> Self {
    Self(
      sizes: [], reads: graph.nodes.map { $0.inputs.map { _ in nil } }, places: graph.values.map { _ in nil },
      joins: [:])
  }
}

extension Border {
  /// The positions inside an axis that stand for a range which may reach beyond its edges; nil where none does.
  fileprivate func inside(_ range: ClosedRange<Int>, of size: Int) -> ClosedRange<Int>? {
    let last = size - 1
    let (low, high) = (range.lowerBound, range.upperBound)
    switch self {
    case .zero, .negativeInfinity, .constant:
      return max(low, 0) <= min(high, last) ? max(low, 0)...min(high, last) : nil
    case .replicate:
      return min(max(low, 0), last)...min(max(high, 0), last)
    case .reflect:
      // A border is narrower than the value that it mirrors.
      var positions = [min(max(low, 0), last), min(max(high, 0), last)]
      if low < 0 { positions += [min(-low, last), max(-high, 0)] }
      if high > last { positions += [max(2 * last - high, 0), min(2 * last - max(low, last), last)] }
      if high < 0 { positions = [min(-high, last), min(-low, last)] }
      if low > last { positions = [max(2 * last - high, 0), max(2 * last - low, 0)] }
      return (positions.min() ?? 0)...(positions.max() ?? 0)
    }
  }
}

extension Graph {
  /// The positions of every input, in their order, that some positions of a value depend on along an axis, for images
  /// of one size; nil for an input of which none is read.
  /// - Returns: nil where the value is not defined for the size.
  public func inputRanges(
    of value: ValueID, _ positions: ClosedRange<Int>, _ axis: Axis, size: Int
  ) throws(Extent.Failure) -> [ClosedRange<Int>?]? {
    guard values[value].type[keyPath: axis.extent](size) != nil else { return nil }
    let dependence = try Dependence(self, of: value, axis, size: size)
    return dependence.ranges(of: positions).map { ranges in inputs.map { ranges[$0.value] } }
  }
}
