/// Where the positions of a value lie along one axis, in pixels of the network's first input: position `i` lies at
/// `scale * i + offset`, in exact fractions, the middle of the first pixel being 0.
///
/// This is the coordinate map of Caffe (Long, Shelhamer and Darrell 2015), with the middle of what a position is
/// computed from for every stage, resizes and pools of an even window included.
public struct Place: Hashable, Sendable {
  /// Input pixels from one position to the next.
  public var scale: Rational
  /// The offset is between these: they differ where it depends on the size of the image.
  public var low: Rational
  public var high: Rational

  public init(scale: Rational, low: Rational, high: Rational) {
    self.scale = scale
    self.low = low
    self.high = high
  }

  /// The place of the network's first input.
  public static let input = Place(scale: Rational(1), low: .zero, high: .zero)

  /// The offset, where it is the same for every size.
  public var offset: Rational? { low == high ? low : nil }

  /// The place of a value whose positions lie at `inner` in the positions of this one.
  func followed(by inner: Place) throws(Extent.Failure) -> Place {
    Place(
      scale: try scale * inner.scale, low: try low + (scale * inner.low), high: try high + (scale * inner.high))
  }
}
