import FCNCore

/// Prints a tree in the one layout of the language: two spaces for each level, lines of at most 100 columns, lists
/// that do not fit with one element a line. Of the author's own line breaks it keeps those before `->`, those behind
/// the opening brace of an `if`, and single blank lines between statements.
struct Printer {
  static let width = 100

  private let tree: NetworkSyntax
  /// False where an expression is put on one line, whatever lines its author chose.
  private let keepsBreaks: Bool
  private var nextComment = 0
  /// Where what was printed last ends in the source.
  private var lastEnd = 0

  init(_ tree: NetworkSyntax) {
    self.tree = tree
    keepsBreaks = true
  }

  /// For the parts of a tree, without its comments.
  init(partsOf file: SourceFile) {
    tree = NetworkSyntax(file: file)
    keepsBreaks = false
  }

  /// The text of an expression, on one line where it holds no block of statements.
  mutating func text(_ expression: ExpressionSyntax) -> String { Self.oneLine(layout(expression)) }
  /// The text of the use of a stage or definition.
  mutating func text(_ call: CallSyntax) -> String { Self.oneLine(layout(call)) }
  /// The text of a label without its `@`.
  mutating func text(_ label: LabelSyntax) -> String { String(Self.oneLine(.sequence(self.label(label))).dropFirst(2)) }

  private static func oneLine(_ layout: Layout) -> String { String(layout.rendered(width: Int.max / 2).dropLast()) }

  mutating func print() -> String {
    var lines: [Layout] = []
    if let version = tree.version {
      add(to: &lines, version.range) { _ in .text("fcn \(version.number)") }
    }
    for item in tree.items {
      add(to: &lines, item.range) { $0.layout(item) }
    }
    addComments(before: Int.max, to: &lines)
    return lines.isEmpty ? "" : Layout.sequence(Array(lines.dropLast())).rendered(width: Self.width)
  }

  // MARK: Lines and comments

  private func line(_ offset: Int) -> Int { tree.file.lineNumber(at: offset) }

  /// Adds a statement with the comments before and behind it, each line with a line break at its end.
  private mutating func add(
    to lines: inout [Layout], _ range: SourceRange, before limit: Int = Int.max, _ layout: (inout Printer) -> Layout
  ) {
    addComments(before: range.lower, to: &lines)
    addBlankLine(before: range.lower, to: &lines)
    let printed = layout(&self)
    // Comments in places that have no line of their own stand before the statement.
    while let comment = comment(before: range.upper) { lines += [comment, .newline] }
    lines.append(printed)
    lastEnd = max(lastEnd, range.upper)
    if let comment = trailingComment(after: range.upper, before: limit) { lines.append(comment) }
    lines.append(.newline)
  }

  private mutating func addComments(before offset: Int, to lines: inout [Layout]) {
    while nextComment < tree.comments.count, tree.comments[nextComment].range.lower < offset {
      let range = tree.comments[nextComment].range
      addBlankLine(before: range.lower, to: &lines)
      if let comment = comment(before: offset) { lines += [comment, .newline] }
      lastEnd = range.upper
    }
  }

  private func addBlankLine(before offset: Int, to lines: inout [Layout]) {
    if !lines.isEmpty, line(offset) - line(lastEnd) > 1 { lines.append(.newline) }
  }

  /// Takes the next comment, if it stands before a place.
  private mutating func comment(before offset: Int) -> Layout? {
    guard nextComment < tree.comments.count, tree.comments[nextComment].range.lower < offset else { return nil }
    nextComment += 1
    return .text(Self.spelling(tree.comments[nextComment - 1]))
  }

  /// Takes the comment at the end of the line in which a place lies, if nothing but a mark stands between them:
  /// `limit` is where the next thing begins.
  private mutating func trailingComment(after offset: Int, before limit: Int) -> Layout? {
    guard nextComment < tree.comments.count else { return nil }
    let comment = tree.comments[nextComment]
    guard comment.isTrailing, comment.range.lower >= offset, comment.range.lower < limit,
      line(comment.range.lower) == line(offset)
    else {
      return nil
    }
    nextComment += 1
    lastEnd = comment.range.upper
    return .trailing(Self.spelling(comment))
  }

  private static func spelling(_ comment: Comment) -> String {
    let isTight = comment.text.isEmpty || comment.text.hasPrefix("/")
    return "//" + (isTight ? "" : " ") + comment.text
  }

  /// The comments before a place, each on a line of its own.
  private mutating func leadingComments(before offset: Int) -> [Layout] {
    var result: [Layout] = []
    while let comment = comment(before: offset) { result += [comment, .newline] }
    return result
  }

  // MARK: Items

  private mutating func layout(_ item: NetworkSyntax.Item) -> Layout {
    switch item {
    case .include(let syntax): return .text("include \(syntax.path.quoted) as \(syntax.name.name)")
    case .network(let syntax):
      guard !syntax.parameters.isEmpty else { return .text("network \(syntax.name.name)") }
      return .sequence([
        .text("network \(syntax.name.name)"), parameters(syntax.parameters, end: syntax.range.upper),
      ])
    case .input(let syntax):
      var parts = [Layout.text("input \(syntax.name.name)["), layout(syntax.channels), .text("]")]
      if let like = syntax.like { parts += [.text(" like "), layout(like)] }
      if let preprocessing = syntax.preprocessing { parts += [.text(" = "), layout(preprocessing)] }
      return .sequence(parts)
    case .output(let syntax):
      var parts = [Layout.text("output \(syntax.name.name)")]
      if let kind = syntax.kind { parts += [.text(": "), layout(kind)] }
      if let value = syntax.value { parts += [.text(" = "), layout(value)] }
      return .sequence(parts)
    case .definition(let syntax):
      return .sequence([
        .text("def \(syntax.name.name)"), parameters(syntax.parameters, end: syntax.body.range.lower),
        .text(" "), brokenBlock(syntax.body),
      ])
    case .weights(let syntax): return layout(syntax)
    case .statement(let syntax): return layout(syntax)
    }
  }

  private mutating func parameters(_ parameters: [ParameterSyntax], end: Int) -> Layout {
    list("(", parameters, ")", end: end, range: \.range) { printer, parameter in
      guard let value = parameter.defaultValue else { return .text(parameter.name.name) }
      return .sequence([.text("\(parameter.name.name) = "), printer.layout(value)])
    }
  }

  private mutating func layout(_ weights: WeightMapSyntax) -> Layout {
    let opening = trailingComment(
      after: weights.range.lower, before: weights.entries.first?.weight.range.lower ?? weights.range.upper)
    var lines: [Layout] = []
    lastEnd = weights.range.lower
    for entry in weights.entries {
      let range = entry.weight.range.union(entry.tensor.range)
      add(to: &lines, range, before: weights.range.upper) { _ in
        .text("\(entry.weight.name.quoted) = \(entry.tensor.name.quoted)")
      }
    }
    addComments(before: weights.range.upper, to: &lines)
    return braces("weights ", opening, lines)
  }

  /// `{`, lines of which each ends with a line break, and `}`.
  private func braces(_ head: String, _ opening: Layout?, _ lines: [Layout]) -> Layout {
    let start = [Layout.text("\(head){")] + (opening.map { [$0] } ?? [])
    guard !lines.isEmpty else { return .sequence(start + (opening == nil ? [] : [.newline]) + [.text("}")]) }
    return .sequence(start + [.indented([.newline] + lines.dropLast()), .newline, .text("}")])
  }

  // MARK: Statements

  private mutating func layout(_ statement: StatementSyntax) -> Layout {
    switch statement.kind {
    case .binding(let names, let value):
      return .sequence([.text(names.map(\.name).joined(separator: ", ") + " = "), layout(value)])
    case .next(let name, let value): return .sequence([.text("next \(name.name) = "), layout(value)])
    case .collect(let value): return .sequence([.text("collect "), layout(value)])
    case .result(let values):
      var parts: [Layout] = []
      for (index, value) in values.enumerated() {
        if index > 0 { parts += [.text(","), .line] }
        parts.append(layout(value))
      }
      return values.count == 1 ? .sequence(parts) : .group([.indented(parts)])
    }
  }

  /// A block with every statement on its own line.
  private mutating func brokenBlock(_ block: BlockSyntax) -> Layout {
    let opening = trailingComment(
      after: block.range.lower, before: block.statements.first?.range.lower ?? block.range.upper)
    var lines: [Layout] = []
    lastEnd = block.range.lower
    for statement in block.statements {
      add(to: &lines, statement.range, before: block.range.upper) { $0.layout(statement) }
    }
    addComments(before: block.range.upper, to: &lines)
    return braces("", opening, lines)
  }

  /// The block of an `if`, on one line where it holds one result and the author has not broken it.
  private mutating func block(_ block: BlockSyntax) -> Layout {
    guard let only = block.statements.first, block.statements.count == 1, case .result = only.kind,
      !keepsBreaks || line(block.range.lower) == line(only.range.lower), !hasComment(before: block.range.upper)
    else { return brokenBlock(block) }
    return .sequence([.text("{"), .indented([.line, layout(only)]), .line, .text("}")])
  }

  private func hasComment(before offset: Int) -> Bool {
    nextComment < tree.comments.count && tree.comments[nextComment].range.lower < offset
  }

  // MARK: Expressions

  private mutating func layout(_ expression: ExpressionSyntax) -> Layout {
    switch expression.kind {
    case .integer(let value): return .text(String(value))
    case .decimal(let value): return .text(spelling(value, at: expression.range))
    case .flag(let value): return .text(String(value))
    case .string(let value): return .text(value.quoted)
    case .size(let rows, let columns): return .text("\(rows)x\(columns)")
    case .name(let name): return .text(name)
    case .invalid: return .text("")
    case .list(let elements): return list("[", elements, "]", end: expression.range.upper)
    case .parenthesized(let inner): return list("(", [inner], ")", end: expression.range.upper)
    case .call(let syntax): return layout(syntax)
    case .subscripted(let value, let index):
      return .sequence([
        operand(value, least: Self.postfixLevel), list("[", [index], "]", end: expression.range.upper),
      ])
    case .unary(let unary, let value):
      return .sequence([
        .text(unary == .not ? "not " : "-"), operand(value, least: Self.unaryLevel),
      ])
    case .binary(let binary, _, _, _): return operation(expression, level: binary.precedence)
    case .chain(let head, let links):
      let headLayout = operand(head, least: Self.postfixLevel)
      return .sequence([headLayout] + chain(links, after: head.range.upper))
    case .conditional(let syntax): return .group(conditional(syntax))
    case .repetition(let syntax): return repetition(syntax)
    }
  }

  private static let unaryLevel = 7
  private static let postfixLevel = 8

  /// How tightly the form of an expression binds, on the scale of `BinaryOperator.precedence`.
  private func level(_ expression: ExpressionSyntax) -> Int {
    switch expression.kind {
    case .chain: 0
    case .binary(let binary, _, _, _): binary.precedence
    case .unary: Self.unaryLevel
    case .integer(let value): value < 0 ? Self.unaryLevel : Self.postfixLevel
    case .decimal(let value): value < 0 ? Self.unaryLevel : Self.postfixLevel
    default: Self.postfixLevel
    }
  }

  /// An operand, in parentheses where it binds more loosely than its place asks for.
  private mutating func operand(_ expression: ExpressionSyntax, least: Int) -> Layout {
    guard level(expression) < least else { return layout(expression) }
    return list("(", [expression], ")", end: expression.range.upper)
  }

  /// Operators of one level in a row; a line may be broken behind each.
  private mutating func operation(_ expression: ExpressionSyntax, level: Int) -> Layout {
    var rights: [(BinaryOperator, SourceRange, ExpressionSyntax)] = []
    var first = expression
    let bindsRight = level == BinaryOperator.power.precedence
    let isComparison = level == BinaryOperator.equal.precedence
    while case .binary(let binary, let place, let left, let right) = first.kind, binary.precedence == level {
      rights.append((binary, place, right))
      first = left
      if bindsRight || isComparison { break }
    }
    var parts = [operand(first, least: bindsRight || isComparison ? level + 1 : level)]
    for (binary, place, right) in rights.reversed() {
      parts.append(.text(" \(binary.rawValue)"))
      if let comment = trailingComment(after: place.upper, before: right.range.lower) { parts.append(comment) }
      let comments = leadingComments(before: right.range.lower)
      parts.append(.indented([.line] + comments + [operand(right, least: bindsRight ? level : level + 1)]))
    }
    return .group(parts)
  }

  /// The author's spelling of a number where the source has it, else the shortest one.
  private func spelling(_ value: Double, at range: SourceRange) -> String {
    if range.file === tree.file, range.upper <= tree.file.bytes.count {
      let written = tree.file.bytes[range.lower..<range.upper]
      let text = String(decoding: written, as: UTF8.self)
      let isDecimal = written.first.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
      let marks = written.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
      if isDecimal, marks, !text.hasSuffix("."), !text.contains("x"), Double(text) == value { return text }
    }
    return "\(value)".replacing("e-0", with: "e-").replacing("e+0", with: "e+")
  }

  private mutating func layout(_ call: CallSyntax) -> Layout {
    var parts = [Layout.text((call.namespace.map { $0.name + "." } ?? "") + call.name.name)]
    if call.hasParentheses || !call.arguments.isEmpty {
      parts.append(
        list("(", call.arguments, ")", end: call.label?.range.lower ?? call.range.upper, range: \.range) {
          printer, argument in
          guard let name = argument.name else { return printer.layout(argument.value) }
          return .sequence([.text("\(name.name): "), printer.layout(argument.value)])
        })
    }
    return .sequence(parts + label(call.label))
  }

  private mutating func label(_ label: LabelSyntax?) -> [Layout] {
    guard let label else { return [] }
    var parts = [Layout.text(label.isAbsolute ? " @/" : label.parts.isEmpty ? " @." : " @")]
    for part in label.parts {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .expression(let expression): parts += [.text("{"), operand(expression, least: 1), .text("}")]
      }
    }
    return parts
  }

  // MARK: Chains

  /// Links, each with its `->`, on the line while they fit; the author's breaks before `->` stay. Lines that begin
  /// with a link are indented; a block is indented as the line on which it begins.
  private mutating func chain(_ links: [ChainLinkSyntax], after start: Int) -> [Layout] {
    var parts: [Layout] = []
    var end = start
    for link in links {
      let range = link.range
      if let comment = trailingComment(after: end, before: range.lower) { parts.append(comment) }
      let comments = leadingComments(before: range.lower)
      let isBroken = keepsBreaks && line(end) < line(range.lower)
      let printed = Layout.aligned([layout(link)])
      if isBroken || !comments.isEmpty {
        parts.append(.indented([.newline] + comments + [.text("-> "), printed]))
      } else if printed.breaks {
        parts += [.text(" -> "), printed]
      } else {
        parts.append(.indented([.group([.line, .text("-> "), printed])]))
      }
      end = range.upper
    }
    return parts
  }

  private mutating func layout(_ link: ChainLinkSyntax) -> Layout {
    switch link {
    case .call(let syntax): return layout(syntax)
    case .conditional(let syntax): return .group(chainConditional(syntax))
    case .repetition(let syntax):
      let head = [
        Layout.text("repeat \(syntax.index.name) < "), operand(syntax.count, least: 1), .text(" "),
      ]
      let body = braces(syntax.links, after: syntax.count.range.upper, end: syntax.range.upper)
      return .group(head + body + label(syntax.label))
    }
  }

  private mutating func chainConditional(_ syntax: ChainConditionalSyntax) -> [Layout] {
    var parts: [Layout] = [.text("if "), operand(syntax.condition, least: 1), .text(" ")]
    let otherwiseStart = syntax.otherwise?.first?.range.lower ?? syntax.range.upper
    parts += braces(syntax.then, after: syntax.condition.range.upper, end: otherwiseStart)
    guard let otherwise = syntax.otherwise else { return parts }
    parts.append(.text(" else "))
    if otherwise.count == 1, case .conditional(let inner) = otherwise[0], inner.range.upper == syntax.range.upper {
      return parts + chainConditional(inner)
    }
    return parts + braces(otherwise, after: syntax.then.last?.range.upper ?? 0, end: syntax.range.upper)
  }

  /// Links in braces; `end` bounds the comments that belong into them.
  private mutating func braces(_ links: [ChainLinkSyntax], after start: Int, end: Int) -> [Layout] {
    guard let first = links.first, let last = links.last else { return [.text("{}")] }
    let opening = trailingComment(after: start, before: first.range.lower).map { [$0] } ?? []
    let comments = leadingComments(before: first.range.lower)
    let isBroken = keepsBreaks && hasBreak(from: start, to: first.range.lower)
    var inner = [isBroken || !comments.isEmpty ? Layout.newline : .line] + comments
    inner.append(layout(first))
    inner += chain(Array(links.dropFirst()), after: first.range.upper)
    let brace = closing(after: last.range.upper, end: end)
    if let comment = trailingComment(after: last.range.upper, before: brace) { inner.append(comment) }
    while let comment = comment(before: brace) { inner += [.newline, comment] }
    return [.text("{")] + opening + [.indented(inner), .line, .text("}")]
  }

  /// True where a line break stands directly behind the last `{` between two places.
  private func hasBreak(from start: Int, to end: Int) -> Bool {
    guard start < end, end <= tree.file.bytes.count,
      let brace = tree.file.bytes[start..<end].lastIndex(of: UInt8(ascii: "{"))
    else { return false }
    return line(brace) < line(end)
  }

  /// The place of the first `}` behind a place.
  private func closing(after start: Int, end: Int) -> Int {
    guard start < end, end <= tree.file.bytes.count else { return end }
    // A comment may hold a brace, so the ones before the brace are stepped over.
    var scan = start
    var comment = nextComment
    while scan < end {
      if comment < tree.comments.count, tree.comments[comment].range.lower == scan {
        scan = max(scan + 1, tree.comments[comment].range.upper)
        comment += 1
        continue
      }
      if tree.file.bytes[scan] == UInt8(ascii: "}") { return scan }
      scan += 1
    }
    return end
  }

  // MARK: if and repeat

  private mutating func conditional(_ syntax: ConditionalSyntax) -> [Layout] {
    var parts: [Layout] = [.text("if "), operand(syntax.condition, least: 1), .text(" "), block(syntax.then)]
    parts.append(.text(" else "))
    if syntax.otherwise.statements.count == 1, case .result(let values) = syntax.otherwise.statements[0].kind,
      values.count == 1, case .conditional(let inner) = values[0].kind, inner.range == syntax.otherwise.range
    {
      return parts + conditional(inner)
    }
    return parts + [block(syntax.otherwise)]
  }

  private mutating func repetition(_ syntax: RepetitionSyntax) -> Layout {
    var carried: [Layout] = []
    for (index, value) in syntax.carried.enumerated() {
      if index > 0 { carried += [.text(","), .line] }
      carried += [.text("\(value.name.name) = "), layout(value.initial)]
    }
    let head: [Layout] = [
      .text("repeat \(syntax.index.name) < "), operand(syntax.count, least: 1), .text(" with "),
      .group([.indented(carried)]), .text(" "),
    ]
    return .sequence(head + [brokenBlock(syntax.body)] + label(syntax.label))
  }

  // MARK: Lists

  private mutating func list(
    _ opener: String, _ elements: [ExpressionSyntax], _ closer: String, end: Int
  ) -> Layout {
    list(opener, elements, closer, end: end, range: \.range) { $0.layout($1) }
  }

  /// Elements in brackets: all on one line, or each on a line of its own.
  private mutating func list<Element>(
    _ opener: String, _ elements: [Element], _ closer: String, end: Int, range rangeOf: (Element) -> SourceRange,
    _ layout: (inout Printer, Element) -> Layout
  ) -> Layout {
    var parts: [Layout] = [.softLine]
    for (index, element) in elements.enumerated() {
      let range = rangeOf(element)
      parts += leadingComments(before: range.lower)
      parts.append(layout(&self, element))
      if index + 1 < elements.count { parts.append(.text(",")) }
      let limit = index + 1 < elements.count ? rangeOf(elements[index + 1]).lower : end
      if let comment = trailingComment(after: range.upper, before: limit) { parts.append(comment) }
      if index + 1 < elements.count { parts.append(.line) }
    }
    var isFirst = elements.isEmpty
    while let comment = comment(before: end) {
      parts += (isFirst ? [] : [.newline]) + [comment]
      isFirst = false
      if elements.isEmpty, !hasComment(before: end) { parts.append(.newline) }
    }
    guard elements.isEmpty else { return .group([.text(opener), .indented(parts), .softLine, .text(closer)]) }
    return parts.count == 1
      ? .text(opener + closer) : .group([.text(opener), .indented(Array(parts.dropLast())), .newline, .text(closer)])
  }
}
