/// An axis of an operand with its numbers known.
struct AxisPlan {
  let description: AxisDescription
  /// Positions of the operand and of the output along the axis.
  let input: Int
  let output: Int
  /// The offset of a window.
  let offset: Int

  init(_ description: AxisDescription, input: Int, output: Int, extents: [Int]) {
    self.description = description
    self.input = input
    self.output = output
    if case .window(_, _, _, _, _, let index) = description { offset = extents[index] } else { offset = 0 }
  }

  var taps: Int {
    switch description {
    case .window(let taps, _, _, _, _, _): taps
    case .resample(let bilinear, _, _, _, _): bilinear ? 2 : 1
    case .whole: input
    }
  }

  /// Where tap `k` of output position `index` lies; may be outside.
  func position(_ index: Int, tap k: Int) -> Int {
    switch description {
    case .window(_, let step, let multiply, let divide, let shift, _):
      return AxisPlan.floorDivide(index + shift, divide) * multiply + offset + k * step
    case .resample(let bilinear, let grid, let rounding, let numerator, let denominator):
      let taps = ResampleGrid.taps(
        index: index, input: input, output: output, bilinear: bilinear, grid: grid, rounding: rounding,
        numerator: numerator, denominator: denominator)
      return k == 0 ? taps.first : taps.second
    case .whole:
      return k
    }
  }

  /// The weight of tap `k` of output position `index`, for a resampled axis.
  func weight(_ index: Int, tap k: Int) -> Float {
    guard case .resample(let bilinear, let grid, let rounding, let numerator, let denominator) = description else {
      return 1
    }
    let taps = ResampleGrid.taps(
      index: index, input: input, output: output, bilinear: bilinear, grid: grid, rounding: rounding,
      numerator: numerator, denominator: denominator)
    return k == 0 ? 1 - taps.weight : taps.weight
  }

  /// The lowest and highest position that output positions `first...last` read.
  func range(first: Int, last: Int) -> (low: Int, high: Int) {
    guard case .window(let taps, let step, _, _, _, _) = description else { return (0, input - 1) }
    let reach = (taps - 1) * step
    let start = position(first, tap: 0)
    let end = position(last, tap: 0)
    return (min(start, start + reach), max(end, end + reach))
  }

  static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor != 0 && value < 0 ? quotient - 1 : quotient
  }

  /// The position inside `0..<count` that a mirrored or repeated border shows at `position`.
  static func inside(_ position: Int, count: Int, mirrored: Bool) -> Int {
    if position >= 0 && position < count { return position }
    guard mirrored, count > 1 else { return position < 0 ? 0 : count - 1 }
    let period = 2 * (count - 1)
    var folded = position % period
    if folded < 0 { folded += period }
    return folded < count ? folded : period - folded
  }
}
