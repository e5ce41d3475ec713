import FCNCore

/// In which units an editor counts the characters of a line.
enum PositionEncoding: String {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// A place of a text as the protocol writes it: line and character from 0.
  func position(_ offset: Int, in file: SourceFile) -> JSON {
    let line = file.lineNumber(at: min(max(offset, 0), file.bytes.count))
    let start = file.lineStarts[line - 1]
    let text = String(decoding: file.bytes[start..<min(max(offset, start), file.bytes.count)], as: UTF8.self)
    return ["line": .integer(line - 1), "character": .integer(length(text))]
  }

  func range(_ range: SourceRange) -> JSON {
    ["start": position(range.lower, in: range.file), "end": position(range.upper, in: range.file)]
  }

  /// The byte of a place; the end of the line where the line is shorter, the end of the text where that is.
  func offset(_ position: JSON?, in file: SourceFile) -> Int? {
    guard let line = position?["line"]?.integer, let character = position?["character"]?.integer, line >= 0,
      character >= 0
    else { return nil }
    guard line < file.lineStarts.count else { return file.bytes.count }
    var offset = file.lineStarts[line]
    var left = character
    for scalar in file.line(line + 1).unicodeScalars {
      guard left > 0 else { break }
      left -= length(String(scalar))
      offset += UTF8.width(scalar)
    }
    return offset
  }

  private func length(_ text: String) -> Int {
    switch self {
    case .utf8: text.utf8.count
    case .utf16: text.utf16.count
    case .utf32: text.unicodeScalars.count
    }
  }
}
