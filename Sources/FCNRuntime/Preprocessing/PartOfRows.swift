/// Some neighbouring rows and columns of others.
final class PartOfRows: Rows {
  private let source: Rows
  private let firstRow: Int
  private let firstColumn: Int
  private let buffer: Memory<Float>

  fileprivate init(_ source: Rows, rows: Range<Int>, columns: Range<Int>) throws(RuntimeFailure) {
    self.source = source
    firstRow = rows.lowerBound
    firstColumn = columns.lowerBound
    buffer = try Memory(count: source.channels * source.width)
    super.init(channels: source.channels, height: rows.count, width: columns.count)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    source.read(firstRow + row, into: buffer.pointer)
    for channel in 0..<channels {
      (numbers + channel * width).update(from: buffer.pointer + channel * source.width + firstColumn, count: width)
    }
  }
}

extension Rows {
  /// Some neighbouring rows and columns; the rows themselves where that is all of them.
  func part(rows: Range<Int>, columns: Range<Int>) throws(RuntimeFailure) -> Rows {
    if rows.count == height, columns.count == width { return self }
    return try PartOfRows(self, rows: rows, columns: columns)
  }
}
