import FCNCore

/// `if` and `repeat`, as values and as links of a chain.
extension Parser {
  /// `conditional = "if" arithmetic block "else" ( block | conditional )`
  mutating func parseConditional() throws(Recovery) -> ExpressionSyntax {
    let conditional = try parseConditionalSyntax()
    return ExpressionSyntax(.conditional(conditional), range: conditional.range)
  }

  private mutating func parseConditionalSyntax() throws(Recovery) -> ConditionalSyntax {
    try nested { parser throws(Recovery) in
      let start = parser.current
      parser.advance()
      let condition = try parser.parseArithmetic()
      let then = try parser.parseBlock("the results of the `if`")
      let otherwise: BlockSyntax
      switch parser.takeElse() {
      case .missing:
        parser.report(
          Diagnostic(
            .missingElse, "the `if` has no `else`", at: parser.range(start),
            label: "its value is not stated for a false condition",
            help: "add `else { ... }`; only an `if` behind `->` can do without"))
        otherwise = BlockSyntax(statements: [], range: parser.range(parser.previousEnd, parser.previousEnd))
      case .block where parser.current.kind == .keyword(.if), .conditional:
        let inner = try parser.parseConditionalSyntax()
        let value = ExpressionSyntax(.conditional(inner), range: inner.range)
        otherwise = BlockSyntax(
          statements: [StatementSyntax(.result([value]), range: inner.range)], range: inner.range)
      case .block:
        otherwise = try parser.parseBlock("the results of the `else`")
      }
      return ConditionalSyntax(
        condition: condition, then: then, otherwise: otherwise, range: parser.range(from: start))
    }
  }

  private enum Else { case missing, block, conditional }

  /// Takes `else`. The words for `else if` of other languages stay for the caller as their `if`.
  private mutating func takeElse() -> Else {
    if current.kind == .name, current.startsLine == false || brackets.isEmpty,
      ["elif", "elseif", "elsif"].contains(text(current)), next.kind != .symbol(.assign), next.kind != .symbol(.comma)
    {
      report(
        Diagnostic(
          .foreignWord, "`\(text(current))` is not a word of the language", at: range(current),
          help: "write `else if`",
          fixIts: [FixIt("write `else if`", .automatic, [.init(range(current), "else if")])]))
      return .conditional
    }
    guard current.kind == .keyword(.else) else { return .missing }
    if atLineEnd {
      report(
        Diagnostic(
          .detachedElse, "`else` does not begin a line", at: range(current),
          related: [.init(range(tokens[index - 1]), "`else` stands behind this brace")],
          help: "write `} else {`",
          fixIts: tokens[index - 1].kind == .symbol(.rightBrace) && isBlank(tokens[index - 1].upper, current.lower)
            ? [FixIt("write `} else`", .automatic, [.init(range(tokens[index - 1].upper, current.lower), " ")])] : []))
    }
    advance()
    statementStart = index
    return .block
  }

  /// `repetition = "repeat" NAME "<" arithmetic "with" NAME "=" expression { "," NAME "=" expression } block [ label ]`
  mutating func parseRepetition() throws(Recovery) -> ExpressionSyntax {
    try nested { parser throws(Recovery) in
      let start = parser.current
      let (index, count) = try parser.parseTurns()
      guard parser.at(.with) else {
        throw parser.unexpected(
          "`with` and the carried values",
          help: "a repeat that is a value carries at least one: `repeat \(index.name) < 4 with x = image { ... }`")
      }
      parser.advance()
      var carried: [RepetitionSyntax.Carried] = []
      repeat {
        let name = try parser.expectName("the name of a carried value")
        try parser.expect(.assign, "after the name of the carried value", help: "write `\(name.name) = ...`")
        carried.append(.init(name: name, initial: try parser.parseExpression()))
      } while parser.take(.comma)
      let body = try parser.parseBlock("the turns of the repeat")
      let label = try parser.parseLabel()
      let syntax = RepetitionSyntax(
        index: index, count: count, carried: carried, body: body, label: label, range: parser.range(from: start))
      return ExpressionSyntax(.repetition(syntax), range: syntax.range)
    }
  }

  /// `"repeat" NAME "<" arithmetic`
  private mutating func parseTurns() throws(Recovery) -> (Identifier, ExpressionSyntax) {
    let help = "a repeat is written `repeat i < 4`, `i` counting from 0"
    advance()
    if case .integer = current.kind, !atLineEnd { throw unexpected("a name that counts the turns", help: help) }
    let index = try expectName("a name that counts the turns")
    try expect(.less, "after the name that counts the turns", help: help)
    return (index, try parseArithmetic())
  }

  // MARK: Links

  /// `link = call | chainif | chainrepeat`
  mutating func parseLink() throws(Recovery) -> ChainLinkSyntax {
    if !atLineEnd, !hasLeftBracket, !beginsStatement(index) || index == statementStart {
      switch current.kind {
      case .keyword(.if): return .conditional(try parseChainConditional())
      case .keyword(.repeat): return .repetition(try parseChainRepetition())
      case .name: return .call(try parseLinkCall())
      case .keyword: return .call(try parseCall("the name of a stage"))
      default: break
      }
    }
    if current.startsLine, beginsStatement(index) {
      let place = range(previousEnd, previousEnd)
      report(
        Diagnostic(
          .unexpectedToken, "expected a stage, found the end of the line", at: place, label: "a stage must follow",
          help: "the next line begins another statement"))
      throw Recovery()
    }
    throw unexpected("a stage", help: "a link of a chain is the use of a stage: `x -> relu`")
  }

  private mutating func parseLinkCall() throws(Recovery) -> CallSyntax {
    let call = try parseCall("the name of a stage")
    if at(.leftBracket) {
      throw unexpected("`->`", help: "put the chain in parentheses to take an element of its result: `(x -> f)[0]`")
    }
    if at(.dot) { throw methodCall(at: range(current)) }
    return call
  }

  /// `"{" { NEWLINE } links { NEWLINE } "}"`
  private mutating func parseLinks() throws(Recovery) -> [ChainLinkSyntax] {
    let opener = current
    reportDetachedBrace()
    guard current.kind == .symbol(.leftBrace) else {
      throw unexpected(
        "`{` and the stages of the chain",
        help: at(.arrow) ? "a chain in a condition stands in parentheses" : nil)
    }
    advance()
    let outer = brackets
    brackets = []
    blockDepth += 1
    defer {
      brackets = outer
      blockDepth -= 1
    }
    statementStart = index
    var links: [ChainLinkSyntax] = []
    let start = current
    do throws(Recovery) {
      if current.kind == .symbol(.rightBrace) {
        throw unexpected("a stage", help: "leave the `if` or `repeat` out, or write a stage in its braces")
      }
      repeat { links.append(try parseLink()) } while take(.arrow)
      guard current.kind == .symbol(.rightBrace) else {
        if current.kind == .end || beginsStatement(index) && current.indentation <= opener.indentation {
          reportUnclosed(opener)
          return links
        }
        throw unexpected(
          "`->` or `}`", help: "the braces of a link hold stages joined by `->`, and no statements")
      }
    } catch {
      synchronizeLinks(from: start)
      // Where no brace follows it is the error that was reported which hides it.
      guard current.kind == .symbol(.rightBrace) else { return links }
    }
    advance()
    return links
  }

  /// Skips to the brace that closes the links.
  private mutating func synchronizeLinks(from start: Token) {
    brackets = []
    var open = 0
    while current.kind != .end {
      if beginsStatement(index), current.indentation < start.indentation { return }
      if current.kind == .symbol(.leftBrace) { open += 1 }
      if current.kind == .symbol(.rightBrace) {
        if open == 0 { return }
        open -= 1
      }
      advance()
    }
  }

  /// `chainif = "if" arithmetic "{" links "}" [ "else" ( "{" links "}" | chainif ) ]`
  private mutating func parseChainConditional() throws(Recovery) -> ChainConditionalSyntax {
    try nested { parser throws(Recovery) in
      let start = parser.current
      parser.advance()
      let condition = try parser.parseArithmetic()
      let then = try parser.parseLinks()
      var otherwise: [ChainLinkSyntax]?
      switch parser.takeElse() {
      case .missing: break
      case .block where parser.current.kind == .keyword(.if), .conditional:
        otherwise = [.conditional(try parser.parseChainConditional())]
      case .block: otherwise = try parser.parseLinks()
      }
      return ChainConditionalSyntax(
        condition: condition, then: then, otherwise: otherwise, range: parser.range(from: start))
    }
  }

  /// `chainrepeat = "repeat" NAME "<" arithmetic "{" links "}" [ label ]`
  private mutating func parseChainRepetition() throws(Recovery) -> ChainRepetitionSyntax {
    try nested { parser throws(Recovery) in
      let start = parser.current
      let (index, count) = try parser.parseTurns()
      if parser.at(.with) {
        throw parser.unexpected(
          "`{` and the stages of the chain",
          help: "behind `->` a repeat carries what stands before; write `y = repeat ... with ...` for more")
      }
      let links = try parser.parseLinks()
      let label = try parser.parseLabel()
      return ChainRepetitionSyntax(
        index: index, count: count, links: links, label: label, range: parser.range(from: start))
    }
  }
}
