import FCNCore
import FCNStandard

/// Values, links of chains, and arguments.
extension NetworkReader {
  // MARK: Values

  /// A scalar is an expression of the network language, a sequence a chain, a mapping the use of a stage, an `if` or a
  /// `repeat`.
  mutating func readValue(_ node: Node) -> ExpressionSyntax {
    switch node.kind {
    case .scalar(let scalar): readScalar(scalar, node, quotedIsText: false)
    case .sequence(let elements): readChain(elements, node)
    case .mapping(let entries): readMapping(entries, node)
    }
  }

  /// The value of an argument: as `readValue`, but a sequence is a list and a scalar in quotation marks a text.
  mutating func readArgumentValue(_ node: Node) -> ExpressionSyntax {
    switch node.kind {
    case .scalar(let scalar): return readScalar(scalar, node, quotedIsText: true)
    case .sequence(let elements):
      return ExpressionSyntax(.list(elements.map { readArgumentValue($0) }), range: node.range)
    case .mapping(let entries): return readMapping(entries, node)
    }
  }

  private mutating func readScalar(_ scalar: Node.Scalar, _ node: Node, quotedIsText: Bool) -> ExpressionSyntax {
    func literal(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax { ExpressionSyntax(kind, range: node.range) }
    switch scalar.style {
    case .quoted:
      if quotedIsText { return literal(.string(scalar.text)) }
      guard !scalar.text.isEmpty else { break }
      // Escapes would put the places of the expression out of step with the file.
      guard Array(scalar.text.utf8) == Array(file.bytes[scalar.content.lower..<scalar.content.upper]) else {
        report(
          .yamlForm, "an expression cannot be written with escapes", at: node,
          help: "write it without quotation marks, or behind `|` on a line of its own")
        return literal(.invalid)
      }
      return NetworkLanguage.expression(at: scalar.content, namespaces: namespaces, report: &sink)
    case .block:
      return NetworkLanguage.expression(at: scalar.content, namespaces: namespaces, report: &sink)
    case .plain:
      switch CoreScalar(scalar.text) {
      case .null: break
      case .flag(let value): return literal(.flag(value))
      case .integer(let value): return literal(.integer(value))
      case .decimal(let value): return literal(.decimal(value))
      case .tooLarge:
        report(
          .yamlNumber, "the number is too large", at: node,
          help: "whole numbers go up to \(Int.max), decimals to about 1.8e308")
        return literal(.invalid)
      case .notFinite:
        report(.yamlNumber, "`\(scalar.text)` is not a finite number", at: node, help: "write a finite number")
        return literal(.invalid)
      case .text:
        if isCut(scalar) { return literal(.invalid) }
        return NetworkLanguage.expression(at: scalar.content, namespaces: namespaces, report: &sink)
      }
    }
    form(node, "a value", "a number, a name or an expression")
    return literal(.invalid)
  }

  /// True for the parts of an expression such as `max(a, b)` in brackets of YAML, which end it at its comma; the first
  /// part is reported.
  private mutating func isCut(_ scalar: Node.Scalar) -> Bool {
    guard scalar.style == .plain else { return false }
    let range = scalar.content
    var open = 0
    var least = 0
    for byte in file.bytes[range.lower..<range.upper] {
      if "([{".utf8.contains(byte) { open += 1 }
      if ")]}".utf8.contains(byte) { open -= 1 }
      least = min(least, open)
    }
    if least < 0, let cutEnd, file.lineNumber(at: cutEnd) == file.lineNumber(at: range.lower) {
      self.cutEnd = range.upper
      return true
    }
    guard open > 0 else { return false }
    var next = range.upper
    while next < file.bytes.count, file.bytes[next] == 0x20 { next += 1 }
    guard next < file.bytes.count, ",[]{}".utf8.contains(file.bytes[next]) else { return false }
    cutEnd = range.upper
    report(
      .yamlForm, "YAML ends this expression at the `\(Character(Unicode.Scalar(file.bytes[next])))` behind it",
      at: range,
      help: "inside `[ ]` and `{ }` of YAML an expression holds none of `, [ ] { }`; write the use of a stage as "
        + "`max: [a, b]`, or begin a line with `- ` for each element")
    return true
  }

  private mutating func readChain(_ elements: [Node], _ node: Node) -> ExpressionSyntax {
    guard let first = elements.first else {
      form(node, "a chain without elements", "the value that the chain begins with, then its stages")
      return ExpressionSyntax(.invalid, range: node.range)
    }
    let head = readValue(first)
    if elements.count > 1, elements.dropFirst().allSatisfy({ $0.scalar.map(Self.isNumber) ?? false }) {
      report(
        .yamlForm, "a sequence is a chain here, and a number is no stage", at: node,
        help: "a list of values is written `list: [1, 2, 4]`")
      return ExpressionSyntax(.invalid, range: node.range)
    }
    let links = elements.dropFirst().compactMap { readLink($0) }
    if case .invalid = head.kind { return head }
    guard links.count == elements.count - 1 else { return ExpressionSyntax(.invalid, range: node.range) }
    return links.isEmpty ? head : ExpressionSyntax(.chain(head: head, links: links), range: node.range)
  }

  private static func isNumber(_ scalar: Node.Scalar) -> Bool {
    switch CoreScalar(scalar.text) {
    case .integer, .decimal: true
    default: false
    }
  }

  private mutating func readMapping(_ entries: [Node.Entry], _ node: Node) -> ExpressionSyntax {
    func made(_ kind: ExpressionSyntax.Kind?) -> ExpressionSyntax {
      ExpressionSyntax(kind ?? .invalid, range: node.range)
    }
    let keys = entries.map { $0.key.scalar?.text ?? "" }
    if keys.contains("if") { return made(readConditional(node).map { .conditional($0) }) }
    if keys.contains("repeat") { return made(readRepetition(node).map { .repetition($0) }) }
    if keys == ["list"], case .sequence(let elements) = entries[0].value.kind {
      return made(.list(elements.map { readArgumentValue($0) }))
    }
    if keys == ["chain"] { return readValue(entries[0].value) }
    return made(readCall(entries, node).map { .call($0) })
  }

  // MARK: Links

  /// One link of a chain; what cannot be read is reported and nil.
  mutating func readLink(_ node: Node) -> ChainLinkSyntax? {
    switch node.kind {
    case .scalar(let scalar):
      guard !node.isNull, scalar.style != .quoted else {
        form(node, "a stage", "its name, or its name and arguments: `conv: [8, kernel: 3, pad: same]`")
        return nil
      }
      if isCut(scalar) { return nil }
      return NetworkLanguage.link(at: scalar.content, namespaces: namespaces, report: &sink)
    case .sequence:
      form(node, "a link of a chain", "the use of a stage: `relu`, or `conv: [8, kernel: 3, pad: same]`")
      return nil
    case .mapping(let entries):
      let keys = entries.map { $0.key.scalar?.text ?? "" }
      if keys.contains("if") { return readChainConditional(node).map { .conditional($0) } }
      if keys.contains("repeat") { return readChainRepetition(node).map { .repetition($0) } }
      return readCall(entries, node).map { .call($0) }
    }
  }

  private mutating func readLinks(_ node: Node) -> [ChainLinkSyntax] {
    if case .sequence(let elements) = node.kind {
      if elements.isEmpty { form(node, "an empty sequence of stages", "at least one stage") }
      return elements.compactMap { readLink($0) }
    }
    return readLink(node).map { [$0] } ?? []
  }

  private mutating func readChainConditional(_ node: Node) -> ChainConditionalSyntax? {
    guard let fields = fields(of: node, "an `if`", keys: ["if", "then", "else"], needs: ["if", "then"]),
      let condition = fields["if"], let then = fields["then"]
    else { return nil }
    return ChainConditionalSyntax(
      condition: readValue(condition), then: readLinks(then), otherwise: fields["else"].map { readLinks($0) },
      range: node.range)
  }

  private mutating func readChainRepetition(_ node: Node) -> ChainRepetitionSyntax? {
    guard
      let fields = fields(of: node, "a `repeat` in a chain", keys: ["repeat", "links", "label"], needs: ["links"]),
      let turns = readTurns(fields), let links = fields["links"]
    else { return nil }
    return ChainRepetitionSyntax(
      index: turns.index, count: turns.count, links: readLinks(links), label: readLabel(fields["label"]),
      range: node.range)
  }

  // MARK: if and repeat

  private mutating func readConditional(_ node: Node) -> ConditionalSyntax? {
    guard let fields = fields(of: node, "an `if`", keys: ["if", "then", "else"], needs: ["if", "then", "else"]),
      let condition = fields["if"], let then = fields["then"], let otherwise = fields["else"]
    else { return nil }
    return ConditionalSyntax(
      condition: readValue(condition), then: readConditionalBlock(then), otherwise: readConditionalBlock(otherwise),
      range: node.range)
  }

  private mutating func readRepetition(_ node: Node) -> RepetitionSyntax? {
    guard
      let fields = fields(
        of: node, "a `repeat`", keys: ["repeat", "with", "body", "label"], needs: ["repeat", "with", "body"]),
      let turns = readTurns(fields), let body = fields["body"]
    else { return nil }
    var carried: [RepetitionSyntax.Carried] = []
    for entry in entries(of: fields["with"], "`with`", "x: image") {
      if let name = name(entry.key) { carried.append(.init(name: name, initial: readValue(entry.value))) }
    }
    return RepetitionSyntax(
      index: turns.index, count: turns.count, carried: carried,
      body: BlockSyntax(statements: readStatements(body, "`body`"), range: body.range),
      label: readLabel(fields["label"]), range: node.range)
  }

  /// `level < depth`
  private mutating func readTurns(_ fields: Fields) -> (index: Identifier, count: ExpressionSyntax)? {
    guard let node = fields["repeat"] else { return nil }
    let expression = readValue(node)
    switch expression.kind {
    case .binary(.less, _, let left, let count):
      if case .name(let name) = left.kind { return (Identifier(name, left.range), count) }
    case .invalid: return nil
    default: break
    }
    report(
      .yamlForm, "a `repeat` states a name that counts the turns, and their number", at: node,
      help: "write `repeat: i < 4`; `i` counts from 0")
    return nil
  }

  // MARK: Calls

  private mutating func readCall(_ entries: [Node.Entry], _ node: Node) -> CallSyntax? {
    let named = entries.filter { $0.key.scalar?.text != "label" }
    guard named.count == 1, let entry = named.first, let key = entry.key.scalar else {
      let stages = named.dropFirst()
      sink.report(
        Diagnostic(
          .yamlCall,
          named.isEmpty
            ? "the use of a stage has no name" : "the use of a stage has one key beside `label`, its name",
          at: stages.first?.key.range ?? node.range,
          related: named.first.map { stages.isEmpty ? [] : [.init($0.key.range, "the first one")] } ?? [],
          help: "the arguments stand behind the name: `conv: [8, kernel: 3, pad: same]`; two stages are two elements "
            + "of a sequence"))
      return nil
    }
    let place = key.style == .block ? entry.key.range : key.content
    let parts = key.text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var namespace: Identifier?
    var nameRange = place
    if parts.count == 2 {
      let dot = min(place.upper, place.lower + parts[0].utf8.count)
      guard let found = name(parts[0], at: SourceRange(file: file, lower: place.lower, upper: dot)) else { return nil }
      namespace = found
      nameRange = SourceRange(file: file, lower: min(place.upper, dot + 1), upper: place.upper)
    }
    let label = readLabel(entries.first { $0.key.scalar?.text == "label" }?.value)
    let arguments = readArguments(entry.value)
    guard let name = name(parts[parts.count - 1], at: nameRange) else { return nil }
    return CallSyntax(
      namespace: namespace, name: name, arguments: arguments, hasParentheses: !entry.value.isNull, label: label,
      range: node.range)
  }

  /// A sequence of values and `name: value` pairs, a mapping of names and values, or one value.
  private mutating func readArguments(_ node: Node) -> [ArgumentSyntax] {
    switch node.kind {
    case .scalar: return node.isNull ? [] : [ArgumentSyntax(name: nil, value: readArgumentValue(node))]
    case .mapping(let entries): return entries.compactMap { readArgument($0) }
    case .sequence(let elements):
      return elements.flatMap { element -> [ArgumentSyntax] in
        guard case .mapping(let entries) = element.kind else {
          return [ArgumentSyntax(name: nil, value: readArgumentValue(element))]
        }
        let keys = entries.map { $0.key.scalar?.text ?? "" }
        if keys == ["chain"] || keys.contains("if") || keys.contains("repeat") {
          return [ArgumentSyntax(name: nil, value: readArgumentValue(element))]
        }
        return entries.compactMap { readArgument($0) }
      }
    }
  }

  private mutating func readArgument(_ entry: Node.Entry) -> ArgumentSyntax? {
    let value = readArgumentValue(entry.value)
    guard let key = entry.key.scalar else { return nil }
    // `like` is a keyword elsewhere.
    if key.text == "like" { return ArgumentSyntax(name: Identifier("like", entry.key.range), value: value) }
    guard let name = name(entry.key) else { return nil }
    return ArgumentSyntax(name: name, value: value)
  }

  private mutating func readLabel(_ node: Node?) -> LabelSyntax? {
    guard let node else { return nil }
    guard let scalar = node.scalar, !node.isNull else {
      form(node, "a label", "a path such as `block.{i}.conv`")
      return nil
    }
    return NetworkLanguage.label(at: scalar.content, report: &sink)
  }
}
