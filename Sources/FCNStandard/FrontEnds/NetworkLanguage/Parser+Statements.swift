import FCNCore

extension Parser {
  /// `statement = binding | next | collect | result`
  mutating func parseStatement() throws(Recovery) -> StatementSyntax {
    if let leading = foreignStatementWord() {
      report(leading.diagnostic)
      guard leading.canSkip else { throw Recovery() }
      advance()
      statementStart = index
    }
    let start = current
    switch current.kind {
    case .keyword(.next) where next.kind != .symbol(.assign):
      advance()
      let name = try expectName("the name of a carried value")
      try expect(.assign, "after the name of the carried value", help: "write `next \(name.name) = ...`")
      let value = try parseExpression()
      return StatementSyntax(.next(name: name, value: value), range: range(from: start))
    case .keyword(.collect) where next.kind != .symbol(.assign):
      advance()
      let value = try parseExpression()
      return StatementSyntax(.collect(value), range: range(from: start))
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
      report(
        Diagnostic(
          .unmatchedBracket, "`\(text(current))` closes nothing", at: range(current),
          help: "remove it, or open its bracket before"))
      advance()
      throw Recovery()
    case .symbol(.arrow):
      throw unexpected("a statement", help: "a chain begins with a value: `x -> relu`")
    default: break
    }
    if isBinding { return try parseBinding() }
    var results = [try parseExpression()]
    while take(.comma) { results.append(try parseExpression()) }
    if at(.assign) {
      for result in results { if case .invalid = result.kind { throw Recovery() } }
      report(
        Diagnostic(
          .unassignable, "only names can stand on the left of `=`",
          at: results[0].range.union(results[results.count - 1].range),
          help: "a statement gives a value a name: `name = ...`"))
      throw Recovery()
    }
    return StatementSyntax(.result(results), range: range(from: start))
  }

  /// True where names separated by commas and then `=` follow.
  private var isBinding: Bool {
    var scan = index
    while true {
      switch tokens[scan].kind {
      case .name, .keyword: scan += 1
      default: return false
      }
      switch tokens[scan].kind {
      case .symbol(.assign): return !tokens[scan].startsLine
      case .symbol(.comma): scan += 1
      default: return false
      }
    }
  }

  private mutating func parseBinding() throws(Recovery) -> StatementSyntax {
    let start = current
    var names = [try expectName("the name of a value")]
    while take(.comma) { names.append(try expectName("the name of a value")) }
    try expect(.assign, "after the name")
    let value = try parseExpression()
    return StatementSyntax(.binding(names: names, value: value), range: range(from: start))
  }

  /// What must follow a statement: the end of its line, or the brace that closes its block.
  mutating func endStatement() throws(Recovery) {
    if atLineEnd || blockDepth > 0 && current.kind == .symbol(.rightBrace) { return }
    throw unexpectedAfterExpression("the end of the statement")
  }

  /// Reports a token that cannot follow an expression, with the slip that it is likely to be.
  mutating func unexpectedAfterExpression(_ expected: String) -> Recovery {
    switch current.kind {
    case .name where tokens[max(index - 1, 0)].kind.isValueEnd:
      let spelling = text(current)
      if spelling.hasPrefix("x"), case .integer = tokens[index - 1].kind {
        return unexpected(expected, help: "a size is written without blanks: `3x5`")
      }
      report(
        Diagnostic(
          .missingArrow, "`->` is missing before `\(spelling)`", at: range(current),
          help: "a stage is applied with `->`; two statements stand on two lines",
          fixIts: [FixIt("write `->`", .suggested, [.init(range(current.lower, current.lower), "-> ")])]))
      return Recovery()
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
      report(
        Diagnostic(
          .unmatchedBracket, "`\(text(current))` closes nothing", at: range(current),
          help: "remove it, or open its bracket before"))
      return Recovery()
    case .symbol(.dot):
      return methodCall(at: range(current))
    case .keyword(.else):
      return unexpected(expected, help: "`else` stands directly behind the `}` of its `if`")
    case .labelStart:
      return unexpected(
        expected, help: "a label stands directly behind a stage, a definition or a repeat: `conv(8, kernel: 1) @head`")
    case .symbol(.leftParenthesis), .symbol(.leftBracket):
      return unexpected(expected, help: "only a name is called, and only a list is indexed; use parentheses around it")
    case .symbol(.leftBrace):
      return unexpected(expected, help: "a block follows only `def`, `if`, `else`, `repeat` and `weights`")
    default:
      return unexpected(expected)
    }
  }

  mutating func methodCall(at place: SourceRange) -> Recovery {
    report(
      Diagnostic(
        .methodCall, "a value has no methods", at: place, help: "a stage is applied with `->`: `x -> relu`"))
    return Recovery()
  }

  /// A word of another language at the beginning of a statement, and whether the statement can be read without it.
  private func foreignStatementWord() -> (diagnostic: Diagnostic, canSkip: Bool)? {
    guard current.kind == .name, !next.startsLine else { return nil }
    switch next.kind {
    case .name, .keyword, .string, .integer, .decimal, .symbol(.leftParenthesis): break
    default: return nil
    }
    let word = text(current)
    let isCall = next.kind == .symbol(.leftParenthesis)
    let help: String
    var canSkip = false
    switch word {
    case "return" where !isCall || blockDepth > 0:
      help = "the last statement of a block states its results; leave `return` out"
      canSkip = true
    case "let", "var", "const", "val", "auto":
      guard !isCall else { return nil }
      help = "a value is given a name without a keyword: `y = ...`"
      canSkip = true
    case "for", "while":
      guard !isCall else { return nil }
      help = "write `repeat i < 4 with x = ... { ... }`"
    case "import", "from", "using":
      guard !isCall else { return nil }
      help = "write `include \"blocks.fcn\" as blocks`"
    case "function", "func", "fn", "fun":
      guard !isCall else { return nil }
      help = "write `def name(x) { ... }`"
    case "class", "module", "model", "net", "graph":
      guard !isCall else { return nil }
      help = "write `network name(parameter = 1)`"
    default: return nil
    }
    let fixIts =
      canSkip ? [FixIt("leave `\(word)` out", .automatic, [.init(range(current.lower, next.lower), "")])] : []
    return (
      Diagnostic(
        .foreignWord, "`\(word)` is not a word of the language", at: range(current), help: help, fixIts: fixIts),
      canSkip
    )
  }

  // MARK: Blocks

  /// `block = "{" { NEWLINE } { statement NEWLINE { NEWLINE } } [ statement ] "}"`
  mutating func parseBlock(_ role: String) throws(Recovery) -> BlockSyntax {
    let opener = current
    reportDetachedBrace()
    guard current.kind == .symbol(.leftBrace) else { throw unexpected("`{` and \(role)") }
    return try nested { parser throws(Recovery) in
      parser.advance()
      let outer = parser.brackets
      parser.brackets = []
      parser.blockDepth += 1
      defer {
        parser.brackets = outer
        parser.blockDepth -= 1
      }
      var statements: [StatementSyntax] = []
      while parser.current.kind != .symbol(.rightBrace) {
        guard parser.current.kind != .end, !parser.startsItemOutside(opener) else {
          parser.reportUnclosed(opener)
          return BlockSyntax(statements: statements, range: parser.range(from: opener))
        }
        parser.parseBlockStatement(into: &statements)
      }
      parser.advance()
      return BlockSyntax(statements: statements, range: parser.range(from: opener))
    }
  }

  private mutating func parseBlockStatement(into statements: inout [StatementSyntax]) {
    let start = current
    statementStart = index
    do throws(Recovery) {
      if case .keyword(let keyword) = start.kind, keyword.beginsItem, next.kind != .symbol(.assign) {
        report(
          Diagnostic(
            .misplacedItem, "`\(keyword.rawValue)` cannot stand in a block", at: range(start),
            help: "move it out of the braces"))
        if keyword == .fcn { throw Recovery() }
        _ = try parseItem()
      } else {
        statements.append(try parseStatement())
      }
      try endStatement()
    } catch {
      synchronize(from: start)
      if current.lower == start.lower, current.kind != .symbol(.rightBrace) { advance() }
    }
  }

  /// Reports a brace that stands on the next line.
  mutating func reportDetachedBrace() {
    guard current.kind == .symbol(.leftBrace), atLineEnd else { return }
    report(
      Diagnostic(
        .detachedBrace, "`{` does not begin a line", at: range(current),
        related: [.init(range(tokens[index - 1]), "`{` stands behind this")],
        help: "put `{` at the end of the line before",
        fixIts: isBlank(previousEnd, current.lower)
          ? [FixIt("join the lines", .automatic, [.init(range(previousEnd, current.lower), " ")])] : []))
  }

  /// False where a comment stands between two tokens.
  func isBlank(_ lower: Int, _ upper: Int) -> Bool {
    file.bytes[lower..<upper].allSatisfy { $0 <= UInt8(ascii: " ") }
  }

  /// True where something begins that cannot stand in a block, no further right than the line of its brace: the
  /// block has not been closed.
  func startsItemOutside(_ opener: Token) -> Bool {
    guard current.startsLine, current.indentation <= opener.indentation, case .keyword(let keyword) = current.kind
    else { return false }
    return keyword.beginsItem && next.kind != .symbol(.assign)
  }

  mutating func reportUnclosed(_ opener: Token) {
    let closer: String
    if case .symbol(let symbol) = opener.kind { closer = symbol.closer?.rawValue ?? "}" } else { closer = "}" }
    let place = current.startsLine || current.kind == .end ? range(previousEnd, previousEnd) : range(current)
    report(
      Diagnostic(
        .unclosedBracket, "`\(closer)` is missing", at: place, label: "expected `\(closer)`",
        related: [.init(range(opener), "opened here")], help: "close the bracket with `\(closer)`"))
  }
}

extension Token.Kind {
  /// True for tokens that an expression can end with.
  var isValueEnd: Bool {
    switch self {
    case .name, .integer, .decimal, .size, .string, .keyword(.true), .keyword(.false), .labelText, .labelClose,
      .symbol(.rightParenthesis), .symbol(.rightBracket):
      true
    default: false
    }
  }
}
