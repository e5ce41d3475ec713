import Testing

@testable import FCNStandard

/// The three matrices against the definition of a convolution, in 64-bit arithmetic.
@Suite struct WinogradTransformTests {
  @Test(arguments: [(2, 3), (4, 3), (6, 3), (2, 5), (4, 5), (2, 7)])
  func computesTheConvolution(_ results: Int, _ taps: Int) throws {
    let transform = try #require(WinogradTransform(results: results, taps: taps))
    #expect(transform.size == results + taps - 1)
    // Numbers of mixed sign and size without a pattern that a wrong sign could hide behind.
    let input = (0..<transform.size).map { Double(($0 * 37 + 11) % 19) - 9.25 }
    let kernel = (0..<taps).map { Double(($0 * 23 + 5) % 13) / 4 - 1.5 }
    let products = zip(multiply(transform.ofTaps, kernel), multiply(transform.ofInput, input)).map { $0 * $1 }
    let outputs = multiply(transform.ofProducts, products)
    #expect(outputs.count == results)
    for (index, output) in outputs.enumerated() {
      let expected = (0..<taps).reduce(0.0) { $0 + kernel[$1] * input[index + $1] }
      #expect(abs(output - expected) < 1e-11, "result \(index): \(output), not \(expected)")
    }
  }

  @Test(arguments: [(1, 3), (3, 3), (5, 3), (6, 5), (2, 3_000)])
  func otherSizesHaveNone(_ results: Int, _ taps: Int) {
    let size = results + taps - 1
    #expect((WinogradTransform(results: results, taps: taps) != nil) == [4, 6, 8].contains(size))
  }

  private func multiply(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).reduce(0.0) { $0 + $1.0 * $1.1 } }
  }
}
