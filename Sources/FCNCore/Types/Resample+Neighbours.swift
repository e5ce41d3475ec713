extension Resample {
  /// The input positions that output position `index` is computed from, and the weight of the second one.
  ///
  /// Exact: the coordinate is a fraction of whole numbers. Positions beyond the edge are moved to the edge.
  /// - Parameters:
  ///   - index: a position in `0..<output`
  ///   - input: the size of the input along the axis, 1 or more
  ///   - output: the size of the output along the axis, 1 or more
  public func neighbours(of index: Int, input: Int, output: Int) -> (first: Int, second: Int, weight: Float) {
    let (above, below) = coordinate(of: index, input: input, output: output)
    let last = input - 1
    func inside(_ position: Int) -> Int { min(max(position, 0), last) }
    switch interpolation {
    case .nearest:
      let position =
        switch rounding {
        case .floor: Extent.floorDivide(above, below)
        case .ceil: -Extent.floorDivide(-above, below)
        case .halfDown: -Extent.floorDivide(below - 2 * above, 2 * below)
        case .halfUp: Extent.floorDivide(2 * above + below, 2 * below)
        }
      return (inside(position), inside(position), 0)
    case .bilinear:
      let position = Extent.floorDivide(above, below)
      let rest = Double(above - position * below) / Double(below)
      return (inside(position), inside(position + 1), Float(rest))
    }
  }

  /// The place of an output position in input positions, as a fraction.
  private func coordinate(of index: Int, input: Int, output: Int) -> (numerator: Int, denominator: Int) {
    // The scale is in / out: the reciprocal of the enlargement.
    let (from, to) = (denominator ?? input, numerator ?? output)
    switch grid {
    case .halfPixel: return ((2 * index + 1) * from - to, 2 * to)
    case .asymmetric: return (index * from, to)
    case .alignCorners: return output > 1 ? (index * (input - 1), output - 1) : (0, 1)
    }
  }
}
