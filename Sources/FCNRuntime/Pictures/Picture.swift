/// A picture as it was read or will be written: rows from the top, samples interleaved.
public struct Picture {
  public let height: Int
  public let width: Int
  /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
  public let channels: Int
  public let depth: Depth
  /// The samples; those of 16 bits in the byte order of the machine.
  let memory: Memory<UInt8>

  /// The bits of a sample.
  public enum Depth: Int, Sendable {
    case eight = 8
    case sixteen = 16
  }

  /// A picture whose samples are yet to be written.
  public init(height: Int, width: Int, channels: Int, depth: Depth = .eight) throws(RuntimeFailure) {
    precondition(height > 0 && width > 0 && (1...4).contains(channels))
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    guard !overflow, pixels <= Picture.greatestPixelCount else {
      throw RuntimeFailure("a picture of \(height)x\(width) pixels is too big")
    }
    self.height = height
    self.width = width
    self.channels = channels
    self.depth = depth
    memory = try Memory(count: pixels * channels * depth.rawValue / 8)
  }

  /// No picture has more pixels than this.
  public static let greatestPixelCount = 1 << 31

  public var hasAlpha: Bool { channels == 2 || channels == 4 }
  /// The sample of full intensity.
  public var maximum: Int { depth == .eight ? 255 : 65535 }

  /// The sample at a place, 0...255 or 0...65535.
  public subscript(row: Int, column: Int, channel: Int) -> Int {
    get {
      let index = index(row, column, channel)
      return depth == .eight ? Int(memory.pointer[index]) : Int(wide[index])
    }
    nonmutating set {
      let index = index(row, column, channel)
      if depth == .eight {
        memory.pointer[index] = UInt8(truncatingIfNeeded: newValue)
      } else {
        wide[index] = UInt16(truncatingIfNeeded: newValue)
      }
    }
  }

  private func index(_ row: Int, _ column: Int, _ channel: Int) -> Int {
    precondition(row >= 0 && row < height && column >= 0 && column < width && channel >= 0 && channel < channels)
    return (row * width + column) * channels + channel
  }

  /// The samples of 8 bits of a row.
  func row(_ row: Int) -> UnsafeMutablePointer<UInt8> { memory.pointer + row * width * channels }

  /// The samples of 16 bits.
  var wide: UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: UInt16.self)
  }
}
