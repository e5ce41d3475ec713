import FCNCore
import FCNStandard

/// Statements, values, links and arguments as forms.
extension NetworkWriter {
  // MARK: Statements

  mutating func statement(_ statement: StatementSyntax) -> Form.Pair {
    switch statement.kind {
    case .binding(let names, let value):
      let key = names.count == 1 ? ScalarSpelling.key(names[0].name) : names.map(\.name).joined(separator: ", ")
      return pair(statement.range, key) { $0.blockValue(value) }
    case .next(let name, let value): return pair(statement.range, "next \(name.name)") { $0.blockValue(value) }
    case .collect(let value): return pair(statement.range, "collect") { $0.blockValue(value) }
    case .result(let values):
      return pair(statement.range, "=") { writer in
        guard values.count != 1 else { return writer.blockValue(values[0]) }
        return .mapping([Form.Pair(key: "results", form: writer.results(values))], flow: false)
      }
    }
  }

  private mutating func statements(_ statements: [StatementSyntax]) -> Form {
    let pairs = statements.map { statement($0) }
    return Set(pairs.map(\.key)).count == pairs.count ? .mapping(pairs, flow: false) : Self.sequence(pairs)
  }

  /// `body`, `result` and `results`
  mutating func block(_ block: BlockSyntax) -> [Form.Pair] {
    var body = block.statements
    var result: (range: SourceRange, values: [ExpressionSyntax])?
    if let last = body.last, case .result(let values) = last.kind {
      result = (last.range, values)
      body.removeLast()
    }
    var pairs: [Form.Pair] = []
    if !body.isEmpty { pairs.append(Form.Pair(key: "body", form: statements(body))) }
    if let result {
      pairs.append(
        pair(result.range, result.values.count == 1 ? "result" : "results") { writer in
          result.values.count == 1 ? writer.blockValue(result.values[0]) : writer.results(result.values)
        })
    }
    return pairs
  }

  private mutating func results(_ values: [ExpressionSyntax]) -> Form {
    .sequence(values.map { value in element(value.range) { $0.value(value) } }, flow: true)
  }

  // MARK: Values

  /// A value behind the key of a statement, where the use of a stage begins on a line of its own.
  mutating func blockValue(_ expression: ExpressionSyntax) -> Form {
    let form = value(expression)
    if case .call = expression.kind, case .mapping(let pairs, _) = form { return .mapping(pairs, flow: false) }
    return form
  }

  mutating func value(_ expression: ExpressionSyntax) -> Form {
    switch expression.kind {
    case .chain(let head, let links): return chain(head, links)
    case .call(let syntax): return call(syntax)
    case .conditional(let syntax): return conditional(syntax)
    case .repetition(let syntax): return repetition(syntax)
    case .list(let elements):
      return .mapping([Form.Pair(key: "list", form: list(elements))], flow: true)
    case .parenthesized(let inner):
      if let text = scalar(expression), isFree(of: expression.range) { return text }
      return value(inner)
    default: return scalar(expression) ?? .literal(NetworkLanguage.text(of: expression))
    }
  }

  /// An expression as a plain scalar, where it can be one.
  private func scalar(_ expression: ExpressionSyntax) -> Form? {
    let isLiteral: Bool
    switch expression.kind {
    case .integer, .decimal, .flag: isLiteral = true
    case .unary(.negate, let operand):
      if case .integer = operand.kind {
        isLiteral = true
      } else if case .decimal = operand.kind {
        isLiteral = true
      } else {
        isLiteral = false
      }
    default: isLiteral = false
    }
    return ScalarSpelling.expression(NetworkLanguage.text(of: expression), isLiteral: isLiteral)
  }

  /// True where no comment stands in a range, so that it can be written as one text.
  private func isFree(of range: SourceRange) -> Bool {
    !pending.contains { $0.range.lower >= range.lower && $0.range.lower < range.upper }
  }

  private mutating func chain(_ head: ExpressionSyntax, _ links: [ChainLinkSyntax]) -> Form {
    var first = head
    if case .parenthesized(let inner) = head.kind { first = inner }
    var elements = [element(head.range) { $0.value(first) }]
    elements += links.map { link in element(link.range) { $0.form(link) } }
    // Labels and blocks read better on lines of their own.
    let isPlain = elements.allSatisfy { element in
      if case .mapping(let pairs, let flow) = element.form { return flow && pairs.count == 1 }
      return true
    }
    return .sequence(elements, flow: isPlain)
  }

  private mutating func list(_ elements: [ExpressionSyntax]) -> Form {
    .sequence(elements.map { value in element(value.range) { $0.argument(value) } }, flow: true)
  }

  private mutating func conditional(_ syntax: ConditionalSyntax) -> Form {
    .mapping(
      [
        Form.Pair(key: "if", form: value(syntax.condition)),
        Form.Pair(key: "then", form: conditionalBlock(syntax.then)),
        Form.Pair(key: "else", form: conditionalBlock(syntax.otherwise)),
      ], flow: false)
  }

  private mutating func conditionalBlock(_ syntax: BlockSyntax) -> Form {
    if syntax.statements.count == 1, case .result(let values) = syntax.statements[0].kind, values.count == 1 {
      return value(values[0])
    }
    return .mapping(block(syntax), flow: false)
  }

  private mutating func repetition(_ syntax: RepetitionSyntax) -> Form {
    let carried = syntax.carried.map { Form.Pair(key: ScalarSpelling.key($0.name.name), form: value($0.initial)) }
    return .mapping(
      [
        turns(syntax.index, syntax.count), Form.Pair(key: "with", form: .mapping(carried, flow: true)),
        Form.Pair(key: "body", form: statements(syntax.body.statements)),
      ] + label(syntax.label), flow: false)
  }

  private func turns(_ index: Identifier, _ count: ExpressionSyntax) -> Form.Pair {
    let name = ExpressionSyntax(.name(index.name), range: index.range)
    let turns = ExpressionSyntax(.binary(.less, operatorRange: index.range, name, count), range: count.range)
    let text = NetworkLanguage.text(of: turns)
    return Form.Pair(key: "repeat", form: ScalarSpelling.expression(text, isLiteral: false) ?? .literal(text))
  }

  // MARK: Links and calls

  private mutating func form(_ link: ChainLinkSyntax) -> Form {
    switch link {
    case .call(let syntax): return call(syntax)
    case .conditional(let syntax):
      var pairs = [
        Form.Pair(key: "if", form: value(syntax.condition)), Form.Pair(key: "then", form: links(syntax.then)),
      ]
      if let otherwise = syntax.otherwise { pairs.append(Form.Pair(key: "else", form: links(otherwise))) }
      return .mapping(pairs, flow: false)
    case .repetition(let syntax):
      return .mapping(
        [turns(syntax.index, syntax.count), Form.Pair(key: "links", form: links(syntax.links))]
          + label(syntax.label), flow: false)
    }
  }

  private mutating func links(_ links: [ChainLinkSyntax]) -> Form {
    .sequence(links.map { link in element(link.range) { $0.form(link) } }, flow: true)
  }

  private func label(_ syntax: LabelSyntax?) -> [Form.Pair] {
    guard let syntax else { return [] }
    let text = NetworkLanguage.text(of: syntax)
    let form = ScalarSpelling.expression(text, isLiteral: true) ?? .scalar(ScalarSpelling.quoted(text), flowSafe: true)
    return [Form.Pair(key: "label", form: form)]
  }

  mutating func call(_ syntax: CallSyntax) -> Form {
    if syntax.arguments.isEmpty, isFree(of: syntax.range),
      let text = ScalarSpelling.expression(NetworkLanguage.text(of: syntax), isLiteral: false)
    {
      return text
    }
    let key = (syntax.namespace.map { $0.name + "." } ?? "") + ScalarSpelling.key(syntax.name.name)
    let reserved = ["body", "chain", "label", "list", "result", "results", "kind", "value"]
    guard !reserved.contains(key) else { return .literal(NetworkLanguage.text(of: syntax)) }
    guard let arguments = arguments(syntax.arguments) else { return .literal(NetworkLanguage.text(of: syntax)) }
    return .mapping([Form.Pair(key: key, form: arguments)] + label(syntax.label), flow: true)
  }

  /// The arguments as one value, as a mapping where all have names, or as a sequence; nil where a name would be taken
  /// for a form.
  private mutating func arguments(_ arguments: [ArgumentSyntax]) -> Form? {
    if !arguments.isEmpty, arguments.allSatisfy({ $0.name != nil }),
      Set(arguments.map { $0.name?.name }).count == arguments.count
    {
      return .mapping(
        arguments.map { argument in
          pair(argument.range, ScalarSpelling.key(argument.name?.name ?? "")) { $0.argument(argument.value) }
        }, flow: true)
    }
    guard !arguments.contains(where: { $0.name?.name == "chain" }) else { return nil }
    let elements = arguments.map { argument -> Form.Element in
      element(argument.range) { writer in
        if let name = argument.name {
          return .mapping(
            [Form.Pair(key: ScalarSpelling.key(name.name), form: writer.argument(argument.value))], flow: true)
        }
        let form = writer.argument(argument.value)
        // A mapping in this place would be a named argument.
        guard case .mapping(let pairs, _) = form, !["if", "repeat", "chain"].contains(pairs.first?.key) else {
          return form
        }
        let chain = Form.sequence([Form.Element(form: form)], flow: true)
        return .mapping([Form.Pair(key: "chain", form: chain)], flow: true)
      }
    }
    if elements.count == 1, elements[0].notes.isEmpty, arguments[0].name == nil {
      switch elements[0].form {
      case .scalar, .literal: return elements[0].form
      default: break
      }
    }
    return .sequence(elements, flow: true)
  }

  mutating func argument(_ expression: ExpressionSyntax) -> Form {
    switch expression.kind {
    case .string(let text): return .scalar(ScalarSpelling.quoted(text), flowSafe: true)
    case .list(let elements): return list(elements)
    case .call where isFree(of: expression.range):
      if let text = scalar(expression), text.flow != nil { return text }
      return value(expression)
    case .chain:
      if isFree(of: expression.range), let text = scalar(expression), text.flow != nil { return text }
      return .mapping([Form.Pair(key: "chain", form: value(expression))], flow: true)
    default: return value(expression)
    }
  }
}
