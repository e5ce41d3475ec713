import FCNCore
import FCNTestSupport
import Testing

@testable import FCNDriver

/// Numbers that were turned into the expected ones by hand, and numbers that have nothing to do with them.
@Suite struct LikenessTests {
  static let shape = (channels: 3, height: 8, width: 8)

  /// Numbers without pattern in -1...1.
  static func noise(_ seed: UInt64, height: Int = shape.height, width: Int = shape.width) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    var tensor = Tensor(channels: shape.channels, height: height, width: width)
    for index in tensor.values.indices { tensor.values[index] = Float.random(in: -1...1, using: &generator) }
    return tensor
  }

  private static func changed(_ tensor: Tensor, _ change: (Int, Int, Int) -> Float) -> Tensor {
    var result = tensor
    for channel in 0..<tensor.channels {
      for row in 0..<tensor.height {
        for column in 0..<tensor.width { result[channel, row, column] = change(channel, row, column) }
      }
    }
    return result
  }

  typealias Change = @Sendable (_ numbers: Tensor, _ channel: Int, _ row: Int, _ column: Int) -> Float

  private static func text(seed: UInt64 = 1, _ change: Change) -> String? {
    let numbers = noise(seed)
    return Likeness(numbers, changed(numbers) { change(numbers, $0, $1, $2) }, tolerance: 1e-4)?.text
  }

  static let changes: [(text: String, change: Change)] = [
    ("the channels fit in reverse order", { n, c, y, x in n[2 - c, y, x] }),
    ("channel 0 is expected to be what channel 1 is", { n, c, y, x in n[(c + 1) % 3, y, x] }),
    ("the numbers fit with rows and columns exchanged", { n, c, y, x in n[c, x, y] }),
    ("the numbers fit mirrored from left to right", { n, c, y, x in n[c, y, 7 - x] }),
    ("the numbers fit upside down", { n, c, y, x in n[c, 7 - y, x] }),
    ("moved by 1 row(s) and 0 column(s)", { n, c, y, x in n[c, max(y - 1, 0), x] }),
    ("moved by 0 row(s) and -2 column(s)", { n, c, y, x in n[c, y, min(x + 2, 7)] }),
    ("the numbers fit where 0.25 is added to all of them", { n, c, y, x in n[c, y, x] + 0.25 }),
    ("the numbers fit where all of them are multiplied by 3", { n, c, y, x in n[c, y, x] * 3 }),
    ("a number is added to every channel", { n, c, y, x in n[c, y, x] + Float(c) }),
    ("every channel is multiplied by a number:", { n, c, y, x in n[c, y, x] * Float(c + 1) }),
    ("a batch norm", { n, c, y, x in n[c, y, x] * Float(c + 1) + 1 }),
    (
      "only the outermost row and column differ at the edges",
      { n, c, y, x in n[c, y, x] + (min(y, x, 7 - y, 7 - x) == 0 ? Float(y * 8 + x + 1) / 9 : 0) }
    ),
  ]

  @Test(arguments: changes.indices)
  func whatIsSimpleIsSeen(_ index: Int) {
    let text = Self.text(Self.changes[index].change) ?? "nothing"
    #expect(text.contains(Self.changes[index].text))
  }

  /// Numbers that differ without reason are given none.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func noiseIsLikeNothing(_ seed: UInt64) {
    let numbers = Self.noise(seed)
    let other = Self.noise(seed + 1000)
    #expect(Likeness(numbers, other, tolerance: 1e-4)?.text == nil)
    let disturbed = Self.text(seed: seed) { n, c, y, x in n[c, y, x] + 0.01 * other[c, y, x] }
    #expect(disturbed == nil)
    var one = numbers
    one.values[Int(seed) % one.values.count] += 0.5
    #expect(Likeness(numbers, one, tolerance: 1e-4)?.text == nil)
    let pixel = Likeness(
      Self.noise(seed, height: 1, width: 1), Self.noise(seed + 9, height: 1, width: 1), tolerance: 1e-4)
    #expect(pixel?.text == nil)
  }

  @Test func shapesThatDifferAreLikeNothing() {
    #expect(Likeness(Self.noise(1), Self.noise(1, height: 4), tolerance: 1e-4)?.text == nil)
  }

  /// By hand: the range of -1, 3 is 4; of 1000, 1000.5 it is a thousandth of 1000.5; zeros count as one.
  @Test func differencesAreMeasuredByTheRange() throws {
    func difference(_ numbers: [Float], _ expected: [Float]) throws -> Difference {
      try #require(
        Difference(
          Tensor(channels: 1, height: 1, width: 2, values: numbers),
          Tensor(channels: 1, height: 1, width: 2, values: expected)))
    }
    let plain = try difference([-1, 1], [-1, 3])
    #expect(plain.greatest == 2 && plain.relative == 0.5 && plain.column == 1)
    #expect(abs(try difference([1000, 1000], [1000, 1000.5]).relative - 0.5 / 1.0005) < 1e-6)
    #expect(try difference([0, 0.25], [0, 0]).relative == 0.25)
    #expect(try difference([0, .nan], [0, 1]).greatest == .infinity)
    #expect(try difference([.infinity, 1], [0, 1]).greatest == .infinity)
  }
}
