import FCNCore

/// What numbers have in common with the expected ones that they differ from, where it is something simple.
struct Likeness {
  /// In words for people.
  let text: String

  /// Nil where nothing simple turns the numbers into the expected ones.
  init?(_ numbers: Tensor, _ expected: Tensor, tolerance: Float) {
    guard numbers.shape == expected.shape else { return nil }
    let bound = tolerance * Difference.range(of: expected)
    let found =
      Self.channelOrder(numbers, expected, bound) ?? Self.orientation(numbers, expected, bound)
      ?? Self.shift(numbers, expected, bound) ?? Self.affine(numbers, expected, bound)
      ?? Self.border(numbers, expected, bound)
    guard let found else { return nil }
    text = found
  }

  private static func agree(
    _ numbers: Tensor, _ expected: Tensor, _ bound: Float, rows: Range<Int>? = nil, columns: Range<Int>? = nil,
    _ source: (_ channel: Int, _ row: Int, _ column: Int) -> (Int, Int, Int)
  ) -> Bool {
    for channel in 0..<expected.channels {
      for row in rows ?? 0..<expected.height {
        for column in columns ?? 0..<expected.width {
          let (a, b, c) = source(channel, row, column)
          if !(abs(numbers[a, b, c] - expected[channel, row, column]) <= bound) { return false }
        }
      }
    }
    return true
  }

  // MARK: Places

  /// The channels in another order.
  private static func channelOrder(_ numbers: Tensor, _ expected: Tensor, _ bound: Float) -> String? {
    let count = expected.channels
    guard (2...512).contains(count), expected.height * expected.width >= 4 else { return nil }
    let pixels = expected.height * expected.width
    func matches(_ a: Int, _ b: Int) -> Bool {
      (0..<pixels).allSatisfy { abs(numbers.values[b * pixels + $0] - expected.values[a * pixels + $0]) <= bound }
    }
    var order: [Int] = []
    var free = Set(0..<count)
    for channel in 0..<count {
      // Dead channels are alike; one keeps its place where it can.
      guard
        let source = free.contains(channel) && matches(channel, channel)
          ? channel : free.sorted().first(where: { matches(channel, $0) })
      else { return nil }
      free.remove(source)
      order.append(source)
    }
    guard let first = order.indices.first(where: { order[$0] != $0 }) else { return nil }
    if order == Array((0..<count).reversed()) { return "the channels fit in reverse order" }
    return "the channels fit in another order: channel \(first) is expected to be what channel \(order[first]) is"
  }

  /// Mirrored, or rows and columns exchanged.
  private static func orientation(_ numbers: Tensor, _ expected: Tensor, _ bound: Float) -> String? {
    let (height, width) = (expected.height, expected.width)
    guard height > 1 || width > 1 else { return nil }
    if height == width, agree(numbers, expected, bound, { ($0, $2, $1) }) {
      return "the numbers fit with rows and columns exchanged"
    }
    if agree(numbers, expected, bound, { ($0, $1, width - 1 - $2) }) {
      return "the numbers fit mirrored from left to right"
    }
    return agree(numbers, expected, bound, { ($0, height - 1 - $1, $2) }) ? "the numbers fit upside down" : nil
  }

  /// Moved by a pixel or two, where what enters at the edge is not looked at.
  private static func shift(_ numbers: Tensor, _ expected: Tensor, _ bound: Float) -> String? {
    guard expected.height >= 6, expected.width >= 6 else { return nil }
    for distance in 1...2 {
      for (down, right) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
        let (rows, columns) = (down * distance, right * distance)
        let fits = agree(
          numbers, expected, bound, rows: max(0, rows)..<expected.height + min(0, rows),
          columns: max(0, columns)..<expected.width + min(0, columns)
        ) { ($0, $1 - rows, $2 - columns) }
        if fits {
          return
            "the numbers fit where they are moved by \(rows) row(s) and \(columns) column(s): look at the padding, or "
            + "at the grid of a resize"
        }
      }
    }
    return nil
  }

  // MARK: Amounts

  /// A factor and an addend, for all channels or for each.
  private static func affine(_ numbers: Tensor, _ expected: Tensor, _ bound: Float) -> String? {
    let pixels = expected.height * expected.width
    // Few numbers fit by chance.
    guard pixels >= 8 else { return nil }
    var lines: [(scale: Double, shift: Double)] = []
    for channel in 0..<expected.channels {
      let part = channel * pixels..<(channel + 1) * pixels
      guard let line = fitted(numbers.values[part], expected.values[part], Double(bound)) else { return nil }
      lines.append(line)
    }
    let range = Double(Difference.range(of: expected))
    let isPlainShift = lines.allSatisfy { abs($0.scale - 1) < 1e-3 }
    let isPlainScale = lines.allSatisfy { abs($0.shift) < 1e-3 * range }
    let isOne =
      lines.allSatisfy { abs($0.scale - lines[0].scale) < 1e-3 && abs($0.shift - lines[0].shift) < 1e-3 * range }
    if isPlainShift {
      return isOne && expected.channels > 1
        ? "the numbers fit where \(text(lines[0].shift)) is added to all of them"
        : "the numbers fit where a number is added to every channel: a bias, or a mean, is missing or another one"
    }
    if isPlainScale {
      return isOne
        ? "the numbers fit where all of them are multiplied by \(text(lines[0].scale))"
        : "the numbers fit where every channel is multiplied by a number: a scale is missing or another one"
    }
    return
      "the numbers fit where every channel is multiplied by a number and another one is added: a batch norm, a scale "
      + "or a normalisation is missing or another one"
  }

  /// The line through pairs of numbers, by least squares; nil where one lies further from it than `bound`.
  private static func fitted(
    _ numbers: ArraySlice<Float>, _ expected: ArraySlice<Float>, _ bound: Double
  ) -> (scale: Double, shift: Double)? {
    let count = Double(numbers.count)
    let meanX = numbers.reduce(0.0) { $0 + Double($1) } / count
    let meanY = expected.reduce(0.0) { $0 + Double($1) } / count
    var (square, product) = (0.0, 0.0)
    for (x, y) in zip(numbers, expected) {
      square += (Double(x) - meanX) * (Double(x) - meanX)
      product += (Double(x) - meanX) * (Double(y) - meanY)
    }
    guard square > 0, square.isFinite else { return nil }
    let scale = product / square
    let shift = meanY - scale * meanX
    let fits = zip(numbers, expected).allSatisfy { abs(scale * Double($0) + shift - Double($1)) <= bound }
    // A constant says nothing about a factor.
    return fits && abs(scale) > 1e-3 ? (scale, shift) : nil
  }

  private static func text(_ number: Double) -> String { Diagnostic.number(Float(number)) }

  // MARK: Borders

  /// Equal but at the edges.
  private static func border(_ numbers: Tensor, _ expected: Tensor, _ bound: Float) -> String? {
    let (height, width) = (expected.height, expected.width)
    var depth = 0
    var hits = 0
    for channel in 0..<expected.channels {
      for row in 0..<height {
        for column in 0..<width
        where !(abs(numbers[channel, row, column] - expected[channel, row, column]) <= bound) {
          depth = max(depth, min(row, column, height - 1 - row, width - 1 - column) + 1)
          hits += 1
        }
      }
    }
    guard depth > 0, 4 * depth <= min(height, width), hits >= expected.channels * max(height, width) / 2 else {
      return nil
    }
    return
      "only the outermost \(depth == 1 ? "row and column" : "\(depth) rows and columns") differ at the edges: look at "
      + "the padding and what it holds"
  }
}
