/// The text form of a finding: its message, the lines of the source that it speaks of with what is wrong underlined,
/// and what to do. The form is rustc's.
public struct DiagnosticRenderer: Sendable {
  /// True where the text is for a terminal that shows colours (ECMA-48).
  public var usesColor: Bool

  /// The columns of a source line that are shown; longer lines are cut on both sides.
  private static let visibleColumns = 160
  /// The most lines of a changed text that are shown.
  private static let visibleLines = 6

  public init(usesColor: Bool = false) {
    self.usesColor = usesColor
  }

  /// The finding in lines that each end with a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    var output = Output(usesColor: usesColor)
    let color: Output.Style = diagnostic.severity.style
    output.write("\(diagnostic.severity.rawValue)[\(diagnostic.id.name)]", color)
    output.write(": \(Self.visible(diagnostic.message))\n", .bold)

    let marks = marks(of: diagnostic)
    let lastLine =
      (marks.map(\.line) + diagnostic.fixIts.compactMap { $0.edits.map(\.range.end.line).max() }).max() ?? 1
    output.gutter = max(String(lastLine).count, 1)
    var rest = marks[...]
    var isFirst = true
    while let first = rest.first {
      let sameFile = rest.filter { $0.file === first.file }
      rest = rest.filter { $0.file !== first.file }[...]
      output.write(String(repeating: " ", count: output.gutter) + (isFirst ? "--> " : "::: "), .frame)
      output.write("\(Self.visible(first.file.path)):\(first.line):\(first.column)\n")
      writeSnippet(Array(sameFile), color, to: &output)
      isFirst = false
    }

    let indent = String(repeating: " ", count: output.gutter)
    for note in diagnostic.notes { output.writeRemark(indent, "note", Self.visible(note)) }
    if let help = diagnostic.help, !diagnostic.fixIts.contains(where: { $0.title == help }) {
      output.writeRemark(indent, "help", Self.visible(help))
    }
    for fixIt in diagnostic.fixIts {
      output.writeRemark(indent, "help", Self.visible(fixIt.title))
      writeChange(fixIt, to: &output)
    }
    return output.text
  }

  // MARK: Snippets

  /// What is underlined in one line.
  private struct Mark {
    var file: SourceFile
    var line: Int
    /// In Unicode scalars, from 1.
    var column: Int
    var lower: Int
    var upper: Int
    var isPrimary: Bool
    var text: String?
  }

  private func marks(of diagnostic: Diagnostic) -> [Mark] {
    func mark(_ range: SourceRange, _ isPrimary: Bool, _ text: String?) -> Mark {
      let start = range.start
      return Mark(
        file: range.file, line: start.line, column: start.column, lower: range.lower, upper: range.upper,
        isPrimary: isPrimary, text: text.map(Self.visible))
    }
    return (diagnostic.range.map { [mark($0, true, diagnostic.label)] } ?? [])
      + diagnostic.related.map { mark($0.range, false, $0.text) }
  }

  private func writeSnippet(_ marks: [Mark], _ color: Output.Style, to output: inout Output) {
    output.writeGutter(nil)
    output.write("\n")
    var previous: Int?
    for line in Set(marks.map(\.line)).sorted() {
      if let previous, line > previous + 1 { output.write("...\n", .frame) }
      previous = line
      let here = marks.filter { $0.line == line }.sorted { $0.isPrimary && !$1.isPrimary }
      guard let first = here.first else { continue }
      let start = first.file.lineStarts[min(line, first.file.lineStarts.count) - 1]
      let shown = DisplayLine(first.file.line(line))
      let spans = here.map { mark in
        let lower = shown.column(atByte: mark.lower - start)
        return lower..<max(shown.column(atByte: mark.upper - start), lower + 1)
      }
      let window = shown.window(around: spans[0], columns: Self.visibleColumns)
      output.writeGutter(line)
      output.writeLine(window.text)
      for (mark, span) in zip(here, spans) {
        let lower = min(max(span.lowerBound - window.shift, 0), Self.visibleColumns)
        let upper = min(max(span.upperBound - window.shift, lower + 1), Self.visibleColumns + 1)
        output.writeGutter(nil)
        output.write(String(repeating: " ", count: lower + 1))
        let underline = String(repeating: mark.isPrimary ? "^" : "-", count: upper - lower)
        output.write(underline + (mark.text.map { " " + $0 } ?? "") + "\n", mark.isPrimary ? color : .frame)
      }
    }
  }

  // MARK: Changes

  /// The lines of the source as they are after a change, with what is new underlined.
  private func writeChange(_ fixIt: FixIt, to output: inout Output) {
    let edits = fixIt.edits.sorted { $0.range.lower < $1.range.lower }
    guard let first = edits.first, let last = edits.last, edits.allSatisfy({ $0.range.file === first.range.file })
    else { return }
    let file = first.range.file
    let firstLine = first.range.start.line
    let lastLine = last.range.end.line
    guard lastLine - firstLine < Self.visibleLines else { return }
    let start = file.lineStarts[firstLine - 1]
    let end = lastLine < file.lineStarts.count ? file.lineStarts[lastLine] - 1 : file.bytes.count

    var changed: [UInt8] = []
    var isNew: [UInt8] = []
    var position = start
    for edit in edits where edit.range.lower >= position && edit.range.upper <= end {
      changed += file.bytes[position..<edit.range.lower]
      isNew += Array(repeating: 0, count: edit.range.lower - position)
      let mark = UInt8(ascii: edit.range.lower == edit.range.upper ? "+" : "~")
      changed += Array(edit.replacement.utf8)
      isNew += Array(repeating: mark, count: edit.replacement.utf8.count)
      position = edit.range.upper
    }
    guard position <= end else { return }
    changed += file.bytes[position..<end]
    isNew += Array(repeating: 0, count: end - position)

    output.writeGutter(nil)
    output.write("\n")
    var offset = 0
    for (index, bytes) in changed.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .prefix(Self.visibleLines)
    {
      let shown = DisplayLine(String(decoding: bytes, as: UTF8.self).replacing("\r", with: ""))
      let marked = bytes.indices.filter { isNew[$0] != 0 }
      let firstColumn = marked.first.map { shown.column(atByte: $0 - offset) } ?? 0
      let window = shown.window(around: firstColumn..<firstColumn + 1, columns: Self.visibleColumns)
      output.writeGutter(firstLine + index)
      output.writeLine(window.text)
      if !marked.isEmpty {
        var under: [Character] = []
        for byte in marked {
          let from = shown.column(atByte: byte - offset) - window.shift
          let to = shown.column(atByte: byte - offset + 1) - window.shift
          for column in max(from, 0)..<max(to, from, 0) where column <= Self.visibleColumns {
            while under.count <= column { under.append(" ") }
            under[column] = Character(Unicode.Scalar(isNew[byte]))
          }
        }
        output.writeGutter(nil)
        output.write(" " + String(under) + "\n", .addition)
      }
      offset += bytes.count + 1
    }
  }

  /// A text in which nothing can move the cursor of a terminal.
  private static func visible(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { DisplayLine.isInvisible($0) ? "\u{FFFD}" : $0 }))
  }
}

extension Diagnostic.Severity {
  fileprivate var style: Output.Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .addition
    }
  }
}

/// Text with colours, where they are wanted.
private struct Output {
  enum Style: String {
    case error = "\u{1B}[1;31m"
    case warning = "\u{1B}[1;33m"
    case addition = "\u{1B}[1;32m"
    case frame = "\u{1B}[1;34m"
    case bold = "\u{1B}[1m"
  }

  let usesColor: Bool
  var gutter = 1
  private(set) var text = ""

  init(usesColor: Bool) { self.usesColor = usesColor }

  mutating func write(_ string: String, _ style: Style? = nil) {
    guard usesColor, let style else {
      text += string
      return
    }
    let ending = string.hasSuffix("\n") ? "\n" : ""
    text += style.rawValue + string.dropLast(ending.count) + "\u{1B}[0m" + ending
  }

  /// ` 12 |`, or `    |` without a number.
  mutating func writeGutter(_ line: Int?) {
    let number = line.map(String.init) ?? ""
    write(String(repeating: " ", count: max(gutter - number.count, 0)) + number + " |", .frame)
  }

  mutating func writeLine(_ line: String) { write(line.isEmpty ? "\n" : " \(line)\n") }

  mutating func writeRemark(_ indent: String, _ kind: String, _ remark: String) {
    write(indent + " = ", .frame)
    write(kind, .bold)
    write(": \(remark)\n")
  }
}

/// A line as a terminal shows it, with the column of each of its bytes.
private struct DisplayLine {
  private var cells: [(scalar: Unicode.Scalar, column: Int, byte: Int)] = []
  private var columns = 0
  private var bytes = 0

  init(_ line: String) {
    for scalar in line.unicodeScalars {
      let width: Int
      if scalar == "\t" {
        width = 4 - columns % 4
        for blank in 0..<width { cells.append((" ", columns + blank, bytes)) }
      } else {
        let shown: Unicode.Scalar = Self.isInvisible(scalar) ? "\u{FFFD}" : scalar
        width = Self.width(of: shown)
        cells.append((shown, columns, bytes))
      }
      columns += width
      bytes += UTF8.width(scalar)
    }
  }

  /// The column from 0 of the character that holds a byte of the line; behind the line, the column after it.
  func column(atByte byte: Int) -> Int {
    guard byte < bytes else { return columns }
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].byte < byte { low = middle + 1 } else { high = middle }
    }
    return low < cells.count ? cells[low].column : columns
  }

  /// At most so many columns of the line that hold the beginning of a span, and how far they are shifted to the left.
  func window(around span: Range<Int>, columns limit: Int) -> (text: String, shift: Int) {
    let start = columns <= limit ? 0 : max(0, min(span.lowerBound - limit / 4, columns - limit))
    var text = ""
    for cell in cells where cell.column >= start && cell.column < start + limit {
      text.unicodeScalars.append(cell.scalar)
    }
    while text.last == " " { text.removeLast() }
    guard columns > limit else { return (text, 0) }
    let head = start > 0 ? "..." : ""
    return (head + text + (start + limit < columns ? "..." : ""), start - head.count)
  }

  /// True for what a terminal does not show or obeys: control characters, and marks that change the direction of
  /// writing.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The columns of a character: two for the wide and full-width ones of East Asia (Unicode Standard Annex 11),
  /// none for marks that combine with the character before.
  static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
