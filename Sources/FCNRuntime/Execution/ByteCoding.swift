/// Writes numbers and texts one after the other, little-endian, for a reader that knows the order.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func write(_ value: Int) {
    let bits = UInt64(bitPattern: Int64(value))
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> (UInt64(shift) * 8))) }
  }

  public mutating func write(_ value: Bool) { write(value ? 1 : 0) }
  public mutating func write(_ value: Float) { write(Int(value.bitPattern)) }
  public mutating func write(_ value: Double) { write(Int(Int64(bitPattern: value.bitPattern))) }

  public mutating func write(_ value: String) {
    let text = Array(value.utf8)
    write(text.count)
    bytes += text
  }

  public mutating func write(_ values: [Int]) {
    write(values.count)
    for value in values { write(value) }
  }

  public mutating func write(_ values: [Float]) {
    write(values.count)
    for value in values { write(value) }
  }
}

extension ByteWriter {
  /// The bytes and, behind them, their checksum.
  public func sealed() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(bytes.withUnsafeBufferPointer { ByteReader.checksum(of: $0) })
    return bytes + writer.bytes
  }
}

/// Reads what a `ByteWriter` wrote. Beyond the end it reads zeros and notes the failure.
public struct ByteReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  public private(set) var hasFailed = false

  public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// A reader of the bytes before the checksum that `sealed()` put behind them; nil where they are damaged.
  public init?(sealed bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 8 else { return nil }
    self.init(UnsafeBufferPointer(rebasing: bytes[..<(bytes.count - 8)]))
    var seal = ByteReader(UnsafeBufferPointer(rebasing: bytes[(bytes.count - 8)...]))
    guard seal.integer() == ByteReader.checksum(of: self.bytes) else { return nil }
  }

  /// FNV-1a: a single byte that differs always changes it.
  fileprivate static func checksum(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(Int64(bitPattern: sum))
  }

  public mutating func integer() -> Int {
    guard position + 8 <= bytes.count else {
      hasFailed = true
      return 0
    }
    var bits: UInt64 = 0
    for shift in 0..<8 { bits |= UInt64(bytes[position + shift]) << (UInt64(shift) * 8) }
    position += 8
    return Int(Int64(bitPattern: bits))
  }

  public mutating func flag() -> Bool { integer() != 0 }
  public mutating func float() -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: integer())) }
  public mutating func double() -> Double { Double(bitPattern: UInt64(bitPattern: Int64(integer()))) }

  /// A count of things that take at least a byte each, so that a wrong one cannot ask for endless memory.
  public mutating func count() -> Int {
    let value = integer()
    guard value >= 0, value <= bytes.count - position else {
      hasFailed = true
      return 0
    }
    return value
  }

  public mutating func string() -> String {
    let length = count()
    var text: [UInt8] = []
    text.reserveCapacity(length)
    for index in 0..<length { text.append(bytes[position + index]) }
    position += length
    return String(decoding: text, as: UTF8.self)
  }

  public mutating func integers() -> [Int] {
    let length = count()
    var values: [Int] = []
    for _ in 0..<length { values.append(integer()) }
    return values
  }

  public mutating func floats() -> [Float] {
    let length = count()
    var values: [Float] = []
    for _ in 0..<length { values.append(float()) }
    return values
  }
}
