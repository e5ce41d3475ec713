import Testing

@testable import FCNRuntime

@Suite struct ResampleGridTests {
  private static func nearest(
    _ index: Int, _ input: Int, _ output: Int, _ grid: AxisDescription.Grid, _ rounding: AxisDescription.Rounding,
    numerator: Int = 0, denominator: Int = 0
  ) -> Int {
    ResampleGrid.taps(
      index: index, input: input, output: output, bilinear: false, grid: grid, rounding: rounding,
      numerator: numerator, denominator: denominator
    ).first
  }

  /// Position `i` of an axis that became `k` times as long shows pixel i / k without its remainder, whatever 1 / k is in
  /// floating point.
  @Test func wholeFactorsRepeatEveryPixel() {
    for factor in 1...64 {
      for index in 0..<factor * 16 {
        #expect(Self.nearest(index, 16, factor * 16, .asymmetric, .floor) == index / factor)
        let whole = Self.nearest(index, 16, factor * 16, .asymmetric, .floor, numerator: factor, denominator: 1)
        #expect(whole == index / factor)
        #expect(Self.nearest(index, 16, factor * 16, .halfPixel, .halfUp) == index / factor)
      }
    }
  }

  /// Each nearest pixel fulfils the inequality that defines its rounding, in whole numbers.
  @Test func roundingIsExact() {
    for input in [1, 2, 3, 7, 24, 49, 64] {
      for output in 1...130 {
        for index in 0..<output {
          // The coordinate is above / below.
          let (above, below) = (index * input, output)
          let floor = Self.nearest(index, input, output, .asymmetric, .floor)
          #expect(floor * below <= above && above < (floor + 1) * below)
          let up = Self.nearest(index, input, output, .asymmetric, .halfUp)
          #expect(up == input - 1 || 2 * above < (2 * up + 1) * below, "\(input) to \(output)")
          #expect((2 * up - 1) * below <= 2 * above, "\(input) to \(output)")
          let down = Self.nearest(index, input, output, .asymmetric, .halfDown)
          #expect(down == input - 1 || 2 * above <= (2 * down + 1) * below, "\(input) to \(output)")
          #expect((2 * down - 1) * below < 2 * above, "\(input) to \(output)")
          let ceil = Self.nearest(index, input, output, .asymmetric, .ceil)
          #expect(ceil == input - 1 || above <= ceil * below, "\(input) to \(output)")
          #expect((ceil - 1) * below < above, "\(input) to \(output)")
        }
      }
    }
  }

  /// The two pixels and their weights put the coordinate back together; beyond the edge stands the edge pixel.
  @Test func bilinearWeightsGiveTheCoordinate() {
    for input in [1, 2, 5, 49] {
      for output in 1...100 {
        for index in 0..<output {
          let taps = ResampleGrid.taps(
            index: index, input: input, output: output, bilinear: true, grid: .halfPixel, rounding: .floor,
            numerator: 0, denominator: 0)
          let place = (Double(index) + 0.5) * Double(input) / Double(output) - 0.5
          let shown = Double(taps.first) * Double(1 - taps.weight) + Double(taps.second) * Double(taps.weight)
          #expect(abs(shown - min(max(place, 0), Double(input - 1))) < 1e-5, "\(input) to \(output)")
          #expect(taps.weight >= 0 && taps.weight < 1)
        }
      }
    }
  }
}
