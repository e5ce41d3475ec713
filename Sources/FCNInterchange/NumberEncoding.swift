/// How the numbers of a tensor are encoded in a file, little endian.
enum NumberEncoding: Sendable, CaseIterable {
  case float64, float32, float16, bfloat16, int64, uint8

  /// Bytes per number.
  var size: Int {
    switch self {
    case .float64, .int64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    case .uint8: 1
    }
  }

  /// The numbers as 32-bit floats, each rounded to the nearest; they need not be aligned.
  /// - Precondition: there are `count * size` bytes.
  func decode(_ bytes: UnsafeRawBufferPointer, count: Int) -> [Float] {
    precondition(bytes.count == count * size, "a tensor has exactly its bytes")
    return [Float](unsafeUninitializedCapacity: count) { numbers, initialized in
      for index in 0..<count { numbers.initializeElement(at: index, to: number(at: index, of: bytes)) }
      initialized = count
    }
  }

  /// The number at a position, rounded to 32 bits.
  /// - Precondition: the position lies in the bytes.
  @inline(__always)
  func number(at index: Int, of bytes: UnsafeRawBufferPointer) -> Float {
    switch self {
    case .float64:
      Float(Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))))
    case .float32:
      Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    case .float16:
      Self.float(half: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
    case .bfloat16:
      Float(
        bitPattern: UInt32(
          UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))) << 16)
    case .int64:
      Float(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)))
    case .uint8:
      Float(bytes[index])
    }
  }

  /// IEEE 754 binary16, written out because `Float16` does not exist on every host.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
