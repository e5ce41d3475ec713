/// Rows brought to another size: each row of the source is resampled along its columns once and kept while rows of the
/// result still mix it.
final class ResizedRows: Rows {
  private let source: Rows
  private let rows: ResampledAxis
  private let columns: ResampledAxis
  private let buffer: Memory<Float>
  /// Resampled rows of the source: row r stands at r modulo `capacity`, and `keptRows` says which one that is.
  private let kept: Memory<Float>
  private let keptRows: Memory<Int>
  private let capacity: Int

  init(_ source: Rows, height: Int, width: Int, filter: Resizing.Filter) throws(RuntimeFailure) {
    self.source = source
    rows = try ResampledAxis(from: source.height, to: height, filter: filter)
    columns = try ResampledAxis(from: source.width, to: width, filter: filter)
    buffer = try Memory(count: source.channels * source.width)
    capacity = rows.greatestCount
    let (count, overflow) = (source.channels * width).multipliedReportingOverflow(by: capacity)
    kept = try Memory(count: overflow ? Int.max : count)
    keptRows = try Memory(count: capacity)
    for place in 0..<capacity { keptRows[place] = -1 }
    super.init(channels: source.channels, height: height, width: width)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    let count = channels * width
    for index in 0..<count { numbers[index] = 0 }
    for tap in rows.starts[row]..<rows.starts[row + 1] {
      let line = keptRow(Int(rows.places[tap]))
      let weight = rows.weights[tap]
      for index in 0..<count { numbers[index] += weight * line[index] }
    }
  }

  private func keptRow(_ row: Int) -> UnsafeMutablePointer<Float> {
    let line = kept.pointer + row % capacity * channels * width
    guard keptRows[row % capacity] != row else { return line }
    keptRows[row % capacity] = row
    source.read(row, into: buffer.pointer)
    for channel in 0..<channels {
      let old = buffer.pointer + channel * source.width
      for column in 0..<width {
        var sum: Float = 0
        for tap in columns.starts[column]..<columns.starts[column + 1] {
          sum += columns.weights[tap] * old[Int(columns.places[tap])]
        }
        line[channel * width + column] = sum
      }
    }
    return line
  }
}
