/// Numbers as channels, rows, columns: what `.npy` files bring and take.
public struct PlanarArray {
  public let channels: Int
  public let height: Int
  public let width: Int
  let memory: Memory<Float>

  /// An array whose numbers are yet to be written.
  public init(channels: Int, height: Int, width: Int) throws(RuntimeFailure) {
    precondition(channels > 0 && height > 0 && width > 0)
    let (plane, overflowPlane) = height.multipliedReportingOverflow(by: width)
    let (count, overflow) = plane.multipliedReportingOverflow(by: channels)
    guard !overflowPlane, !overflow else {
      throw RuntimeFailure("an array of \(channels)x\(height)x\(width) numbers is too big")
    }
    self.channels = channels
    self.height = height
    self.width = width
    memory = try Memory(count: count)
  }

  /// The numbers of rows.
  init(reading rows: Rows) throws(RuntimeFailure) {
    try self.init(channels: rows.channels, height: rows.height, width: rows.width)
    let line = try Memory<Float>(count: channels * width)
    for row in 0..<height {
      rows.read(row, into: line.pointer)
      for channel in 0..<channels {
        self.row(row, channel: channel).update(from: line.pointer + channel * width, count: width)
      }
    }
  }

  /// The numbers of a row of a channel.
  public func row(_ row: Int, channel: Int) -> UnsafeMutablePointer<Float> {
    precondition(row >= 0 && row < height && channel >= 0 && channel < channels)
    return memory.pointer + (channel * height + row) * width
  }

  public subscript(channel: Int, row: Int, column: Int) -> Float {
    get { self.row(row, channel: channel)[column] }
    nonmutating set { self.row(row, channel: channel)[column] = newValue }
  }

  /// The first number that is NaN or infinite, in words; nil if all are finite.
  func firstNotFinite() -> String? {
    for index in 0..<memory.count where !memory.pointer[index].isFinite {
      let (row, column) = (index / width % height, index % width)
      return notFinite(memory.pointer[index], channel: index / width / height, row: row, column: column)
    }
    return nil
  }
}

/// What is said of a number that is NaN or infinite.
func notFinite(_ value: Float, channel: Int, row: Int, column: Int) -> String {
  "\(value.isNaN ? "NaN" : "infinity") at channel \(channel), row \(row), column \(column)"
}
