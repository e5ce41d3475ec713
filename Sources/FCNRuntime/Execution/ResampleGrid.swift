/// The positions and weights of a resized axis.
enum ResampleGrid {
  /// The neighbours of output position `index` and the weight of the second one; nearest has one, bilinear two.
  /// Coordinates are fractions of whole numbers: in floating point 49 * (1 / 49) is less than 1, and the nearest pixel
  /// another one. The weight is rounded once.
  static func taps(
    index: Int, input: Int, output: Int, bilinear: Bool, grid: AxisDescription.Grid, rounding: AxisDescription.Rounding,
    numerator: Int, denominator: Int
  ) -> (first: Int, second: Int, weight: Float) {
    let (above, below) = coordinate(index, input, output, grid, numerator, denominator)
    let last = input - 1
    if bilinear {
      if above < 0 { return (0, min(1, last), 0) }
      let first = min(above / below, last)
      return (first, min(first + 1, last), Float(Double(above - first * below) / Double(below)))
    }
    let nearest: Int
    switch rounding {
    case .floor: nearest = AxisPlan.floorDivide(above, below)
    case .ceil: nearest = -AxisPlan.floorDivide(-above, below)
    case .halfDown: nearest = -AxisPlan.floorDivide(below - 2 * above, 2 * below)
    case .halfUp: nearest = AxisPlan.floorDivide(2 * above + below, 2 * below)
    }
    let position = min(max(nearest, 0), last)
    return (position, position, 0)
  }

  /// Where an output position lies in the input, as a fraction.
  private static func coordinate(
    _ index: Int, _ input: Int, _ output: Int, _ grid: AxisDescription.Grid, _ numerator: Int, _ denominator: Int
  ) -> (above: Int, below: Int) {
    // The scale is the quotient of the sizes where no factor is given.
    let from = denominator == 0 ? input : denominator
    let to = denominator == 0 ? output : numerator
    switch grid {
    case .alignCorners: return output > 1 ? (index * (input - 1), output - 1) : (0, 1)
    case .halfPixel: return ((2 * index + 1) * from - to, 2 * to)
    case .asymmetric: return (index * from, to)
    }
  }
}
