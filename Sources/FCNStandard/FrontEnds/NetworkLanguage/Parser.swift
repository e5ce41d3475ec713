import FCNCore

/// Thrown where parsing cannot go on; what is wrong has been reported. Caught where it can go on: at the next argument
/// or the next statement.
struct Recovery: Error {}

/// Reads the tokens of one file into a tree, by recursive descent. The methods stand in the order of the grammar:
/// items, statements and blocks, expressions, lists.
struct Parser {
  /// How deep expressions and blocks may be nested, and how high a tree of operators may grow. It bounds the recursion
  /// of this parser and of everything that walks the tree.
  static let nestingLimit = 200

  let file: SourceFile
  let tokens: [Token]
  /// The names that includes of this file introduce.
  let namespaces: Set<String>
  var diagnostics: [Diagnostic]
  var index = 0
  /// The open `(` and `[` since the innermost `{`.
  var brackets: [Token] = []
  var blockDepth = 0
  var depth = 0
  /// The height of the highest expression read so far at this level.
  var height = 0
  /// The token that begins the statement or the links in braces; the line end before it is none.
  var statementStart = 0
  private var lastReported = -1

  init(_ file: SourceFile, lexer: Lexer) {
    var namespaces: Set<String> = []
    for (token, next) in zip(lexer.tokens, lexer.tokens.dropFirst()) where token.kind == .keyword(.as) {
      namespaces.insert(String(decoding: file.bytes[next.lower..<next.upper], as: UTF8.self))
    }
    self.init(file, lexer: lexer, namespaces: namespaces)
  }

  init(_ file: SourceFile, lexer: Lexer, namespaces: Set<String>) {
    self.file = file
    self.namespaces = namespaces
    tokens = lexer.tokens
    diagnostics = lexer.diagnostics
  }

  // MARK: Tokens

  var current: Token { tokens[index] }
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// True where the grammar has NEWLINE or END_OF_FILE.
  var atLineEnd: Bool {
    let token = tokens[index]
    if token.kind == .end { return true }
    return token.startsLine && brackets.isEmpty && index != statementStart && token.kind != .symbol(.arrow)
      && !(index > 0 && tokens[index - 1].continuesLine)
  }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) && !atLineEnd }
  func at(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) && !atLineEnd }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  func text(_ token: Token) -> String { String(decoding: file.bytes[token.lower..<token.upper], as: UTF8.self) }
  func range(_ token: Token) -> SourceRange { SourceRange(file: file, lower: token.lower, upper: token.upper) }
  func range(_ lower: Int, _ upper: Int) -> SourceRange { SourceRange(file: file, lower: lower, upper: upper) }

  /// From the beginning of a token to the end of the last one that was read.
  func range(from start: Token) -> SourceRange { range(start.lower, max(start.upper, previousEnd)) }

  var previousEnd: Int { index > 0 ? tokens[index - 1].upper : tokens[0].lower }

  /// The current token as messages name it.
  var found: String {
    if current.kind == .end { return "the end of the \(current.upper == file.bytes.count ? "file" : "text")" }
    if atLineEnd { return "the end of the line" }
    if case .string = current.kind { return "a text" }
    let spelling = text(current)
    if case .keyword = current.kind { return "the keyword `\(spelling)`" }
    return "`\(spelling)`"
  }

  /// Where `found` stands: at a line end, the place behind the last token.
  var foundRange: SourceRange {
    atLineEnd && index > 0 ? range(previousEnd, previousEnd) : range(current)
  }

  // MARK: Errors

  /// Reports an error unless the last one stands at the same place or the lexer has reported the text already.
  mutating func report(_ diagnostic: Diagnostic) {
    guard diagnostic.range?.lower != lastReported, !isBehindUnreadable(diagnostic) else { return }
    lastReported = diagnostic.range?.lower ?? -1
    diagnostics.append(diagnostic)
  }

  /// True for what follows directly from text that the lexer has reported.
  private func isBehindUnreadable(_ diagnostic: Diagnostic) -> Bool {
    guard index > 0, tokens[index - 1].kind == .unreadable, let range = diagnostic.range else { return false }
    return range.lower >= previousEnd && range.lower <= current.lower
  }

  /// Reports what stands here in place of what was expected.
  mutating func unexpected(_ expected: String, help: String? = nil) -> Recovery {
    if current.kind != .unreadable || atLineEnd {
      report(Diagnostic(.unexpectedToken, "expected \(expected), found \(found)", at: foundRange, help: help))
    }
    return Recovery()
  }

  mutating func expect(_ symbol: Symbol, _ role: String, help: String? = nil) throws(Recovery) {
    guard !take(symbol) else { return }
    throw unexpected("`\(symbol.rawValue)` \(role)", help: help)
  }

  mutating func expectName(_ role: String) throws(Recovery) -> Identifier {
    if !atLineEnd {
      switch current.kind {
      case .name:
        return takeName()
      case .keyword:
        let word = text(current)
        report(
          Diagnostic(
            .keywordAsName, "`\(word)` is a keyword and cannot be \(role)", at: range(current),
            help: "choose another name, such as `\(word)_`"))
        if next.kind != .end, !next.startsLine { return takeName() }
        throw Recovery()
      default: break
      }
    }
    throw unexpected(role)
  }

  /// The name before the `:` of an argument that is a keyword elsewhere: `crop(like: image)`.
  mutating func takeArgumentName() -> Identifier { takeName() }

  private mutating func takeName() -> Identifier {
    let name = Identifier(text(current), range(current))
    advance()
    return name
  }

  /// One level deeper; the limit keeps every recursion over the tree finite.
  mutating func nested<Result>(_ body: (inout Parser) throws(Recovery) -> Result) throws(Recovery) -> Result {
    let outer = height
    depth += 1
    height = 0
    defer {
      depth -= 1
      height = max(outer, height + 1)
    }
    try checkNesting()
    return try body(&self)
  }

  mutating func checkNesting() throws(Recovery) {
    guard max(depth, height) > Self.nestingLimit else { return }
    report(
      Diagnostic(
        .tooDeeplyNested, "the text is nested more than \(Self.nestingLimit) levels deep here", at: range(current),
        help: "give a part of it a name in a statement of its own"))
    throw Recovery()
  }

  // MARK: Recovery

  /// True where a token at the beginning of its line begins a statement, whatever brackets are open.
  func beginsStatement(_ start: Int) -> Bool {
    let token = tokens[start]
    guard token.startsLine else { return false }
    switch token.kind {
    case .keyword(let keyword): return keyword.beginsItem || keyword == .next || keyword == .collect
    case .name:
      var scan = start + 1
      while tokens[scan].kind == .symbol(.comma), tokens[scan + 1].kind == .name, !tokens[scan + 1].startsLine {
        scan += 2
      }
      return tokens[scan].kind == .symbol(.assign) && !tokens[scan].startsLine
    default: return false
    }
  }

  /// True where an unclosed bracket must have swallowed a line end: a statement begins here that does not stand
  /// further right than the line of the bracket.
  var hasLeftBracket: Bool {
    guard let bracket = brackets.last else { return false }
    return current.startsLine && current.indentation <= bracket.indentation && beginsStatement(index)
  }

  /// Skips to the end of a statement that could not be read: a line end outside brackets, or the brace that closes the
  /// block around it.
  mutating func synchronize(from start: Token) {
    brackets = []
    var open = 0
    while current.kind != .end {
      if current.lower != start.lower {
        if open == 0, atLineEnd || beginsStatement(index) { return }
        if current.indentation <= start.indentation, beginsStatement(index) { return }
      }
      switch current.kind {
      case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.leftBrace): open += 1
      case .symbol(.rightBrace) where open == 0 && blockDepth > 0: return
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace): open = max(0, open - 1)
      default: break
      }
      advance()
    }
  }
}
