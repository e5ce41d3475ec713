/// Which tensors of the weight files serve for which weights of a network, where the names differ.
///
/// As a text, one `weight = tensor` per line; a `#` at the beginning of a line or after a space begins a comment. A
/// name with spaces, `=`, `#` or a quote stands in double quotes, with `\"` and `\\` inside.
public struct WeightMap: Sendable, ExpressibleByDictionaryLiteral {
  /// The tensor for each weight.
  public private(set) var tensors: [String: String]
  /// Where each weight was given its tensor, for maps that were read from a text.
  public private(set) var ranges: [String: SourceRange] = [:]

  public init(_ tensors: [String: String] = [:]) { self.tensors = tensors }

  public init(dictionaryLiteral elements: (String, String)...) {
    tensors = Dictionary(elements) { _, last in last }
  }

  /// Reads the text of a map; lines with an error are reported and left out.
  public init(parsing file: SourceFile, report: inout DiagnosticSink) {
    tensors = [:]
    for (index, start) in file.lineStarts.enumerated() {
      let end = index + 1 < file.lineStarts.count ? file.lineStarts[index + 1] - 1 : file.bytes.count
      var line = WeightMapLine(file, start..<end)
      do throws(Diagnostic) {
        guard let entry = try line.entry() else { continue }
        if let first = ranges[entry.weight] {
          throw Diagnostic(
            .weightMapSyntax, "`\(entry.weight)` is given a tensor twice", at: entry.range,
            related: [Diagnostic.Label(first, "first given here")], help: "remove one of the lines")
        }
        tensors[entry.weight] = entry.tensor
        ranges[entry.weight] = entry.range
      } catch {
        report.report(error)
      }
    }
  }

  /// A line of the text of a map.
  public static func line(weight: String, tensor: String) -> String { "\(quoted(weight)) = \(quoted(tensor))" }

  /// A name as it stands in the text of a map: in quotes where it would not be read as it is.
  private static func quoted(_ name: String) -> String {
    let special: Set<Unicode.Scalar> = [" ", "\t", "\r", "\n", "=", "#", "\"", "\\"]
    guard name.isEmpty || name.unicodeScalars.contains(where: special.contains) else { return name }
    var result = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// One line of the text of a map, while it is read.
private struct WeightMapLine {
  private let file: SourceFile
  private let range: Range<Int>
  private var offset: Int

  init(_ file: SourceFile, _ range: Range<Int>) {
    self.file = file
    self.range = range
    offset = range.lowerBound
  }

  /// What the line says, nil for an empty one.
  mutating func entry() throws(Diagnostic) -> (weight: String, tensor: String, range: SourceRange)? {
    skipSpace()
    guard !isAtEnd else { return nil }
    let start = offset
    let weight = try name("the name of a weight")
    let end = offset
    skipSpace()
    guard peek == UInt8(ascii: "=") else {
      throw failure("expected `=` after `\(weight)`", help: "write `weight = tensor`")
    }
    offset += 1
    skipSpace()
    let tensor = try name("the name of a tensor")
    skipSpace()
    guard isAtEnd else {
      throw failure("unexpected text after `\(tensor)`", help: "put a name with spaces in double quotes")
    }
    return (weight, tensor, SourceRange(file: file, lower: start, upper: end))
  }

  private mutating func name(_ expected: String) throws(Diagnostic) -> String {
    if peek == UInt8(ascii: "\"") { return try quotedName() }
    let start = offset
    while let byte = peek, byte > 0x20, byte != UInt8(ascii: "="), byte != UInt8(ascii: "\"") { offset += 1 }
    guard offset > start else { throw failure("expected \(expected)", help: "write `weight = tensor`") }
    return try text(Array(file.bytes[start..<offset]), from: start)
  }

  private mutating func quotedName() throws(Diagnostic) -> String {
    let start = offset
    var bytes: [UInt8] = []
    offset += 1
    while let byte = peek, byte != UInt8(ascii: "\"") {
      offset += 1
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch peek {
      case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
      default: throw failure("unknown escape in a name", help: "write `\\\\` for a backslash")
      }
      offset += 1
    }
    guard peek != nil else {
      offset = start
      throw failure("a name without its closing quote", help: "end the name with `\"`")
    }
    offset += 1
    return try text(bytes, from: start)
  }

  private func text(_ bytes: [UInt8], from start: Int) throws(Diagnostic) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic(
        .weightMapSyntax, "a name that is not UTF-8", at: SourceRange(file: file, lower: start, upper: offset),
        help: "save the weight map as UTF-8")
    }
    return text
  }

  private var peek: UInt8? { offset < range.upperBound ? file.bytes[offset] : nil }

  /// At a comment or the end of the line.
  private var isAtEnd: Bool { peek == nil || peek == UInt8(ascii: "#") }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D { offset += 1 }
  }

  private func failure(_ message: String, help: String) -> Diagnostic {
    Diagnostic(
      .weightMapSyntax, message, at: SourceRange(file: file, lower: offset, upper: max(offset, range.upperBound)),
      help: help)
  }
}
