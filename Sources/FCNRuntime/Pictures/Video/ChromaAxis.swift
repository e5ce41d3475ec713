/// Where the chroma samples of video lie along an axis of its pixels, and how one becomes the other.
struct ChromaAxis {
  /// The pixels of the axis.
  let size: Int
  /// Pixels for each chroma sample: 1 or 2.
  let step: Int
  /// Whether a sample lies in the middle of its two pixels, or on the first of them.
  let isCentred: Bool

  /// How many chroma samples there are.
  var count: Int { (size + step - 1) / step }

  /// The samples between which a pixel lies, and the share of the second one (linear interpolation).
  func samples(around pixel: Int) -> (first: Int, second: Int, share: Float) {
    guard step == 2 else { return (pixel, pixel, 0) }
    let isOdd = pixel & 1 == 1
    let sample = pixel / 2
    if !isCentred { return (sample, min(sample + (isOdd ? 1 : 0), count - 1), isOdd ? 0.5 : 0) }
    return isOdd ? (sample, min(sample + 1, count - 1), 0.25) : (max(sample - 1, 0), sample, 0.75)
  }

  /// The pixels that a sample is the mean of, with their weights: both of its own, or one on each side too where it lies
  /// on a pixel.
  func pixels(of sample: Int) -> [(pixel: Int, weight: Float)] {
    guard step == 2 else { return [(sample, 1)] }
    let first = 2 * sample
    let next = min(first + 1, size - 1)
    if isCentred { return [(first, 0.5), (next, 0.5)] }
    return [(max(first - 1, 0), 0.25), (first, 0.5), (next, 0.25)]
  }
}
