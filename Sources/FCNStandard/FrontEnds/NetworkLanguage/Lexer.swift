import FCNCore

/// Cuts a network text into tokens and comments. Reads every byte once, reports what it cannot read and goes on.
struct Lexer {
  private let file: SourceFile
  private let bytes: ArraySlice<UInt8>
  private var position = 0
  private var startsLine = true
  private var indentation = 0
  /// True inside a label, where other rules hold.
  private var inLabel = false
  /// For every open `{`, whether it belongs to a label.
  private var braces: [Bool] = []
  /// True once no `*/` is left, so that it is sought only once.
  private var blockCommentsEnded = false

  private(set) var tokens: [Token] = []
  private(set) var comments: [Comment] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ file: SourceFile) {
    self.file = file
    bytes = file.bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    readTokens()
  }

  /// Reads a stretch of a file of another form, as the inside of a label on request.
  init(_ range: SourceRange, asLabel: Bool = false) {
    file = range.file
    bytes = range.file.bytes[..<range.upper]
    position = range.lower
    if asLabel {
      let isAbsolute = byte() == UInt8(ascii: "/")
      if isAbsolute { position += 1 }
      inLabel = true
      append(.labelStart(isAbsolute: isAbsolute), from: range.lower)
    }
    readTokens()
  }

  private mutating func readTokens() {
    indentation = leadingSpace(from: position)
    while position < bytes.count { readToken() }
    append(.end, from: bytes.count)
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  private func range(_ lower: Int, _ upper: Int) -> SourceRange {
    SourceRange(file: file, lower: lower, upper: upper)
  }

  private func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  private func leadingSpace(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
    return end - start
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(kind: kind, lower: start, upper: position, startsLine: startsLine, indentation: indentation))
    startsLine = false
  }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  // MARK: Tokens

  private mutating func readToken() {
    if inLabel { return readLabelPart() }
    let start = position
    let first = bytes[position]
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      position += 1
    case UInt8(ascii: "\n"):
      position += 1
      startsLine = true
      indentation = leadingSpace(from: position)
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
      readComment(markerLength: 2)
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
      skipBlockComment()
    case UInt8(ascii: "#"):
      report(
        Diagnostic(
          .foreignComment, "`#` does not begin a comment", at: range(start, start + 1),
          help: "a comment begins with `//`",
          fixIts: [FixIt("write `//`", .automatic, [.init(range(start, start + 1), "//")])]))
      readComment(markerLength: 1)
    case UInt8(ascii: ";"):
      readSemicolon()
    case UInt8(ascii: "\""):
      readString(closedBy: first)
    case UInt8(ascii: "'"):
      readString(closedBy: first)
    case UInt8(ascii: "@"):
      readLabelStart()
    case _ where Self.isDigit(first), UInt8(ascii: ".") where Self.isDigit(byte(1)) && !followsOperand:
      readNumber()
    case _ where Self.isNameStart(first):
      while Self.isNamePart(byte()) { position += 1 }
      append(Keyword(rawValue: text(start, position)).map { .keyword($0) } ?? .name, from: start)
    default:
      readSymbol()
    }
  }

  /// True directly after a name or a bracket, where a dot followed by a digit is not a number without its zero.
  private var followsOperand: Bool {
    guard let last = tokens.last, last.upper == position else { return false }
    switch last.kind {
    case .name, .symbol(.rightParenthesis), .symbol(.rightBracket): return true
    default: return false
    }
  }

  private mutating func readComment(markerLength: Int) {
    let start = position
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    position = end
    var lower = start + markerLength
    while lower < end, Self.isSpace(bytes[lower]) { lower += 1 }
    while end > lower, Self.isSpace(bytes[end - 1]) { end -= 1 }
    var unreadable = Unreadable()
    var scan = lower
    while scan < end {
      let length = Self.scalarLength(bytes, scan)
      if length == 0 {
        unreadable.add(scan, 1, id: .invalidText)
      } else if bytes[scan] < 0x20 && bytes[scan] != 9 {
        unreadable.add(scan, 1, id: .controlCharacter)
      }
      scan += max(length, 1)
    }
    unreadable.report(in: file, to: &diagnostics)
    comments.append(
      Comment(text: text(lower, end), range: range(start, max(end, start + markerLength)), isTrailing: !startsLine))
  }

  private mutating func skipBlockComment() {
    let start = position
    position += 2
    if !blockCommentsEnded {
      var end = position
      while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "*") && bytes[end + 1] == UInt8(ascii: "/")) {
        if bytes[end] == UInt8(ascii: "\n") { startsLine = true }
        end += 1
      }
      if end + 1 < bytes.count { position = end + 2 } else { blockCommentsEnded = true }
    }
    if blockCommentsEnded {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }
    report(
      Diagnostic(
        .foreignComment, "`/*` does not begin a comment", at: range(start, start + 2),
        help: "put `//` before every line of the comment"))
  }

  private mutating func readSemicolon() {
    let start = position
    position += 1
    let end = position + leadingSpace(from: position)
    let isLast = end >= bytes.count || bytes[end] == UInt8(ascii: "\n") || bytes[end] == UInt8(ascii: "\r")
    report(
      Diagnostic(
        .semicolon, "`;` does not end a statement", at: range(start, position),
        help: "a statement ends with its line",
        fixIts: [
          FixIt(
            isLast ? "leave `;` out" : "begin a new line", .automatic,
            [
              .init(
                range(start, isLast ? position : end), isLast ? "" : "\n" + String(repeating: " ", count: indentation))
            ])
        ]))
    startsLine = true
  }

  private mutating func readSymbol() {
    let start = position
    if readCurlyQuotes() { return }
    if let (spelling, kind, mended) = foreignOperator() {
      position += spelling.utf8.count
      report(
        Diagnostic(
          .foreignOperator, "`\(spelling)` is not an operator of the language", at: range(start, position),
          help: "write `\(mended)`",
          fixIts: [FixIt("write `\(mended)`", .automatic, [.init(range(start, position), mended)])]))
      return append(kind, from: start)
    }
    for length in [2, 1] where start + length <= bytes.count && bytes[start] < 0x80 {
      guard let symbol = Symbol(rawValue: text(start, start + length)) else { continue }
      position += length
      switch symbol {
      case .leftBrace: braces.append(false)
      case .rightBrace:
        if braces.popLast() == true {
          inLabel = true
          return append(.labelClose, from: start)
        }
      default: break
      }
      return append(.symbol(symbol), from: start)
    }
    readUnknown()
  }

  /// Operators of other languages, with the token that was meant and its spelling.
  private func foreignOperator() -> (String, Token.Kind, String)? {
    let table: [(String, Token.Kind, String)] = [
      ("&&", .keyword(.and), "and"), ("||", .keyword(.or), "or"), ("**", .symbol(.caret), "^"),
      ("=>", .symbol(.arrow), "->"), ("|>", .symbol(.arrow), "->"), (">>", .symbol(.arrow), "->"),
      (":=", .symbol(.assign), "="), ("→", .symbol(.arrow), "->"), ("≤", .symbol(.lessOrEqual), "<="),
      ("≥", .symbol(.greaterOrEqual), ">="), ("≠", .symbol(.notEqual), "!="), ("×", .symbol(.star), "*"),
      ("−", .symbol(.minus), "-"),
    ]
    if byte() == UInt8(ascii: "!"), byte(1) != UInt8(ascii: "=") { return ("!", .keyword(.not), "not ") }
    return table.first { bytes[position...].starts(with: $0.0.utf8) }
  }

  /// A run of characters that no token begins with.
  private mutating func readUnknown() {
    let start = position
    var unreadable = Unreadable()
    while position < bytes.count {
      let length = Self.scalarLength(bytes, position)
      let first = bytes[position]
      if length == 0 {
        unreadable.add(position, 1, id: .invalidText)
      } else if first < 0x20 && !Self.isSpace(first) && first != UInt8(ascii: "\n") || first == 0x7F {
        unreadable.add(position, 1, id: .controlCharacter)
      } else if first >= 0x80 || "$?`~\\|&!".utf8.contains(first), position == start || first >= 0x80 {
        unreadable.add(position, length, id: .unexpectedCharacter)
      } else {
        break
      }
      position += max(length, 1)
    }
    // Every byte that reaches this place is one of the above; the test keeps the loop moving all the same.
    if position == start { position += 1 }
    while Self.isNamePart(byte()) { position += 1 }
    unreadable.report(in: file, to: &diagnostics)
    append(.unreadable, from: start)
  }

  // MARK: Numbers

  private mutating func readNumber() {
    let start = position
    while Self.isDigit(byte()) { position += 1 }
    let integerEnd = position
    var isDecimal = false
    if byte() == UInt8(ascii: "x"), Self.isDigit(byte(1)) {
      position += 1
      let second = position
      while Self.isDigit(byte()) { position += 1 }
      guard !endsBadly(start) else { return }
      guard let rows = Int(text(start, integerEnd)), let columns = Int(text(second, position)) else {
        return reportTooLarge(start)
      }
      return append(.size(rows: rows, columns: columns), from: start)
    }
    if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) {
      isDecimal = true
      position += 1
      while Self.isDigit(byte()) { position += 1 }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if Self.isDigit(byte(1 + sign)) {
        isDecimal = true
        position += 2 + sign
        while Self.isDigit(byte()) { position += 1 }
      }
    }
    guard !endsBadly(start) else { return }
    if isDecimal {
      guard let value = Double(text(start, position)), value.isFinite else { return reportTooLarge(start) }
      append(.decimal(value), from: start)
    } else {
      guard let value = Int(text(start, position)) else { return reportTooLarge(start) }
      append(.integer(value), from: start)
    }
  }

  /// Reports and swallows letters, dots and digits that hang on to a number, and a number without its first digit.
  private mutating func endsBadly(_ start: Int) -> Bool {
    let withoutZero = bytes[start] == UInt8(ascii: ".")
    let end = position
    while Self.isNamePart(byte()) || byte() == UInt8(ascii: ".") { position += 1 }
    guard withoutZero || position > end else { return false }
    let written = text(start, position)
    let zeroed = withoutZero ? "0" + written : written.hasSuffix(".") ? written + "0" : nil
    let canMend = zeroed.map { $0.utf8.allSatisfy { Self.isDigit($0) || $0 == UInt8(ascii: ".") } } ?? false
    report(
      Diagnostic(
        .malformedNumber, "`\(written)` is not a number", at: range(start, position),
        help: canMend
          ? "digits stand on both sides of the point"
          : "numbers are written `12`, `0.5` or `1e-5`, sizes `3x5`; a name does not begin with a digit",
        fixIts: canMend
          ? [FixIt("write `\(zeroed ?? "")`", .automatic, [.init(range(start, position), zeroed ?? "")])] : []))
    append(.unreadable, from: start)
    return true
  }

  private mutating func reportTooLarge(_ start: Int) {
    report(
      Diagnostic(
        .numberTooLarge, "the number is too large", at: range(start, position),
        help: "whole numbers go up to \(Int.max), decimals to about 1.8e308"))
    append(.unreadable, from: start)
  }

  // MARK: Strings

  private mutating func readString(closedBy quote: UInt8) {
    let start = position
    position += 1
    var value: [UInt8] = []
    var unreadable = Unreadable()
    var isClosed = true
    reading: while true {
      guard position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") else {
        isClosed = false
        report(
          Diagnostic(
            .unterminatedString, "the text has no closing quotation mark", at: range(start, position),
            help: "a text ends on the line on which it begins; put `\"` at its end"))
        break reading
      }
      let next = bytes[position]
      if next == quote {
        position += 1
        break reading
      }
      if next == UInt8(ascii: "\\") {
        readEscape(into: &value)
        continue
      }
      let length = Self.scalarLength(bytes, position)
      if length == 0 {
        unreadable.add(position, 1, id: .invalidText)
      } else if next < 0x20 && next != 9 || next == 0x7F {
        unreadable.add(position, 1, id: .controlCharacter)
      }
      let taken = max(length, 1)
      value += bytes[position..<position + taken]
      position += taken
    }
    unreadable.report(in: file, to: &diagnostics)
    let decoded = String(decoding: value, as: UTF8.self)
    guard isClosed else { return append(.unreadable, from: start) }
    if quote == UInt8(ascii: "'") {
      report(
        Diagnostic(
          .foreignQuotes, "a text does not stand in `'`", at: range(start, position),
          help: "texts stand in double quotation marks",
          fixIts: [
            FixIt("write `\(decoded.quoted)`", .automatic, [.init(range(start, position), decoded.quoted)])
          ]))
    }
    append(.string(decoded), from: start)
  }

  /// Reads a text in typographic quotation marks, as word processors set them.
  private mutating func readCurlyQuotes() -> Bool {
    let start = position
    guard byte() == 0xE2, byte(1) == 0x80, 0x98...0x9F ~= byte(2) else { return false }
    var end = start + 3
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != 0xE2 { end += 1 }
    guard end + 2 < bytes.count, bytes[end + 1] == 0x80, 0x98...0x9F ~= bytes[end + 2] else { return false }
    let value = text(start + 3, end)
    position = end + 3
    report(
      Diagnostic(
        .foreignQuotes, "a text does not stand in typographic quotation marks", at: range(start, position),
        help: "texts stand in straight double quotation marks",
        fixIts: [FixIt("write `\(value.quoted)`", .automatic, [.init(range(start, position), value.quoted)])]))
    append(.string(value), from: start)
    return true
  }

  private mutating func readEscape(into value: inout [UInt8]) {
    let start = position
    position += 1
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "n"): UInt8(ascii: "\n"), UInt8(ascii: "t"): UInt8(ascii: "\t"),
    ]
    if let replaced = simple[byte()], position < bytes.count {
      position += 1
      value.append(replaced)
      return
    }
    if byte() == UInt8(ascii: "u"), byte(1) == UInt8(ascii: "{") {
      position += 2
      let digits = position
      while Self.isHexadecimal(byte()) { position += 1 }
      let number = position - digits <= 8 ? UInt32(text(digits, position), radix: 16) : nil
      if byte() == UInt8(ascii: "}") {
        position += 1
        if let number, let scalar = Unicode.Scalar(number) {
          value += Array(String(Character(scalar)).utf8)
          return
        }
      }
      report(
        Diagnostic(
          .invalidEscape, "`\(text(start, position))` is not a Unicode character", at: range(start, position),
          help: "write the number of a character in hexadecimal digits, as in `\\u{e9}`"))
      return
    }
    let length = position < bytes.count && bytes[position] >= 0x20 ? max(Self.scalarLength(bytes, position), 1) : 0
    position += length
    // A backslash at the end of the line stands in a text that is not closed, which is reported.
    guard length > 0 else { return }
    report(
      Diagnostic(
        .invalidEscape, "`\(text(start, position))` means nothing in a text", at: range(start, position),
        help: "what may follow `\\` is `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{...}`; a backslash itself is `\\\\`"))
  }

  // MARK: Labels

  private mutating func readLabelStart() {
    let start = position
    position += 1
    let isAbsolute = byte() == UInt8(ascii: "/")
    if isAbsolute { position += 1 }
    inLabel = true
    append(.labelStart(isAbsolute: isAbsolute), from: start)
  }

  private mutating func readLabelPart() {
    let start = position
    if byte() == UInt8(ascii: "{") {
      position += 1
      braces.append(true)
      inLabel = false
      return append(.labelOpen, from: start)
    }
    // `->` directly behind a label is the arrow and not a piece with a hyphen.
    while Self.isNamePart(byte()) || byte() == UInt8(ascii: ".")
      || byte() == UInt8(ascii: "-") && byte(1) != UInt8(ascii: ">")
    {
      position += 1
    }
    if position > start {
      append(.labelText, from: start)
    } else {
      inLabel = false
    }
  }

  // MARK: Characters

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
  private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }
  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
  }
  private static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 9 || byte == 13 }

  /// The number of bytes of the Unicode scalar at an offset; 0 where the bytes are not UTF-8 (RFC 3629).
  private static func scalarLength(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> Int {
    let first = bytes[offset]
    let length: Int
    let least: UInt32
    switch first {
    case 0..<0x80: return 1
    case 0xC2..<0xE0: (length, least) = (2, 0x80)
    case 0xE0..<0xF0: (length, least) = (3, 0x800)
    case 0xF0..<0xF5: (length, least) = (4, 0x10000)
    default: return 0
    }
    guard offset + length <= bytes.count else { return 0 }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for next in bytes[offset + 1..<offset + length] {
      guard next & 0xC0 == 0x80 else { return 0 }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    return scalar >= least && Unicode.Scalar(scalar) != nil ? length : 0
  }
}

/// Runs of bytes that cannot be read, each reported once.
private struct Unreadable {
  private var runs: [(lower: Int, upper: Int, id: DiagnosticID)] = []

  mutating func add(_ lower: Int, _ length: Int, id: DiagnosticID) {
    if let last = runs.last, last.upper == lower, last.id == id {
      runs[runs.count - 1].upper = lower + length
    } else {
      runs.append((lower, lower + length, id))
    }
  }

  func report(in file: SourceFile, to diagnostics: inout [Diagnostic]) {
    for run in runs {
      let range = SourceRange(file: file, lower: run.lower, upper: run.upper)
      let text = String(decoding: file.bytes[run.lower..<run.upper], as: UTF8.self)
      let plural = text.unicodeScalars.count > 1
      switch run.id {
      case .invalidText:
        diagnostics.append(
          Diagnostic(run.id, "the text is not UTF-8 here", at: range, help: "save the file in the encoding UTF-8"))
      case .controlCharacter:
        diagnostics.append(
          Diagnostic(
            run.id, plural ? "control characters cannot stand here" : "a control character cannot stand here",
            at: range, help: "remove \(plural ? "them" : "it"); in a text, write `\\u{...}`"))
      default:
        diagnostics.append(
          Diagnostic(
            run.id, "`\(text)` cannot stand here", at: range, help: Self.help(for: text)))
      }
    }
  }

  private static func help(for text: String) -> String {
    switch text.unicodeScalars.first?.value ?? 0 {
    case 0x201C, 0x201D, 0x201E, 0x2018, 0x2019, 0xAB, 0xBB: return "texts stand in straight quotation marks, `\"`"
    case 0xFEFF: return "this is the mark of a byte order, which stands at the beginning of a file only; remove it"
    case 0xA0, 0x2000...0x200B, 0x202F, 0x3000: return "this is white space of another kind; write a blank"
    case 0x80...: return "outside texts and comments only ASCII is used: names are a-z, A-Z, 0-9 and `_`"
    default: return "remove it; names are a-z, A-Z, 0-9 and `_`"
    }
  }
}

extension String {
  /// The string as a text of the language, in quotation marks.
  var quoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
