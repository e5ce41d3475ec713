/// How texts are spelled as YAML scalars.
enum ScalarSpelling {
  /// An expression of the network language as a plain scalar; nil where YAML would read something else.
  static func expression(_ text: String, isLiteral: Bool) -> Form? {
    guard isPlain(text) else { return nil }
    let flowSafe = !text.utf8.contains { ",[]{}".utf8.contains($0) }
    guard isLiteral || CoreScalar(text) == .text else {
      // Names such as `null` stay names in parentheses.
      return .scalar("(\(text))", flowSafe: true)
    }
    return .scalar(text, flowSafe: flowSafe)
  }

  /// True for what can stand without quotation marks outside brackets.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, last != UInt8(ascii: ":") else { return false }
    guard !"?:,[]{}#&*!|>'\"%@` ".utf8.contains(first), last != 0x20 else { return false }
    if first == UInt8(ascii: "-"), text.utf8.dropFirst().first.map({ $0 <= 0x20 }) ?? true { return false }
    var previous: UInt8 = 0x20
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F { return false }
      if byte == 0x20, previous == UInt8(ascii: ":") { return false }
      if byte == UInt8(ascii: "#"), previous == 0x20 { return false }
      previous = byte
    }
    return text.unicodeScalars.allSatisfy { $0.isASCII }
  }

  /// A text in quotation marks.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value:
        result += "\\x" + hexadecimal(scalar.value, 2)
      case "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}": result += "\\u" + hexadecimal(scalar.value, 4)
      case _ where scalar.value > 0xFFFF && scalar.value & 0xFFFE == 0xFFFE:
        result += "\\U" + hexadecimal(scalar.value, 8)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func hexadecimal(_ value: UInt32, _ count: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }

  /// A key; names that other readers of YAML take for truth values or nothing stand in quotation marks.
  static func key(_ name: String) -> String {
    ["yes", "no", "on", "off", "null", "true", "false"].contains(name.lowercased()) ? "\"\(name)\"" : name
  }
}
