/// How a line of numbers is brought to another length: for each new place the old places that it mixes and their
/// weights. Centres of pixels stand at halves, places beyond the ends repeat the end, nothing is antialiased; `area`
/// is the mean of what the new pixel covers.
struct ResampledAxis {
  /// The taps of new place o are starts[o]..<starts[o + 1].
  let starts: Memory<Int>
  let places: Memory<Int32>
  let weights: Memory<Float>
  /// The most taps of a place.
  let greatestCount: Int

  init(from size: Int, to result: Int, filter: Resizing.Filter) throws(RuntimeFailure) {
    let scale = Double(size) / Double(result)
    let perPlace =
      switch filter {
      case .nearest: 1
      case .bilinear: 2
      case .bicubic: 4
      case .area: size / result + 3
      }
    let (capacity, overflow) = result.multipliedReportingOverflow(by: perPlace)
    guard !overflow else { throw RuntimeFailure("a side of \(result) is too long to resize to") }
    starts = try Memory(count: result + 1)
    places = try Memory(count: capacity)
    weights = try Memory(count: capacity)
    var count = 0
    var greatest = 0
    for place in 0..<result {
      starts[place] = count
      if filter == .area {
        let (low, high) = (Double(place) * scale, Double(place + 1) * scale)
        var old = Int(low)
        while old < size, Double(old) < high, count - starts[place] < perPlace {
          let covered = min(Double(old + 1), high) - max(Double(old), low)
          // A sliver is rounding, not area.
          if covered > 1e-9 {
            places[count] = Int32(old)
            weights[count] = Float(covered / scale)
            count += 1
          }
          old += 1
        }
      } else {
        let center = (Double(place) + 0.5) * scale - 0.5
        let base = center.rounded(.down)
        let (first, kernel) = ResampledAxis.kernel(filter, Float(center - base))
        for tap in 0..<perPlace {
          let old = filter == .nearest ? Int((Double(place) + 0.5) * scale) : Int(base) + first + tap
          places[count] = Int32(min(max(old, 0), size - 1))
          weights[count] = kernel[tap]
          count += 1
        }
      }
      greatest = max(greatest, count - starts[place])
    }
    starts[result] = count
    greatestCount = greatest
  }

  /// The first tap counted from the place at or before the centre, and the weights for a centre `t` after it.
  private static func kernel(_ filter: Resizing.Filter, _ t: Float) -> (first: Int, [Float]) {
    switch filter {
    case .nearest, .area: return (0, [1])
    case .bilinear: return (0, [1 - t, t])
    case .bicubic:
      // The cubic convolution of Keys (1981) with a = -0.75.
      let a: Float = -0.75
      func near(_ x: Float) -> Float { ((a + 2) * x - (a + 3)) * x * x + 1 }
      func far(_ x: Float) -> Float { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
      return (-1, [far(t + 1), near(t), near(1 - t), far(2 - t)])
    }
  }
}
