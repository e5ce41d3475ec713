/// A picture as it was read or will be written: rows from the top, samples interleaved.
public struct Picture {
  public let height: Int
  public let width: Int
  public let channels: Int
  public let depth: Depth
  /// The channel that says how opaque a pixel is; nil where there is none.
  public let alpha: Alpha?
  /// How the samples of each channel become numbers.
  public var scales: [SampleScale]
  /// What a TIFF file says of the size of the pixels and of their place in the world.
  public var registration: Registration?
  /// How the picture in the file was turned to stand upright.
  public var orientation = Orientation(code: 1)
  /// The samples; those of more than 8 bits in the byte order of the machine.
  let memory: Memory<UInt8>

  /// What a sample is.
  public enum Depth: Sendable {
    /// Unsigned numbers of so many bits.
    case eight, sixteen, thirtyTwo
    /// `Float`.
    case float

    var bytes: Int {
      switch self {
      case .eight: 1
      case .sixteen: 2
      case .thirtyTwo, .float: 4
      }
    }
  }

  /// A channel of opacities.
  public struct Alpha: Sendable {
    public var channel: Int
    /// Whether the colours are multiplied by the opacity already.
    public var isPremultiplied: Bool

    public init(channel: Int, isPremultiplied: Bool = false) {
      self.channel = channel
      self.isPremultiplied = isPremultiplied
    }
  }

  /// A picture whose samples are yet to be written.
  public init(
    height: Int, width: Int, channels: Int, depth: Depth = .eight, alpha: Alpha? = nil
  ) throws(RuntimeFailure) {
    precondition(height > 0 && width > 0 && channels > 0)
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    let (count, overflowCount) = pixels.multipliedReportingOverflow(by: channels * depth.bytes)
    guard !overflow, !overflowCount, pixels <= Picture.greatestPixelCount else {
      throw RuntimeFailure("a picture of \(height)x\(width) pixels is too big")
    }
    self.height = height
    self.width = width
    self.channels = channels
    self.depth = depth
    self.alpha = alpha
    scales = Array(repeating: SampleScale(full: depth), count: channels)
    memory = try Memory(count: count)
  }

  /// No picture has more pixels than this.
  public static let greatestPixelCount = 1 << 31

  public var hasAlpha: Bool { alpha != nil }
  /// The sample of full intensity, of 8 or 16 bits.
  public var maximum: Int { depth == .eight ? 255 : 65535 }

  /// The sample at a place of a picture of 8 or 16 bits, 0...255 or 0...65535.
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

  /// The sample at a place, whatever its depth.
  public func sample(_ row: Int, _ column: Int, _ channel: Int) -> Double {
    let index = index(row, column, channel)
    switch depth {
    case .eight: return Double(memory.pointer[index])
    case .sixteen: return Double(wide[index])
    case .thirtyTwo: return Double(samples(as: UInt32.self)[index])
    case .float: return Double(samples(as: Float.self)[index])
    }
  }

  private func index(_ row: Int, _ column: Int, _ channel: Int) -> Int {
    precondition(row >= 0 && row < height && column >= 0 && column < width && channel >= 0 && channel < channels)
    return (row * width + column) * channels + channel
  }

  /// The samples of 8 bits of a row.
  func row(_ row: Int) -> UnsafeMutablePointer<UInt8> { memory.pointer + row * width * channels }

  /// The samples of 16 bits.
  var wide: UnsafeMutablePointer<UInt16> { samples(as: UInt16.self) }

  /// The samples, of the type that the depth has.
  func samples<Sample>(as type: Sample.Type) -> UnsafeMutablePointer<Sample> {
    UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: type)
  }
}
