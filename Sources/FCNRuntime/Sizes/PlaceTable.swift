/// Where the positions of an output lie along one axis, by the residue of the input size.
public struct PlaceTable: Sendable {
  public enum Place: Equatable, Sendable {
    /// Nowhere in particular: the output has the same size for every picture, as one pixel for the whole image has.
    case whole
    /// Position `i` lies at `(scale * i + offset) / denominator` input pixels, the middle of the first pixel being 0.
    case line(scale: Int, offset: Int, denominator: Int)
    /// The positions are spread over the image, in a way that depends on its size.
    case proportional
  }

  /// For the size `n`, the place at `n` modulo their count.
  public var places: [Place]

  public init(_ places: [Place]) { self.places = places }

  /// The positions that lie on the given part of a padded image, at least one.
  /// - Parameter count: the positions of the output.
  func kept(of count: Int, on axis: FittedAxis) -> Range<Int> {
    guard axis.size > axis.given, !places.isEmpty else { return 0..<count }
    switch places[axis.size % places.count] {
    case .whole: return 0..<count
    case .proportional:
      // Position i covers the image from i to i + 1 of `count` equal parts; it counts where its middle is inside.
      let product = count.multipliedFullWidth(by: axis.given)
      let (quotient, remainder) = axis.size.dividingFullWidth(product)
      return 0..<max(1, min(count, remainder * 2 > axis.size ? quotient + 1 : quotient))
    case .line(let scale, let offset, let denominator):
      // -1/2 <= (scale * i + offset) / denominator < given - 1/2
      let first = ceiling(-denominator - 2 * offset, 2 * scale)
      let end = ceiling((2 * axis.given - 1) * denominator - 2 * offset, 2 * scale)
      let start = min(max(first, 0), count - 1)
      return start..<max(start + 1, min(end, count))
    }
  }

  private func ceiling(_ dividend: Int, _ divisor: Int) -> Int {
    dividend > 0 ? (dividend - 1) / divisor + 1 : dividend / divisor
  }

  /// The greatest number of a place: sums and products of it and of a picture's size stay within 63 bits.
  public static let limit = 1 << 28
}
