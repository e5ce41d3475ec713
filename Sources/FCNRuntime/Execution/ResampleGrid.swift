/// The positions and weights of a resized axis.
enum ResampleGrid {
  /// The neighbours of output position `index` and their weights; nearest has one, bilinear two. Coordinates are
  /// computed in 64-bit floating point, the weights are rounded once.
  static func taps(
    index: Int, input: Int, output: Int, bilinear: Bool, grid: AxisDescription.Grid, rounding: AxisDescription.Rounding,
    numerator: Int, denominator: Int
  ) -> (first: Int, second: Int, weight: Float) {
    let position: Double
    switch grid {
    case .alignCorners:
      position = output > 1 ? Double(index) * Double(input - 1) / Double(output - 1) : 0
    case .halfPixel:
      position = (Double(index) + 0.5) * scale(input, output, numerator, denominator) - 0.5
    case .asymmetric:
      position = Double(index) * scale(input, output, numerator, denominator)
    }
    if bilinear {
      let clamped = position < 0 ? 0 : position
      let first = min(Int(clamped), input - 1)
      let second = min(first + 1, input - 1)
      return (first, second, Float(clamped - Double(first)))
    }
    let nearest: Double
    switch rounding {
    case .floor: nearest = position.rounded(.down)
    case .ceil: nearest = position.rounded(.up)
    case .halfDown: nearest = (position - 0.5).rounded(.up)
    case .halfUp: nearest = (position + 0.5).rounded(.down)
    }
    let column = min(max(Int(nearest), 0), input - 1)
    return (column, column, 0)
  }

  private static func scale(_ input: Int, _ output: Int, _ numerator: Int, _ denominator: Int) -> Double {
    denominator == 0 ? Double(input) / Double(output) : Double(denominator) / Double(numerator)
  }
}
