/// How the samples of a channel become numbers.
public struct SampleScale: Sendable {
  /// The sample that becomes 0.
  public var zero: Double
  /// The sample that becomes 1. Where it is that of 0, every number is 0.
  public var one: Double
  /// The sample of pixels without data, whose number is 0; it may be NaN.
  public var noData: Double?

  public init(zero: Double, one: Double, noData: Double? = nil) {
    self.zero = zero
    self.one = one
    self.noData = noData
  }

  /// From 0 to the greatest number of the type; `Float` as it is.
  init(full depth: Picture.Depth) {
    switch depth {
    case .eight: self.init(zero: 0, one: 255)
    case .sixteen: self.init(zero: 0, one: 65535)
    case .thirtyTwo: self.init(zero: 0, one: 4_294_967_295)
    case .float: self.init(zero: 0, one: 1)
    }
  }

  func isNoData(_ sample: Double) -> Bool {
    guard let noData else { return false }
    return noData.isNaN ? sample.isNaN : sample == noData
  }

  var summary: String { "\(String(shortest: zero))...\(String(shortest: one))" }
}

/// A type that samples of pictures have.
protocol PictureSample {
  var asFloat: Float { get }
  var asDouble: Double { get }
  /// Numbers in the order of the samples, whose upper half decides alone where the samples have 16 bits or fewer.
  var orderKey: UInt32 { get }
}

extension UInt8: PictureSample {
  var asFloat: Float { Float(self) }
  var asDouble: Double { Double(self) }
  var orderKey: UInt32 { UInt32(self) << 16 }
}

extension UInt16: PictureSample {
  var asFloat: Float { Float(self) }
  var asDouble: Double { Double(self) }
  var orderKey: UInt32 { UInt32(self) << 16 }
}

extension UInt32: PictureSample {
  var asFloat: Float { Float(self) }
  var asDouble: Double { Double(self) }
  var orderKey: UInt32 { self }
}

extension Float: PictureSample {
  var asFloat: Float { self }
  var asDouble: Double { Double(self) }
  var orderKey: UInt32 { bitPattern >> 31 == 1 ? ~bitPattern : bitPattern | 0x8000_0000 }
}
