/// Why a pickle is not read.
struct PickleProblem: Error {
  var message: String
  var help: String?
}

/// Takes the bytes of a pickle one part after the other.
struct PickleScanner {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func opcode() throws(PickleProblem) -> PickleOpcode {
    let byte = try unsigned(1)
    guard let opcode = PickleOpcode(rawValue: UInt8(byte)) else {
      throw PickleProblem(
        message: "byte \(offset - 1) of its pickle is the unknown instruction 0x\(String(byte, radix: 16))",
        help: "save it by `torch.save` without another `pickle_protocol`")
    }
    return opcode
  }

  /// An unsigned number of so many bytes, at most eight.
  mutating func unsigned(_ size: Int) throws(PickleProblem) -> Int {
    let part = try take(size)
    var value: UInt64 = 0
    for (index, byte) in part.enumerated() { value |= UInt64(byte) << (8 * index) }
    guard let number = Int(exactly: value) else { throw truncated }
    return number
  }

  /// A number in two's complement; nil where it does not fit 64 bits.
  mutating func signed(_ size: Int) throws(PickleProblem) -> Int? {
    let part = try take(size)
    guard size <= 8, let last = part.last else { return size == 0 ? 0 : nil }
    var value: UInt64 = last < 0x80 ? 0 : .max
    for byte in part.reversed() { value = value << 8 | UInt64(byte) }
    return Int(Int64(bitPattern: value))
  }

  mutating func text(_ size: Int) throws(PickleProblem) -> String {
    let start = offset
    guard let text = String(validating: try take(size), as: UTF8.self) else {
      throw PickleProblem(message: "byte \(start) of its pickle begins a text that is not UTF-8")
    }
    return text
  }

  /// The text up to the next line break.
  mutating func line() throws(PickleProblem) -> String {
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { throw truncated }
    let line = try text(end - offset)
    offset += 1
    return line
  }

  mutating func skip(_ count: Int) throws(PickleProblem) { _ = try take(count) }

  private mutating func take(_ count: Int) throws(PickleProblem) -> Slice<UnsafeRawBufferPointer> {
    guard count <= bytes.count - offset else { throw truncated }
    offset += count
    return bytes[offset - count..<offset]
  }

  private var truncated: PickleProblem {
    PickleProblem(message: "its pickle ends within an instruction", help: "the file is damaged; copy it again")
  }
}
