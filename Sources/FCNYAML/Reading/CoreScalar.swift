/// What a plain scalar is by the core schema of YAML 1.2 (section 10.3.2): `no` and `on` are words, `010` is ten.
enum CoreScalar: Equatable {
  case null
  case flag(Bool)
  case integer(Int)
  case decimal(Double)
  /// An integer of more than 64 bits, or a decimal beyond binary64.
  case tooLarge
  /// `.inf` and `.nan`
  case notFinite
  case text

  init(_ text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .flag(true)
    case "false", "False", "FALSE": self = .flag(false)
    case ".nan", ".NaN", ".NAN": self = .notFinite
    default: self = Self.number(text) ?? .text
    }
  }

  private static func number(_ text: String) -> CoreScalar? {
    if text.hasPrefix("0o"), let value = digits(text.dropFirst(2), radix: 8) { return value }
    if text.hasPrefix("0x"), let value = digits(text.dropFirst(2), radix: 16) { return value }
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    if [".inf", ".Inf", ".INF"].contains(String(rest) ?? "") { return .notFinite }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    if rest.isEmpty {
      guard !whole.isEmpty else { return nil }
      return Int((isNegative ? "-" : "") + (String(whole) ?? "")).map { .integer($0) } ?? .tooLarge
    }
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix(while: isDigit).count
      rest = rest.dropFirst(1 + fraction)
    }
    guard !whole.isEmpty || fraction > 0 else { return nil }
    if let mark = rest.first {
      guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
      var exponent = rest.dropFirst()
      if exponent.first == UInt8(ascii: "-") || exponent.first == UInt8(ascii: "+") { exponent = exponent.dropFirst() }
      guard !exponent.isEmpty, exponent.allSatisfy(isDigit) else { return nil }
    }
    guard let value = Double(text.hasPrefix("+") ? String(text.dropFirst()) : text) else { return nil }
    return value.isFinite ? .decimal(value) : .tooLarge
  }

  private static func digits(_ text: Substring, radix: Int) -> CoreScalar? {
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.hexDigitValue.map { $0 < radix } ?? false }) else {
      return nil
    }
    return Int(text, radix: radix).map { .integer($0) } ?? .tooLarge
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
