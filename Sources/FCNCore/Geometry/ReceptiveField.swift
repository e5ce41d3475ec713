/// How far a value sees along one axis: the input positions that its positions depend on, and what a part of the output
/// needs of the input beyond the part that it covers.
///
/// Exact: the least and greatest positions, for every phase of a position in the strides of the network and every class
/// of image sizes. The usual formula for a chain of stages gives less where branches of different strides meet.
public struct ReceptiveField: Hashable, Sendable {
  /// What a range of output positions needs, in input pixels, beyond the pixels that its positions cover: each covers as
  /// many as the stride of the output.
  public struct Halo: Hashable, Sendable {
    public var before: Rational
    public var after: Rational

    public init(before: Rational, after: Rational) {
      self.before = before
      self.after = after
    }
  }

  /// The most input positions that one position depends on, from the first to the last.
  public var size: Int
  /// For ranges that begin and end anywhere.
  public var halo: Halo
  /// For ranges that begin at a multiple of `alignment` and end before one.
  public var alignedHalo: Halo
  /// The output positions after which everything repeats.
  public var alignment: Int
}

extension AxisGeometry {
  /// How many inputs of nodes, and runs of positions, may be looked at for one receptive field.
  public static let workLimit = 1_000_000

  /// The receptive field of a value in an input of the network.
  /// - Parameters:
  ///   - value: one of the roots, or a value that they depend on.
  ///   - input: the position of the input.
  /// - Returns: nil where the value depends on the whole image or not on the input at all, or where the positions repeat
  ///   only after too many.
  public func receptiveField(of value: Graph.ValueID, in graph: Graph, input: Int = 0) -> ReceptiveField? {
    var result: ReceptiveField?
    var work = 0
    for sizes in classes {
      guard let field = try? receptiveField(of: value, in: graph, input: input, sizes, &work) else { return nil }
      result = result?.union(field) ?? field
    }
    return result
  }

  private func receptiveField(
    of value: Graph.ValueID, in graph: Graph, input: Int, _ sizes: Class, _ work: inout Int
  ) throws(Extent.Failure) -> ReceptiveField? {
    guard let place = sizes.places[value], let origin = sizes.places[graph.inputs[input].value],
      let count = try repetition(of: value, in: graph, sizes)
    else { return nil }
    var dependence = Dependence(graph, of: value, in: sizes)
    guard count * max(1, dependence.cost) * classes.count <= Self.workLimit else { return nil }
    var field: ReceptiveField?
    // How far the pixels of the value and of the input reach from their middle.
    let reach = try (place.scale - origin.scale) / Rational(2)
    let lastMiddle = try place.scale * Rational(count - 1)
    for index in 0..<count {
      guard work + dependence.work <= Self.workLimit, let ranges = dependence.ranges(of: index...index) else {
        return nil
      }
      guard let range = ranges[graph.inputs[input].value] else { continue }
      let first = try origin.low + (origin.scale * Rational(range.lowerBound))
      let last = try origin.high + (origin.scale * Rational(range.upperBound))
      let middle = try place.scale * Rational(index)
      let before = try middle + place.high - first - reach
      let after = try last - (middle + place.low) - reach
      let single = ReceptiveField(
        size: range.count, halo: .init(before: before, after: after),
        // Counted from the first and the last position of the range, which may themselves see less than others.
        alignedHalo: .init(before: try before - middle, after: try after - (lastMiddle - middle)), alignment: count)
      field = field?.union(single) ?? single
    }
    work += dependence.work
    return field
  }

  /// The positions of a value after which everything that it depends on repeats; nil where nothing ever does.
  private func repetition(
    of value: Graph.ValueID, in graph: Graph, _ sizes: Class
  ) throws(Extent.Failure) -> Int? {
    let isAncestor = graph.ancestors(of: [value])
    var shift = Rational(1)
    let diverging = sizes.divergingNodes
    for index in nodes where isAncestor[index] {
      if diverging.contains(index) { return nil }
      guard let output = graph.nodes[index].outputs.first, let place = sizes.places[output] else { continue }
      var unit = 1
      for case let reads? in sizes.reads[index] {
        switch reads.form {
        case .window(let window, _): unit = try Self.common(unit, window.divide)
        case .grid(let grid): unit = try Self.common(unit, Rational(grid.slope, over: grid.denominator).denominator)
        case .whole: return nil
        }
      }
      shift = try Rational.leastCommonMultiple(shift, place.scale * Rational(unit))
    }
    guard let place = sizes.places[value] else { return nil }
    let count = try Rational.leastCommonMultiple(shift, place.scale) / place.scale
    return count.isInteger && count.numerator <= Extent.periodLimit ? count.numerator : nil
  }

  private static func common(_ a: Int, _ b: Int) throws(Extent.Failure) -> Int {
    try Extent.product(a / Extent.greatestCommonDivisor(a, b), b)
  }
}

extension ReceptiveField {
  fileprivate func union(_ other: Self) -> Self {
    Self(
      size: max(size, other.size), halo: halo.union(other.halo), alignedHalo: alignedHalo.union(other.alignedHalo),
      alignment: alignment / Extent.greatestCommonDivisor(alignment, other.alignment) * other.alignment)
  }
}

extension ReceptiveField.Halo {
  fileprivate func union(_ other: Self) -> Self {
    Self(before: max(before, other.before), after: max(after, other.after))
  }
}
