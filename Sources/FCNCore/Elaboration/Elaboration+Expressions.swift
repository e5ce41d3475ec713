/// Numbers, names, lists, operators and chains.
extension Elaboration {
  /// What an expression stands for.
  /// - Parameter wordsAllowed: a bare name that nothing defines is a word.
  func evaluate(_ expression: ExpressionSyntax, in environment: Environment, wordsAllowed: Bool = false) -> Item {
    guard spend(at: expression.range) else { return .poison }
    guard descend(at: expression.range) else { return .poison }
    defer { nesting -= 1 }
    switch expression.kind {
    case .integer(let value): return .integer(value)
    case .decimal(let value): return .decimal(value)
    case .flag(let value): return .flag(value)
    case .string(let value): return .text(value)
    case .size(let rows, let columns): return .size(rows: rows, columns: columns)
    case .list(let members): return list(members, at: expression.range, in: environment)
    case .name(let name): return item(named: name, at: expression.range, in: environment, wordsAllowed: wordsAllowed)
    case .subscripted(let base, let index):
      return member(of: base, at: index, range: expression.range, in: environment)
    case .call(let call): return evaluate(call, piped: nil, in: environment)
    case .chain(let head, let links): return evaluate(head: head, links: links, in: environment)
    case .binary(let `operator`, let operatorRange, let left, let right):
      return evaluate(
        `operator`, at: operatorRange, left, right, whole: expression.range, in: environment)
    case .unary(let `operator`, let operand):
      return evaluate(`operator`, operand, range: expression.range, in: environment)
    case .parenthesized(let inner): return evaluate(inner, in: environment, wordsAllowed: wordsAllowed)
    case .conditional(let syntax): return evaluate(syntax, in: environment)
    case .repetition(let syntax): return evaluate(syntax, in: environment)
    case .invalid:
      isIncomplete = true
      return .poison
    }
  }

  /// What an expression stands for where exactly one thing is needed.
  func evaluateSingle(
    _ expression: ExpressionSyntax, in environment: Environment, wordsAllowed: Bool = false
  ) -> Item {
    let item = evaluate(expression, in: environment, wordsAllowed: wordsAllowed)
    return single(item, at: expression.range, in: environment)
  }

  private func single(_ item: Item, at range: SourceRange, in environment: Environment) -> Item {
    guard case .several(let results) = item else { return item }
    report(
      Diagnostic(
        .severalResults, results.isEmpty ? "this gives nothing" : "this gives \(results.count) results", at: range,
        help: results.isEmpty ? nil : "take them apart first, as in `a, b = ...`"),
      in: environment)
    return .poison
  }

  private func list(_ members: [ExpressionSyntax], at range: SourceRange, in environment: Environment) -> Item {
    guard members.count <= Elaborator.Limits.listLength else {
      report(listTooLong(at: range), in: environment)
      return .poison
    }
    let items = members.map { evaluateSingle($0, in: environment) }
    return items.contains { $0.isPoison } ? .poison : .list(items)
  }

  private func member(
    of base: ExpressionSyntax, at index: ExpressionSyntax, range: SourceRange, in environment: Environment
  ) -> Item {
    let list = evaluateSingle(base, in: environment)
    let position = evaluateSingle(index, in: environment)
    switch (list, position) {
    case (.poison, _), (_, .poison): return .poison
    case (.list(let items), .integer(let position)):
      if items.indices.contains(position) { return items[position] }
      report(
        Diagnostic(
          .indexOutOfRange, "there is no member \(position) in \(list.description)", at: index.range,
          help: items.isEmpty ? "the list is empty" : "members are numbered from 0 to \(items.count - 1)"),
        in: environment)
    case (.list, _):
      report(
        Diagnostic(.wrongKind, "\(position.description) is not a position in a list", at: index.range),
        in: environment)
    default:
      report(Diagnostic(.wrongKind, "\(list.description) has no members", at: base.range), in: environment)
    }
    return .poison
  }

  // MARK: Names

  private func item(
    named name: String, at range: SourceRange, in environment: Environment, wordsAllowed: Bool
  ) -> Item {
    if let binding = environment.scope.lookUp(name) { return binding.item }
    if wordsAllowed, definedFurtherDown(name, in: environment) == nil {
      wordPlaces[range] = environment
      return .word(name, at: range, isGiven: false)
    }
    reportUnknown(name, at: range, in: environment)
    return .poison
  }

  /// The place of a value of the network that is defined behind the text that is evaluated.
  private func definedFurtherDown(_ name: String, in environment: Environment) -> SourceRange? {
    environment.instances.isEmpty ? environment.unit.valueRanges[name] : nil
  }

  /// Reports a name that nothing visible has.
  func reportUnknown(_ name: String, at range: SourceRange, in environment: Environment) {
    // A bare word may have come here through definitions; what is visible counts where it was written.
    let environment = wordPlaces[range] ?? environment
    if let later = definedFurtherDown(name, in: environment) {
      let message =
        range.file === later.file && later.lower <= range.lower
        ? "`\(name)` is not visible here" : "`\(name)` is used before it is defined"
      report(
        Diagnostic(
          .usedBeforeDefinition, message, at: range, related: [Diagnostic.Label(later, "`\(name)` is defined here")],
          help: "move the definition up"),
        in: environment)
      return
    }
    if let value = environment.unit.valueRanges[name] {
      report(
        Diagnostic(
          .valueNotVisible, "a definition does not see the network's value `\(name)`", at: range,
          related: [Diagnostic.Label(value, "`\(name)` is defined here")],
          help: "give the definition a parameter for it"),
        in: environment)
      return
    }
    if environment.unit.definitions[name] != nil || registry.stages[name] != nil {
      let kind = registry.stages[name] != nil ? "stage" : "definition"
      report(
        Diagnostic(
          .stageAsValue, "`\(name)` is a \(kind), not a value", at: range,
          help: "use it on a value: `x -> \(name)`, or `\(name)(x)`"),
        in: environment)
      return
    }
    let visible = comparisons < Elaborator.Limits.comparisons ? environment.scope.visibleNames : []
    let truth = ["yes": "true", "on": "true", "no": "false", "off": "false"][name.lowercased()]
    let suggestion = truth ?? nearest(to: name, in: visible)
    let known = visible.count > 24 ? nil : Self.choices("names known here", Set(visible).sorted())
    report(
      Diagnostic(
        .unknownName, "unknown name `\(name)`", at: range,
        help: suggestion.map { "did you mean `\($0)`" } ?? known,
        fixIts: suggestion.map { [Self.replacement(of: range, by: $0)] } ?? []),
      in: environment)
  }

  /// The change to a suggested text; its title is the help of the finding, unless another is given.
  static func replacement(of range: SourceRange, by text: String, title: String? = nil) -> FixIt {
    FixIt(title ?? "did you mean `\(text)`", .suggested, [FixIt.Edit(range, text)])
  }

  // MARK: Operators

  private func evaluate(
    _ operator: BinaryOperator, at operatorRange: SourceRange, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    whole: SourceRange, in environment: Environment
  ) -> Item {
    if `operator` == .and || `operator` == .or {
      guard let first = truth(of: left, in: environment) else { return .poison }
      if first == (`operator` == .or) { return .flag(first) }
      return truth(of: right, in: environment).map { .flag($0) } ?? .poison
    }
    let compares = `operator` == .equal || `operator` == .notEqual
    let a = evaluateSingle(left, in: environment, wordsAllowed: compares)
    let b = evaluateSingle(right, in: environment, wordsAllowed: compares)
    if a.isPoison || b.isPoison { return .poison }
    if compares,
      let equal = equality(Operand(item: a, range: left.range), Operand(item: b, range: right.range), in: environment)
    {
      return equal.map { .flag($0 == (`operator` == .equal)) } ?? .poison
    }
    do throws(Arithmetic.Failure) {
      if let result = try Arithmetic.apply(`operator`, a, b) { return result }
    } catch {
      report(Diagnostic(error.id, error.message, at: whole, help: error.help), in: environment)
      return .poison
    }
    if let stage = LanguageWords.stage(for: `operator`),
      let call = OperatorCall(stage, Operand(item: a, range: left.range), Operand(item: b, range: right.range))
    {
      return apply(call, operatorRange: operatorRange, whole: whole, in: environment)
    }
    for case .word(let word, let range, false) in [a, b] {
      reportUnknown(word, at: range, in: environment)
      return .poison
    }
    report(
      Diagnostic(
        .operatorKinds, "`\(`operator`.rawValue)` is not defined between \(a.description) and \(b.description)",
        at: operatorRange,
        related: [Diagnostic.Label(left.range, a.description), Diagnostic.Label(right.range, b.description)]),
      in: environment)
    return .poison
  }

  /// Whether two things other than numbers are equal; the inner nil is an error that was reported, the outer one
  /// means that this is not decided here.
  private func equality(_ a: Operand, _ b: Operand, in environment: Environment) -> Bool?? {
    switch (a.item, b.item) {
    case (.flag(let a), .flag(let b)): return a == b
    case (.text(let a), .text(let b)): return a == b
    case (.size(let rows, let columns), .size(let otherRows, let otherColumns)):
      return rows == otherRows && columns == otherColumns
    case (.word(let first, let place, _), .word(let second, let otherPlace, _)):
      // Two bare words are compared for no reason: one of them was meant to be a name.
      if place != a.range || otherPlace != b.range { return first == second }
      reportUnknown(first, at: place, in: environment)
      return .some(nil)
    default: return nil
    }
  }

  private func evaluate(
    _ operator: UnaryOperator, _ operand: ExpressionSyntax, range: SourceRange, in environment: Environment
  ) -> Item {
    switch `operator` {
    case .not: return truth(of: operand, in: environment).map { .flag(!$0) } ?? .poison
    case .negate:
      let item = evaluateSingle(operand, in: environment)
      if item.isPoison { return .poison }
      do throws(Arithmetic.Failure) {
        if let result = try Arithmetic.negated(item) { return result }
      } catch {
        report(Diagnostic(error.id, error.message, at: range, help: error.help), in: environment)
        return .poison
      }
      var help: String?
      if case .value = item { help = "write `x * -1`" }
      report(
        Diagnostic(.operatorKinds, "`-` is not defined for \(item.description)", at: range, help: help),
        in: environment)
      return .poison
    }
  }

  // MARK: Chains

  private func evaluate(
    head: ExpressionSyntax, links: [ChainLinkSyntax], in environment: Environment
  ) -> Item {
    let item = evaluate(head, in: environment)
    return follow(links, from: Operand(item: item, range: head.range), in: environment).item
  }

  private func follow(_ links: [ChainLinkSyntax], from start: Operand, in environment: Environment) -> Operand {
    var operand = start
    guard let first = links.first else { return start }
    guard descend(at: first.range) else { return Operand(item: .poison, range: first.range) }
    defer { nesting -= 1 }
    for link in links {
      guard spend(at: link.range) else { return Operand(item: .poison, range: link.range) }
      operand.item = single(operand.item, at: operand.range, in: environment)
      switch link {
      case .call(let call):
        operand = Operand(item: evaluate(call, piped: operand, in: environment), range: call.range)
      case .conditional(let syntax):
        guard let condition = truth(of: syntax.condition, in: environment) else {
          return Operand(item: .poison, range: syntax.range)
        }
        operand = follow(condition ? syntax.then : syntax.otherwise ?? [], from: operand, in: environment)
      case .repetition(let syntax): operand = follow(syntax, from: operand, in: environment)
      }
    }
    return operand
  }

  private func follow(
    _ syntax: ChainRepetitionSyntax, from start: Operand, in environment: Environment
  ) -> Operand {
    var operand = start
    let label = RepeatLabel(syntax.label, index: syntax.index.name)
    guard let count = turns(of: syntax.count, in: environment), let prefix = prefix(of: label, in: environment)
    else { return Operand(item: .poison, range: syntax.range) }
    for turn in 0..<count {
      var inner = environment
      inner.scope = Scope(parent: environment.scope)
      inner.statement = StatementNames(base: nil)
      declare(syntax.index, .integer(turn), in: inner)
      guard spend(at: syntax.range),
        let turnPrefix = turnPrefix(of: label, turn: turn, prefix: prefix, in: inner)
      else { return Operand(item: .poison, range: syntax.range) }
      inner.prefix = turnPrefix
      inner.scopes.append(nextScope(path: turnPrefix, []))
      operand = follow(syntax.links, from: operand, in: inner)
      // What went wrong in one turn goes wrong in the next.
      if operand.item.isPoison { break }
    }
    return operand
  }
}
