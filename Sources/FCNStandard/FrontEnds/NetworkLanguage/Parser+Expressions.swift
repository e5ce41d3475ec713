import FCNCore

extension Parser {
  func invalid(from start: Token) -> ExpressionSyntax { ExpressionSyntax(.invalid, range: range(from: start)) }

  /// `expression = arithmetic | postfix "->" link { "->" link }`
  mutating func parseExpression() throws(Recovery) -> ExpressionSyntax {
    try nested { parser throws(Recovery) in
      let start = parser.current
      let head = try parser.parseArithmetic()
      guard parser.at(.arrow) else { return head }
      let firstArrow = parser.current
      var links: [ChainLinkSyntax] = []
      while parser.take(.arrow) { links.append(try parser.parseLink()) }
      let isMixed = parser.operatorHere != nil || head.isOperation
      guard !isMixed else { return try parser.mixedChain(head, links, firstArrow: firstArrow, from: start) }
      return ExpressionSyntax(.chain(head: head, links: links), range: parser.range(from: start))
    }
  }

  /// Reports a chain beside an operator, and swallows what belongs to it.
  private mutating func mixedChain(
    _ head: ExpressionSyntax, _ links: [ChainLinkSyntax], firstArrow: Token, from start: Token
  ) throws(Recovery) -> ExpressionSyntax {
    let chainEnd = previousEnd
    func around(_ lower: Int, _ upper: Int) -> FixIt {
      let inner = String(decoding: file.bytes[lower..<upper], as: UTF8.self)
      let title = inner.contains("\n") ? "put parentheses around these lines" : "write `(\(inner))`"
      return FixIt(
        title, .suggested, [.init(range(lower, lower), "("), .init(range(upper, upper), ")")])
    }
    var fixIts: [FixIt] = []
    if head.isOperation {
      let last = head.lastOperand.range
      var first = around(head.range.lower, head.range.upper)
      if operatorHere != nil {
        first.edits[0].replacement = "(("
        first.edits.append(.init(range(chainEnd, chainEnd), ")"))
      }
      fixIts = [first, around(last.lower, chainEnd)]
    } else {
      fixIts = [around(head.range.lower, chainEnd)]
    }
    report(
      Diagnostic(
        .mixedChain, "a chain and an operator do not mix without parentheses", at: range(firstArrow),
        label: "it is not said what this takes",
        related: [.init(operatorBeside(head), "the operator")], help: "put parentheses around the one or the other",
        fixIts: fixIts))
    while operatorHere != nil || at(.arrow) {
      if take(.arrow) {
        _ = try parseLink()
      } else {
        advance()
        _ = try parseArithmetic()
      }
    }
    return invalid(from: start)
  }

  private func operatorBeside(_ head: ExpressionSyntax) -> SourceRange {
    switch head.kind {
    case .binary(_, let operatorRange, _, _): operatorRange
    case .unary(let unary, _): range(head.range.lower, head.range.lower + unary.rawValue.utf8.count)
    default: range(current)
    }
  }

  // MARK: Operators

  /// The binary operator at the current token.
  var operatorHere: BinaryOperator? {
    guard !atLineEnd else { return nil }
    switch current.kind {
    case .keyword(.or): return .or
    case .keyword(.and): return .and
    case .symbol(let symbol): return BinaryOperator(rawValue: symbol.rawValue)
    default: return nil
    }
  }

  /// The levels from `disjunction` to `power`: operators that bind at least as tightly as `least`.
  mutating func parseArithmetic(_ least: Int = 1) throws(Recovery) -> ExpressionSyntax {
    let outer = height
    height = 0
    defer { height = max(outer, height) }
    var left = try parseUnary()
    while let binary = operatorHere, binary.precedence >= least, !hasLeftBracket {
      let operatorToken = current
      advance()
      // `^` binds to the right: its right side may hold `^` again.
      let right: ExpressionSyntax
      if binary == .power {
        right = try nested { parser throws(Recovery) in try parser.parseArithmetic(binary.precedence) }
      } else {
        right = try parseArithmetic(binary.precedence + 1)
      }
      height += 1
      try checkNesting()
      let isComparison = binary.precedence == BinaryOperator.equal.precedence
      if isComparison, operatorHere?.precedence == binary.precedence {
        try reportComparisonChain(operatorToken)
        left = ExpressionSyntax(.invalid, range: left.range.union(range(operatorToken.lower, previousEnd)))
        continue
      }
      left = ExpressionSyntax(
        .binary(binary, operatorRange: range(operatorToken), left, right), range: left.range.union(right.range))
    }
    return left
  }

  private mutating func reportComparisonChain(_ first: Token) throws(Recovery) {
    report(
      Diagnostic(
        .comparisonChain, "comparisons cannot be chained", at: range(current),
        related: [.init(range(first), "the first comparison")], help: "write `a < b and b < c`"))
    while let binary = operatorHere, binary.precedence == BinaryOperator.equal.precedence {
      advance()
      _ = try parseArithmetic(binary.precedence + 1)
    }
  }

  /// `unary = ( "-" | "not" ) unary | postfix`
  private mutating func parseUnary() throws(Recovery) -> ExpressionSyntax {
    let start = current
    let unary: UnaryOperator
    if at(.minus) { unary = .negate } else if at(.not) { unary = .not } else { return try parsePostfix() }
    advance()
    let operand = try nested { parser throws(Recovery) in try parser.parseUnary() }
    return ExpressionSyntax(.unary(unary, operand), range: range(from: start))
  }

  /// `postfix = primary { "[" expression "]" }`
  private mutating func parsePostfix() throws(Recovery) -> ExpressionSyntax {
    let start = current
    var value = try parsePrimary()
    while at(.leftBracket) {
      let opener = current
      var indexes: [ExpressionSyntax] = []
      let isRead = try parseList(of: "an index") { parser throws(Recovery) in
        indexes.append(try parser.parseExpression())
      }
      height += 1
      try checkNesting()
      if isRead, indexes.count != 1 {
        report(
          Diagnostic(
            .unexpectedToken, "a list is indexed with one number", at: range(from: opener),
            help: "write `list[0]`"))
      }
      value = ExpressionSyntax(
        .subscripted(value, index: indexes.first ?? invalid(from: opener)), range: range(from: start))
    }
    if at(.dot) { throw methodCall(at: range(current)) }
    return value
  }

  // MARK: Primaries

  private mutating func parsePrimary() throws(Recovery) -> ExpressionSyntax {
    let start = current
    if hasLeftBracket || previousContinues && beginsStatement(index) { throw missingValue() }
    if !atLineEnd {
      switch current.kind {
      case .integer(let value): return literal(.integer(value))
      case .decimal(let value): return literal(.decimal(value))
      case .size(let rows, let columns): return literal(.size(rows: rows, columns: columns))
      case .string(let value): return literal(.string(value))
      case .keyword(.true): return literal(.flag(true))
      case .keyword(.false): return literal(.flag(false))
      case .keyword(.if): return try parseConditional()
      case .keyword(.repeat): return try parseRepetition()
      case .symbol(.leftBracket):
        var elements: [ExpressionSyntax] = []
        _ = try parseList(of: "an element") { parser throws(Recovery) in elements.append(try parser.parseExpression()) }
        return ExpressionSyntax(.list(elements), range: range(from: start))
      case .symbol(.leftParenthesis): return try parseParenthesized()
      case .name:
        if let word = foreignLiteral() { return word }
        return try parseNameOrCall()
      case .unreadable:
        advance()
        return invalid(from: start)
      case .symbol(.plus):
        throw unexpected("a value", help: "a number has no sign `+`")
      case .symbol(.assign):
        throw unexpected("a value", help: "`=` stands once in a statement; two values are compared with `==`")
      case .keyword(.else):
        throw unexpected("a value", help: "`else` stands directly behind the `}` of its `if`")
      case .keyword(let keyword):
        throw unexpected("a value", help: "`\(keyword.rawValue)` is a keyword and cannot be a name")
      default: break
      }
    }
    throw unexpected("a value")
  }

  private var previousContinues: Bool { index > 0 && tokens[index - 1].continuesLine && index != statementStart }

  private mutating func missingValue() -> Recovery {
    let place = range(previousEnd, previousEnd)
    report(
      Diagnostic(
        .unexpectedToken, "expected a value, found the end of the line", at: place,
        label: "a value must follow", help: "the next line begins another statement"))
    return Recovery()
  }

  private mutating func literal(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax {
    let start = current
    advance()
    return ExpressionSyntax(kind, range: range(start))
  }

  private mutating func foreignLiteral() -> ExpressionSyntax? {
    let word = text(current)
    let mended: String
    switch word {
    case "True": mended = "true"
    case "False": mended = "false"
    case "None": mended = ""
    default: return nil
    }
    let start = current
    report(
      Diagnostic(
        .foreignWord, "`\(word)` is not a word of the language", at: range(start),
        help: mended.isEmpty ? "an argument that has no value is left out" : "write `\(mended)`",
        fixIts: mended.isEmpty ? [] : [FixIt("write `\(mended)`", .automatic, [.init(range(start), mended)])]))
    advance()
    return mended.isEmpty ? invalid(from: start) : ExpressionSyntax(.flag(mended == "true"), range: range(start))
  }

  private mutating func parseParenthesized() throws(Recovery) -> ExpressionSyntax {
    let opener = current
    var values: [ExpressionSyntax] = []
    let isRead = try parseList(of: "a value") { parser throws(Recovery) in
      values.append(try parser.parseExpression())
    }
    guard isRead else { return invalid(from: opener) }
    guard values.count == 1 else {
      report(
        Diagnostic(
          .unexpectedToken, values.isEmpty ? "the parentheses are empty" : "parentheses hold one value",
          at: range(from: opener),
          help: values.isEmpty
            ? "write a value in them" : "several values stand in `[ ]`, or are joined by a stage: `concat(a, b)`"))
      return invalid(from: opener)
    }
    return ExpressionSyntax(.parenthesized(values[0]), range: range(from: opener))
  }

  private mutating func parseNameOrCall() throws(Recovery) -> ExpressionSyntax {
    let start = current
    if next.kind == .symbol(.dot), !isNamespace(text(start)) {
      throw methodCall(at: range(start.lower, tokens[min(index + 2, tokens.count - 1)].upper))
    }
    let call = try parseCall("a value")
    if call.namespace == nil, !call.hasParentheses, call.label == nil {
      return ExpressionSyntax(.name(call.name.name), range: call.range)
    }
    return ExpressionSyntax(.call(call), range: range(from: start))
  }

  /// True for the names of includes, and for what is near to one: a misspelt one is not taken for a method call.
  private func isNamespace(_ name: String) -> Bool {
    // Comparing with very many names takes long, and no file includes as many.
    namespaces.contains(name) || namespaces.count <= 100 && Suggestion.nearest(to: name, in: namespaces) != nil
  }

  /// `call = [ NAME "." ] NAME [ "(" [ argument { "," argument } [ "," ] ] ")" ] [ label ]`
  mutating func parseCall(_ role: String) throws(Recovery) -> CallSyntax {
    let start = current
    var name = try expectName(role)
    var namespace: Identifier?
    if take(.dot) {
      namespace = name
      name = try expectName("the name of a definition after `.`")
    }
    let hasParentheses = at(.leftParenthesis)
    let arguments = hasParentheses ? try parseArguments() : []
    if at(.leftParenthesis) { throw unexpectedAfterExpression("`->`, an operator or the end of the statement") }
    let label = try parseLabel()
    return CallSyntax(
      namespace: namespace, name: name, arguments: arguments, hasParentheses: hasParentheses, label: label,
      range: range(from: start))
  }

  private mutating func parseArguments() throws(Recovery) -> [ArgumentSyntax] {
    var arguments: [ArgumentSyntax] = []
    _ = try parseList(of: "an argument") { parser throws(Recovery) in
      var name: Identifier?
      switch (parser.current.kind, parser.next.kind) {
      case (.keyword, .symbol(.colon)) where parser.text(parser.current) == "like":
        name = parser.takeArgumentName()
        parser.advance()
      case (.name, .symbol(.colon)), (.keyword, .symbol(.colon)), (.name, .symbol(.assign)),
        (.keyword, .symbol(.assign)):
        name = try parser.expectName("the name of a parameter")
        if parser.at(.assign) {
          let assign = parser.range(parser.current)
          let before = parser.previousEnd
          let hasBlank = parser.next.lower > parser.current.upper
          parser.report(
            Diagnostic(
              .equalsInArgument, "the name of an argument is followed by `:`, not by `=`", at: assign,
              fixIts: [
                FixIt(
                  "write `:`", .automatic,
                  [.init(parser.range(before, parser.current.upper), hasBlank ? ":" : ": ")])
              ]))
        }
        parser.advance()
      default: break
      }
      let value = try parser.parseExpression()
      arguments.append(ArgumentSyntax(name: name, value: value))
    }
    return arguments
  }

  // MARK: Labels

  /// `label = "@" ( "." | "/" | [ "/" ] piece { "." piece } )`
  mutating func parseLabel() throws(Recovery) -> LabelSyntax? {
    guard !atLineEnd, case .labelStart(let isAbsolute) = current.kind else { return nil }
    let start = current
    advance()
    var parts: [LabelSyntax.Part] = []
    reading: while true {
      switch current.kind {
      case .labelText:
        parts.append(.text(text(current)))
        advance()
      case .labelOpen:
        let opener = current
        let outer = brackets
        brackets = [opener]
        defer { brackets = outer }
        advance()
        parts.append(.expression(try nested { parser throws(Recovery) in try parser.parseArithmetic() }))
        guard current.kind == .labelClose else {
          reportUnclosed(opener)
          throw Recovery()
        }
        advance()
      default: break reading
      }
    }
    let whole = range(from: start)
    if !isAbsolute, parts.count == 1, case .text(".") = parts[0] {
      return LabelSyntax(isAbsolute: false, parts: [], range: whole)
    }
    if parts.isEmpty && !isAbsolute || hasEmptyPiece(parts) {
      report(
        Diagnostic(
          .malformedLabel, parts.isEmpty ? "the label has no name" : "the label has an empty piece", at: whole,
          help: "a label is written `@block.conv1`, `@block.{i + 1}`, `@/model.0`, or `@.` for nothing"))
      if parts.isEmpty { throw Recovery() }
    }
    return LabelSyntax(isAbsolute: isAbsolute, parts: parts, range: whole)
  }

  private func hasEmptyPiece(_ parts: [LabelSyntax.Part]) -> Bool {
    var afterDot = true
    for part in parts {
      switch part {
      case .expression: afterDot = false
      case .text(let text):
        for byte in text.utf8 {
          let isDot = byte == UInt8(ascii: ".")
          if isDot, afterDot { return true }
          afterDot = isDot
        }
      }
    }
    return afterDot && !parts.isEmpty
  }

  // MARK: Lists

  /// A list in brackets whose elements are separated by commas; one after the last is allowed. An element that cannot
  /// be read is skipped, so that the following ones are read too; the result is false then.
  mutating func parseList(
    of role: String, _ element: (inout Parser) throws(Recovery) -> Void
  ) throws(Recovery) -> Bool {
    let opener = current
    guard case .symbol(let bracket) = opener.kind, let closer = bracket.closer else { throw unexpected(role) }
    advance()
    brackets.append(opener)
    defer { brackets.removeLast(min(1, brackets.count)) }
    var isRead = true
    while !at(closer) {
      if isUnclosedHere(closer) {
        reportUnclosed(opener)
        throw Recovery()
      }
      do throws(Recovery) {
        if at(.comma) { throw unexpected(role) }
        try element(&self)
        try endElement(closer, role)
      } catch {
        isRead = false
        skipElement()
      }
      _ = take(.comma)
    }
    advance()
    return isRead
  }

  /// True where the closing bracket can no longer come.
  private func isUnclosedHere(_ closer: Symbol) -> Bool {
    switch current.kind {
    case .end, .symbol(.rightBrace), .labelClose: true
    case .symbol(.rightParenthesis), .symbol(.rightBracket): current.kind != .symbol(closer)
    default: hasLeftBracket
    }
  }

  private mutating func endElement(_ closer: Symbol, _ role: String) throws(Recovery) {
    if at(.comma) || at(closer) || isUnclosedHere(closer) { return }
    switch current.kind {
    case .name, .integer, .decimal, .size, .string, .keyword(.true), .keyword(.false):
      if current.kind == .name, text(current).hasPrefix("x"), !current.startsLine,
        case .integer = tokens[index - 1].kind
      {
        throw unexpected("`,` or `\(closer.rawValue)`", help: "a size is written without blanks: `3x5`")
      }
      let place = range(previousEnd, previousEnd)
      report(
        Diagnostic(
          .missingComma, "`,` is missing before \(found)", at: place,
          fixIts: [FixIt("write `,`", .suggested, [.init(place, ",")])]))
    default: throw unexpected("`,` or `\(closer.rawValue)`", help: elementHelp)
    }
  }

  private var elementHelp: String? {
    current.kind == .symbol(.assign) ? "two values are compared with `==`" : nil
  }

  /// Skips to the comma or the bracket that ends the element, or to where the list cannot go on.
  private mutating func skipElement() {
    var open = 0
    while current.kind != .end, !hasLeftBracket {
      switch current.kind {
      case .symbol(.comma) where open == 0: return
      case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.leftBrace): open += 1
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
        if open == 0 { return }
        open -= 1
      default: break
      }
      advance()
    }
  }
}

extension ExpressionSyntax {
  fileprivate var isOperation: Bool {
    switch kind {
    case .binary, .unary: true
    default: false
    }
  }

  /// What a chain behind an operation would take if it were read to the end first.
  fileprivate var lastOperand: ExpressionSyntax {
    switch kind {
    case .binary(_, _, _, let right): right.lastOperand
    case .unary(_, let operand): operand.lastOperand
    default: self
    }
  }
}
