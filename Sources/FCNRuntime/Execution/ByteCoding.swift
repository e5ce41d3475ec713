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

/// Reads what a `ByteWriter` wrote. Beyond the end it reads zeros and notes the failure.
public struct ByteReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  public private(set) var hasFailed = false

  public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

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
