import FCNCore

/// How much numbers differ from the expected ones.
struct Difference {
  /// The greatest difference; infinite where a number is not finite.
  var greatest: Float = 0
  /// It as a part of the range of the expected numbers.
  var relative: Float = 0
  /// Where it is.
  var channel = 0
  var row = 0
  var column = 0

  /// Nil where the shapes differ.
  init?(_ numbers: Tensor, _ expected: Tensor) {
    guard numbers.shape == expected.shape else { return nil }
    var place = 0
    for index in expected.values.indices {
      let distance = abs(numbers.values[index] - expected.values[index])
      // A comparison with NaN is false, so it is asked the other way round.
      guard !(distance <= greatest) else { continue }
      greatest = distance.isFinite ? distance : .infinity
      place = index
      if greatest == .infinity { break }
    }
    relative = greatest / Difference.range(of: expected)
    channel = place / (expected.height * expected.width)
    row = place / expected.width % expected.height
    column = place % expected.width
  }

  /// What differences are measured by: the greatest number minus the least. Numbers that lie close together far from zero
  /// count for more than that, as their last digits are lost; zeros alone count as one.
  static func range(of expected: Tensor) -> Float {
    var (low, high) = (Float.infinity, -Float.infinity)
    for value in expected.values {
      low = min(low, value)
      high = max(high, value)
    }
    let range = max(high - low, 1e-3 * max(abs(low), abs(high)))
    return range > 0 && range.isFinite ? range : 1
  }
}

extension Tensor {
  /// Channels, rows, columns.
  var shape: [Int] { [channels, height, width] }
}

extension [Int] {
  /// A shape for people: `8x16x16`.
  var shapeText: String { map(String.init).joined(separator: "x") }
}
