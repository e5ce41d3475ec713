/// An input of a network: its name, its channels, and how a picture becomes its numbers.
public struct InputDescription: Sendable {
  public var name: String
  public var channels: Int
  /// What is done to a picture, in order. Where no step chooses colours the picture's channels are the input's.
  public var preprocessing: [PreprocessingStep]

  public init(name: String, channels: Int, preprocessing: [PreprocessingStep]) {
    self.name = name
    self.channels = channels
    self.preprocessing = preprocessing
  }
}

/// One step from a picture to the numbers of an input. Pixels start as RGB (or grey), or as channels, in 0...1.
public enum PreprocessingStep: Sendable {
  /// Channels in the order red, green, blue.
  case rgb
  /// Channels in the order blue, green, red.
  case bgr
  /// One channel: the weighted sum of red, green and blue.
  case grey(red: Float, green: Float, blue: Float)
  /// One channel, the luma of JFIF (BT.601, full range); the chroma is enlarged (bicubic) and joined to the output
  /// again where that is an image.
  case luma
  /// Multiplies the numbers so that full intensity is `maximum` (255 for 0...255) in place of 1.
  case range(maximum: Float)
  case resize(Resizing)
  /// Takes a number per channel (or one for all) away.
  case subtract([Float])
  case divide([Float])
  case scale([Float])
}

/// To which size a picture is brought before it enters the network.
public struct Resizing: Sendable {
  public enum Size: Sendable {
    case exact(height: Int, width: Int)
    /// The shorter side becomes this long, the other in proportion.
    case shortSide(Int)
    case longSide(Int)
    /// Both sides times `numerator / denominator`.
    case factor(numerator: Int, denominator: Int)
  }

  public enum Filter: UInt8, Sendable {
    /// The nearest pixel, half-pixel centres.
    case nearest
    /// Linear, half-pixel centres, no antialiasing.
    case bilinear
    /// Cubic (a = -0.75), half-pixel centres, no antialiasing.
    case bicubic
    /// The mean of the covered area.
    case area
  }

  public var size: Size
  public var filter: Filter

  public init(size: Size, filter: Filter) {
    self.size = size
    self.filter = filter
  }
}
