/// Which positions of every value a range of positions of one value depends on: exact sets, backwards.
struct Dependence {
  /// One input of a node.
  private struct Read {
    var input: Graph.ValueID
    /// Nil where what is read has no bound.
    var reads: AxisReads?
    var border: Border
    /// Nil where the input has no end.
    var size: Int?
  }

  private struct Step {
    var node: Int
    var outputs: [Graph.ValueID]
    var reads: [Read]
  }

  private let value: Graph.ValueID
  private let valueCount: Int
  /// The nodes that the value depends on, last first.
  private let steps: [Step]

  /// Over values without end.
  init(_ graph: Graph, of value: Graph.ValueID, in class: AxisGeometry.Class) {
    self.init(graph, of: value, in: `class`, sizes: graph.values.map { _ in nil })
  }

  /// For images of one size: what lies beyond an edge is not read, or is the repeated or mirrored position.
  init(_ graph: Graph, of value: Graph.ValueID, _ axis: Axis, size: Int) throws(Extent.Failure) {
    let geometry = try AxisGeometry(graph, axis, of: [value], size: size)
    self.init(
      graph, of: value, in: geometry.classes.first ?? .empty(for: graph),
      sizes: graph.values.map { $0.type[keyPath: axis.extent](size) })
  }

  private init(_ graph: Graph, of value: Graph.ValueID, in class: AxisGeometry.Class, sizes: [Int?]) {
    let isAncestor = graph.ancestors(of: [value])
    self.value = value
    valueCount = graph.values.count
    steps = graph.nodes.indices.reversed().filter { isAncestor[$0] }.map { index in
      let borders = graph.accesses(of: index).map(\.border)
      let reads = graph.nodes[index].inputs.enumerated().map { position, input in
        Read(input: input, reads: `class`.reads[index][position], border: borders[position], size: sizes[input])
      }
      return Step(node: index, outputs: graph.nodes[index].outputs, reads: reads)
    }
  }

  /// The least work of one call of `ranges`.
  var cost: Int { steps.count }
  /// What the calls of `ranges` have cost: inputs of nodes, and runs of positions of their outputs.
  private(set) var work = 0

  /// The least and greatest position of each value that some of the positions depend on; nil for values of which none
  /// is read.
  /// - Parameter beyondEdge: is told each node that reads beyond an edge of an input.
  /// - Returns: nil where some value is read as a whole although it has no end.
  mutating func ranges(of outputs: ClosedRange<Int>, beyondEdge: (Int) -> Void = { _ in }) -> [ClosedRange<Int>?]? {
    var sets = [PositionSet](repeating: PositionSet(), count: valueCount)
    sets[value].insert(outputs)
    for step in steps {
      for read in step.reads {
        guard let reads = read.reads else { return nil }
        work += 1
        if reads.isUnread || step.outputs.allSatisfy({ sets[$0].isEmpty }) { continue }
        if reads.isWhole {
          guard let size = read.size else { return nil }
          if size > 0 { sets[read.input].insert(0...size - 1) }
          continue
        }
        // Of a value without end the positions are those read; of one with an end, those that stand for them.
        var positions = PositionSet()
        if read.size == nil { swap(&positions, &sets[read.input]) }
        for output in step.outputs {
          work += sets[output].runCount
          sets[output].forEachRun { reads.insert(readsOf: $0, into: &positions) }
        }
        guard let size = read.size else {
          swap(&positions, &sets[read.input])
          continue
        }
        guard size > 0, let hull = positions.hull else { continue }
        if hull.lowerBound < 0 || hull.upperBound >= size { beyondEdge(step.node) }
        positions.forEachRun { read.border.insert($0, ofSize: size, into: &sets[read.input]) }
      }
    }
    return sets.map(\.hull)
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
  /// Adds the positions inside an axis that stand for a run which may reach beyond its edges.
  fileprivate func insert(_ run: ClosedRange<Int>, ofSize size: Int, into positions: inout PositionSet) {
    let last = size - 1
    let (low, high) = (run.lowerBound, run.upperBound)
    positions.insert(max(low, 0), through: min(high, last))
    switch self {
    case .zero, .negativeInfinity, .constant: break
    case .replicate:
      if low < 0 { positions.insert(0...0) }
      if high > last { positions.insert(last...last) }
    case .reflect:
      // A border is narrower than the value that it mirrors.
      positions.insert(max(-high, 1), through: min(-low, last))
      positions.insert(max(2 * last - high, 0), through: min(2 * last - low, last - 1))
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
    var dependence = try Dependence(self, of: value, axis, size: size)
    return dependence.ranges(of: positions).map { ranges in inputs.map { ranges[$0.value] } }
  }
}
