/// Numbers that are computed row by row when they are asked for: a row holds its channels one after the other, `width`
/// numbers each. So a picture of any height is preprocessed in the memory of a few rows.
class Rows {
  let channels: Int
  let height: Int
  let width: Int

  init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Writes the `channels * width` numbers of a row.
  func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {}
}

/// Rows that something else holds, channel by channel.
final class HeldRows: Rows {
  private let held: (_ channel: Int, _ row: Int) -> UnsafePointer<Float>

  init(
    channels: Int, height: Int, width: Int, held: @escaping (_ channel: Int, _ row: Int) -> UnsafePointer<Float>
  ) {
    self.held = held
    super.init(channels: channels, height: height, width: width)
  }

  convenience init(_ array: PlanarArray) {
    self.init(channels: array.channels, height: array.height, width: array.width) { channel, row in
      UnsafePointer(array.row(row, channel: channel))
    }
  }

  /// The numbers of a row of a channel.
  func row(_ row: Int, channel: Int) -> UnsafePointer<Float> { held(channel, row) }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    for channel in 0..<channels { (numbers + channel * width).update(from: held(channel, row), count: width) }
  }
}
