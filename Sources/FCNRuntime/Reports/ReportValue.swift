/// What is reported of pictures and answers, as a tree from which JSON and CSV are written.
indirect enum ReportValue {
  case integer(Int)
  /// Written with at most ten digits; `null` where it is not finite.
  case number(Double)
  case text(String)
  case flag(Bool)
  case missing
  case list([ReportValue])
  /// Names and values in the order in which they are written.
  case record([ReportField])

  /// The value in JSON (RFC 8259) in one line.
  var json: String {
    switch self {
    case .integer(let value): return "\(value)"
    case .number(let value): return value.isFinite ? String(shortest: value, digits: 10) : "null"
    case .text(let text): return ReportValue.quoted(text)
    case .flag(let isTrue): return isTrue ? "true" : "false"
    case .missing: return "null"
    case .list(let values):
      var text = "["
      for (index, value) in values.enumerated() { text += (index > 0 ? ", " : "") + value.json }
      return text + "]"
    case .record(let fields):
      var text = "{"
      for (index, field) in fields.enumerated() {
        text += (index > 0 ? ", " : "") + ReportValue.quoted(field.name) + ": " + field.value.json
      }
      return text + "}"
    }
  }

  /// The value in JSON for people: the fields of a record and the records of a list in lines of their own.
  func indentedJSON(_ indent: String = "") -> String {
    let deeper = indent + "  "
    switch self {
    case .list(let values):
      guard values.contains(where: { $0.isRecord }) else { return json }
      var text = "["
      for (index, value) in values.enumerated() { text += (index > 0 ? "," : "") + "\n" + deeper + value.json }
      return text + "\n" + indent + "]"
    case .record(let fields):
      guard !fields.isEmpty else { return "{}" }
      var text = "{"
      for (index, field) in fields.enumerated() {
        text += (index > 0 ? "," : "") + "\n" + deeper + ReportValue.quoted(field.name) + ": "
        text += field.value.indentedJSON(deeper)
      }
      return text + "\n" + indent + "}"
    default: return json
    }
  }

  private var isRecord: Bool { if case .record = self { true } else { false } }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20:
        bytes += Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }

  // MARK: CSV

  /// The names and texts of a table's row: a record within the record gives columns of its own (`outer.inner`), lists
  /// give none.
  var columns: [(name: String, text: String)] {
    guard case .record(let fields) = self else { return [] }
    var columns: [(name: String, text: String)] = []
    for field in fields {
      switch field.value {
      case .record:
        for inner in field.value.columns { columns.append((field.name + "." + inner.name, inner.text)) }
      case .list: break
      case .text(let text): columns.append((field.name, text))
      case .missing: columns.append((field.name, ""))
      case .number(let value): columns.append((field.name, value.isFinite ? field.value.json : ""))
      case .integer, .flag: columns.append((field.name, field.value.json))
      }
    }
    return columns
  }
}

/// A row of CSV (RFC 4180) without the end of the line.
func csvRow(_ cells: [String]) -> String {
  var text = ""
  for (index, cell) in cells.enumerated() {
    if index > 0 { text += "," }
    let isPlain = cell.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
    text += isPlain ? cell : "\"" + cell.replacing("\"", by: "\"\"") + "\""
  }
  return text
}

/// A value with its name.
struct ReportField {
  var name: String
  var value: ReportValue

  init(_ name: String, _ value: ReportValue) {
    self.name = name
    self.value = value
  }
}
