/// A strict reader of the JSON (RFC 8259) that weight files hold: objects, lists, strings and whole numbers.
///
/// The caller asks for what has to come next, so nesting is no deeper than the caller goes, and every key is seen,
/// duplicates included.
struct JSONScanner {
  /// What was expected, and at which byte.
  struct Failure: Error {
    var message: String
    var offset: Int
  }

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Takes `{`, then for each key calls `body`, which has to take the value, then `}`.
  /// - Throws: also where a key comes twice.
  mutating func object(_ body: (inout Self, String) throws(Failure) -> Void) throws(Failure) {
    try take("{")
    if accept("}") { return }
    var keys: Set<String> = []
    repeat {
      skipSpace()
      let start = offset
      let key = try string()
      guard keys.insert(key).inserted else { throw Failure(message: "the key `\(key)` comes twice", offset: start) }
      try take(":")
      try body(&self, key)
    } while accept(",")
    try take("}")
  }

  /// The most numbers of a list: far more than a tensor has axes.
  static let listLimit = 64

  /// A list of whole numbers that are not negative.
  mutating func integers() throws(Failure) -> [Int] {
    var result: [Int] = []
    try take("[")
    if accept("]") { return result }
    repeat {
      guard result.count < Self.listLimit else {
        throw Failure(message: "a list of more than \(Self.listLimit) numbers", offset: offset)
      }
      result.append(try integer())
    } while accept(",")
    try take("]")
    return result
  }

  mutating func integer() throws(Failure) -> Int {
    skipSpace()
    let start = offset
    if peek == UInt8(ascii: "-") { throw Failure(message: "a negative number", offset: start) }
    var value = 0
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      let (tenfold, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tenfold.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      guard !first, !second else { throw Failure(message: "a number beyond 63 bits", offset: start) }
      value = sum
      offset += 1
    }
    guard offset > start else { throw Failure(message: "expected a whole number", offset: start) }
    guard offset - start == 1 || bytes[start] != UInt8(ascii: "0") else {
      throw Failure(message: "a number with a leading zero", offset: start)
    }
    if let byte = peek, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte) {
      throw Failure(message: "a number that is not whole", offset: start)
    }
    return value
  }

  mutating func string() throws(Failure) -> String {
    try take("\"")
    let start = offset
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw Failure(message: "a control character in a string", offset: offset) }
      offset += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      text.append(contentsOf: String(try escape()).utf8)
    }
    guard peek != nil else { throw Failure(message: "a string without an end", offset: start) }
    offset += 1
    guard let result = String(validating: text, as: UTF8.self) else {
      throw Failure(message: "a string that is not UTF-8", offset: start)
    }
    return result
  }

  /// Takes spaces up to the end.
  mutating func end() throws(Failure) {
    skipSpace()
    guard offset == bytes.count else { throw Failure(message: "something behind the end", offset: offset) }
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let start = offset - 1
    guard let byte = peek else { throw Failure(message: "a string without an end", offset: start) }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw Failure(message: "an unknown escape in a string", offset: start)
    }
    var code = UInt32(try codeUnit())
    if (0xD800..<0xDC00).contains(code), peek == UInt8(ascii: "\\") {
      offset += 1
      if peek == UInt8(ascii: "u") {
        offset += 1
        let low = UInt32(try codeUnit())
        if (0xDC00..<0xE000).contains(low) { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
      }
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw Failure(message: "half of a surrogate pair in a string", offset: start)
    }
    return scalar
  }

  private mutating func codeUnit() throws(Failure) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw Failure(message: "expected four hexadecimal digits", offset: offset)
      }
      value = value << 4 | UInt16(digit)
      offset += 1
    }
    return value
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func take(_ character: Unicode.Scalar) throws(Failure) {
    guard accept(character) else { throw Failure(message: "expected `\(character)`", offset: offset) }
  }
}
