/// The size of an input and what it is brought to before it enters the network.
struct FittedSize {
  var rows: FittedAxis
  var columns: FittedAxis

  init(rows: FittedAxis, columns: FittedAxis) {
    self.rows = rows
    self.columns = columns
  }

  /// A size that stays as it is.
  init(height: Int, width: Int) {
    rows = FittedAxis(given: height, size: height, start: 0)
    columns = FittedAxis(given: width, size: width, start: 0)
  }

  var height: Int { rows.size }
  var width: Int { columns.size }
  var isChanged: Bool { rows.given != rows.size || columns.given != columns.size }
  var isPadded: Bool { rows.size > rows.given || columns.size > columns.given }

  /// The size that enters the network, as HEIGHTxWIDTH.
  var text: String { "\(height)x\(width)" }
  var givenText: String { "\(rows.given)x\(columns.given)" }

  /// What an option of the program makes of the size, in words.
  var offer: String {
    isPadded
      ? "--fit pad pads it to \(text) and cuts the answer back" : "--fit crop takes the \(text) in its middle"
  }

  /// What was done, in words.
  func summary(_ border: Fitting.Border) -> String {
    isPadded
      ? "padded from \(givenText) to \(text) (\(border.word)), and the answer is cut back"
      : "the \(text) in the middle of \(givenText) is taken, and the answer is about that part"
  }

  /// The fit of a further input, which needs a size of its own where this is that of the first one.
  func share(height: Int, width: Int, of needed: (height: Int, width: Int), name: String) throws(RuntimeFailure)
    -> FittedSize
  {
    guard let rows = rows.share(given: height, size: needed.height),
      let columns = columns.share(given: width, size: needed.width)
    else {
      throw RuntimeFailure(
        "input \(name) must be \(shares(of: needed)) (HEIGHTxWIDTH) with a first input of \(givenText), "
          + "not \(height)x\(width)")
    }
    return FittedSize(rows: rows, columns: columns)
  }

  /// The sizes that a further input may come with, in words.
  func shares(of needed: (height: Int, width: Int)) -> String {
    choice(rows.shares(of: needed.height)) + "x" + choice(columns.shares(of: needed.width))
  }

  private func choice(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)...\(range.upperBound)"
  }
}

/// The size of an input along one axis and what it is brought to.
struct FittedAxis {
  /// The size that the input came with.
  var given: Int
  /// The size that enters the network: greater where it is padded behind, less where it is cropped.
  var size: Int
  /// The first position that is taken.
  var start: Int

  /// The positions of a side of `length` pixels that are used, where the side became `given` positions.
  func part(of length: Int) -> Range<Int> {
    guard size < given else { return 0..<length }
    let first = min(scaled(length, start), length - 1)
    return first..<min(first + max(scaled(length, size), 1), length)
  }

  /// The length that a side would have, had it been padded before it became `given` positions.
  func whole(of length: Int) -> Int { size > given ? max(scaled(length, size), length) : length }

  private func scaled(_ length: Int, _ position: Int) -> Int { (length * position + given / 2) / given }

  /// The fit of a further input that takes `size` positions where the first one takes `self.size`; nil where `given` is
  /// not its share of the first input as that came.
  fileprivate func share(given: Int, size: Int) -> FittedAxis? {
    guard shares(of: size).contains(given) else { return nil }
    let start = min((self.start * size + self.size / 2) / self.size, max(given - size, 0))
    return FittedAxis(given: given, size: size, start: start)
  }

  /// The sizes that a further input may come with: its share of `given`, rounded down or up.
  fileprivate func shares(of size: Int) -> ClosedRange<Int> {
    let (product, divisor) = (given * size, self.size)
    return max(product / divisor, 1)...max((product + divisor - 1) / divisor, 1)
  }
}
