/// What stands before the numbers of a `.npy` array.
struct NPYHeader {
  struct Problem: Error {
    var message: String
    var help: String?
    /// The message names the array already.
    var isComplete = false
  }

  /// More than any plain array needs; NumPy's own limit for what it trusts is 10 000.
  static let sizeLimit = 1 << 16

  /// Bytes before the numbers.
  var size: Int
  /// As the format spells it: `<f4`.
  var descriptor: String
  var encoding: NumberEncoding
  var isFortranOrder: Bool
  var shape: [Int]
  var count: Int

  /// - Parameters:
  ///   - bytes: the array, or its beginning, with at least `sizeLimit` bytes or all there are.
  ///   - totalSize: the bytes of the whole array, which have to be exactly those that the shape needs.
  init(_ bytes: UnsafeRawBufferPointer, totalSize: Int) throws(Problem) {
    let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
    guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
      throw Problem(message: "not a NumPy array: it does not begin with `\\x93NUMPY`")
    }
    let version = bytes[6]
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw Problem(message: "version \(version).\(bytes[7]) of the format is unknown")
    }
    let start = version == 1 ? 10 : 12
    guard bytes.count >= start else { throw Problem(message: "the array ends inside its header") }
    let length =
      version == 1
      ? Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
      : Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
    guard start + length <= Self.sizeLimit + 12 else {
      throw Problem(message: "the header is said to have \(length) bytes; \(Self.sizeLimit) is the limit")
    }
    guard start + length <= bytes.count else { throw Problem(message: "the array ends inside its header") }
    var scanner = DictionaryScanner(bytes[start..<start + length])
    let fields = try scanner.fields()
    guard let encoding = Self.encodings[fields.descriptor] else {
      throw Problem(
        message: "the element type `\(fields.descriptor)` cannot be read",
        help: "save it as little-endian float32: `array.astype('<f4')`")
    }
    guard let count = elementCount(of: fields.shape), let size = byteCount(of: count, size: encoding.size) else {
      throw Problem(message: "the shape has too many axes or numbers")
    }
    guard totalSize - start - length == size else {
      throw Problem(
        message: "\(fields.descriptor) \(fields.shape) takes \(size) bytes, "
          + "but \(totalSize - start - length) follow the header")
    }
    self.size = start + length
    self.encoding = encoding
    self.count = count
    descriptor = fields.descriptor
    isFortranOrder = fields.isFortranOrder
    shape = fields.shape
  }

  private static let encodings: [String: NumberEncoding] = [
    "<f2": .float16, "<f4": .float32, "<f8": .float64, "<i8": .int64, "|u1": .uint8, "<u1": .uint8,
  ]

  /// Reads the Python dictionary of the header: `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
  private struct DictionaryScanner {
    private let bytes: Slice<UnsafeRawBufferPointer>
    private var offset: Int

    init(_ bytes: Slice<UnsafeRawBufferPointer>) {
      self.bytes = bytes
      offset = bytes.startIndex
    }

    mutating func fields() throws(Problem) -> (descriptor: String, isFortranOrder: Bool, shape: [Int]) {
      var descriptor: String?
      var isFortranOrder: Bool?
      var shape: [Int]?
      try take("{")
      while !accept("}") {
        let key = try string()
        try take(":")
        switch key {
        case "descr" where descriptor == nil: descriptor = try string()
        case "fortran_order" where isFortranOrder == nil: isFortranOrder = try flag()
        case "shape" where shape == nil: shape = try tuple()
        default: throw Problem(message: "the header has the key `\(key)` twice or should not have it")
        }
        guard !accept("}") else { break }
        try take(",")
      }
      skipSpace()
      guard offset == bytes.endIndex else { throw Problem(message: "something follows the header's dictionary") }
      guard let descriptor, let isFortranOrder, let shape else {
        throw Problem(message: "the header needs `descr`, `fortran_order` and `shape`")
      }
      return (descriptor, isFortranOrder, shape)
    }

    private mutating func string() throws(Problem) -> String {
      skipSpace()
      guard let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        if peek == UInt8(ascii: "[") {
          throw Problem(message: "arrays of records cannot be read", help: "save each field as an array of its own")
        }
        throw Problem(message: "expected a string at byte \(offset) of the header")
      }
      let start = offset + 1
      offset = start
      while let byte = peek, byte != quote, byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") { offset += 1 }
      guard peek == quote else { throw Problem(message: "a string without an end at byte \(start) of the header") }
      offset += 1
      return String(decoding: bytes[start..<offset - 1], as: UTF8.self)
    }

    private mutating func flag() throws(Problem) -> Bool {
      if accept(word: "True") { return true }
      if accept(word: "False") { return false }
      throw Problem(message: "expected `True` or `False` at byte \(offset) of the header")
    }

    private mutating func tuple() throws(Problem) -> [Int] {
      var result: [Int] = []
      try take("(")
      while !accept(")") {
        result.append(try integer())
        guard !accept(")") else { break }
        try take(",")
      }
      return result
    }

    private mutating func integer() throws(Problem) -> Int {
      skipSpace()
      let start = offset
      var value = 0
      while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        let (tenfold, first) = value.multipliedReportingOverflow(by: 10)
        let (sum, second) = tenfold.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
        guard !first, !second else { throw Problem(message: "the shape has a number beyond 63 bits") }
        value = sum
        offset += 1
      }
      guard offset > start else { throw Problem(message: "expected a size at byte \(offset) of the header") }
      // Python 2 wrote long integers as `3L`.
      if peek == UInt8(ascii: "L") { offset += 1 }
      return value
    }

    private var peek: UInt8? { offset < bytes.endIndex ? bytes[offset] : nil }

    private mutating func skipSpace() {
      while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      guard peek == UInt8(ascii: character) else { return false }
      offset += 1
      return true
    }

    private mutating func accept(word: String) -> Bool {
      skipSpace()
      guard bytes[offset...].starts(with: word.utf8) else { return false }
      offset += word.utf8.count
      return true
    }

    private mutating func take(_ character: Unicode.Scalar) throws(Problem) {
      guard accept(character) else {
        throw Problem(message: "expected `\(character)` at byte \(offset) of the header")
      }
    }
  }
}
