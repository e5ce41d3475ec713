/// Statements, blocks, conditions and repeats.
extension Elaboration {
  /// A statement of the network itself.
  func elaborate(_ statement: StatementSyntax, in environment: Environment) {
    switch statement.kind {
    case .binding(let names, let value): bind(names, to: value, in: environment)
    case .result(let expressions):
      for expression in expressions { _ = evaluate(expression, in: environment) }
      report(
        Diagnostic(
          .looseValue, "this value has no name and goes nowhere", at: statement.range,
          help: "name it: `NAME = ...`, or `output NAME = ...`"))
    case .next(let name, _): misplaced("next \(name.name)", statement, in: environment)
    case .collect: misplaced("collect", statement, in: environment)
    }
  }

  private func misplaced(_ word: String, _ statement: StatementSyntax, in environment: Environment) {
    report(
      Diagnostic(
        .outsideRepeat, "`\(word)` stands outside the block of a repeat", at: statement.range,
        help: "`next` and `collect` are statements of the block of a repeat itself"),
      in: environment)
  }

  private func bind(_ names: [Identifier], to value: ExpressionSyntax, in environment: Environment) {
    var environment = environment
    environment.statement = StatementNames(base: names.first?.name)
    let item = evaluate(value, in: environment)
    let items: [Item]
    switch item {
    case .poison: items = Array(repeating: .poison, count: names.count)
    case .several(let results): items = results
    default: items = [item]
    }
    guard items.count == names.count else {
      let given = items.count == 1 ? "one result" : "\(items.count) results"
      report(
        Diagnostic(
          .resultCount, "\(given) for \(names.count == 1 ? "one name" : "\(names.count) names")", at: value.range,
          related: names.map { Diagnostic.Label($0.range, "a name") }.suffix(1),
          help: "give a name to each result; a name that begins with `_` may stay unused"),
        in: environment)
      for name in names { declare(name, .poison, in: environment) }
      return
    }
    for (name, item) in zip(names, items) { declare(name, item, in: environment, isStatement: true) }
  }

  /// The results of the body of a definition or of an `if`.
  /// - Parameter statementNames: what names the stages in the statement of the results.
  func results(of block: BlockSyntax, in environment: Environment, statementNames: StatementNames) -> Item {
    var item: Item?
    for (index, statement) in block.statements.enumerated() {
      guard spend(at: statement.range) else { return .poison }
      switch statement.kind {
      case .binding(let names, let value): bind(names, to: value, in: environment)
      case .next(let name, _): misplaced("next \(name.name)", statement, in: environment)
      case .collect: misplaced("collect", statement, in: environment)
      case .result(let expressions):
        guard index == block.statements.count - 1 else {
          report(
            Diagnostic(
              .looseValue, "this value has no name and goes nowhere", at: statement.range,
              help: "only the last statement of a block states results; name this value, or remove it"),
            in: environment)
          continue
        }
        var inner = environment
        inner.statement = statementNames
        if expressions.count == 1 {
          item = evaluate(expressions[0], in: inner)
        } else {
          item = .several(expressions.map { evaluateSingle($0, in: inner) })
        }
      }
    }
    guard let item else {
      if case .result? = block.statements.last?.kind { return .poison }
      let last = block.statements.last?.range ?? block.range
      report(
        Diagnostic(
          .missingResult, "the block states no result", at: last,
          help: "end the block with the value, or the values separated by commas, that it gives"),
        in: environment)
      return .poison
    }
    return item
  }

  // MARK: if

  func evaluate(_ syntax: ConditionalSyntax, in environment: Environment) -> Item {
    guard let condition = truth(of: syntax.condition, in: environment) else { return .poison }
    var inner = environment
    inner.scope = Scope(parent: environment.scope)
    return results(
      of: condition ? syntax.then : syntax.otherwise, in: inner, statementNames: environment.statement)
  }

  /// The truth value of a condition; nil, with an error, where it has none.
  func truth(of expression: ExpressionSyntax, in environment: Environment) -> Bool? {
    switch evaluateSingle(expression, in: environment) {
    case .flag(let flag): return flag
    case .poison: return nil
    case let item:
      report(
        Diagnostic(
          .conditionNotTruth, "\(item.description) is not a truth value", at: expression.range,
          help: "compare it, as in `depth > 3`, or write `true` or `false`"),
        in: environment)
      return nil
    }
  }

  // MARK: repeat

  func evaluate(_ syntax: RepetitionSyntax, in environment: Environment) -> Item {
    let count = turns(of: syntax.count, in: environment)
    var carried = syntax.carried.map { given(evaluateSingle($0.initial, in: environment)) }
    let label = RepeatLabel(syntax.label, index: syntax.index.name)
    guard let count, let prefix = prefix(of: label, in: environment) else { return .poison }
    var collected: [Item] = []
    for turn in 0..<count {
      guard spend(at: syntax.range) else { return .poison }
      var inner = environment
      inner.scope = Scope(parent: environment.scope)
      declare(syntax.index, .integer(turn), in: inner)
      for (carry, item) in zip(syntax.carried, carried) { declare(carry.name, item, in: inner) }
      guard let turnPrefix = turnPrefix(of: label, turn: turn, prefix: prefix, in: inner) else { return .poison }
      inner.prefix = turnPrefix
      inner.scopes.append(nextScope(path: turnPrefix, zip(syntax.carried.map(\.name.name), carried).map { ($0, $1) }))
      guard let next = evaluateTurn(syntax, in: inner, collected: &collected) else { return .poison }
      carried = next
    }
    let collects = syntax.body.statements.contains {
      if case .collect = $0.kind { return true }
      return false
    }
    let results = carried + (collects ? [.list(collected)] : [])
    return results.count == 1 ? results[0] : .several(results)
  }

  /// One turn: the carried values for the next; nil where the work has to stop.
  private func evaluateTurn(
    _ syntax: RepetitionSyntax, in environment: Environment, collected: inout [Item]
  ) -> [Item]? {
    var next: [String: (item: Item, range: SourceRange)] = [:]
    for statement in syntax.body.statements {
      guard spend(at: statement.range) else { return nil }
      var inner = environment
      switch statement.kind {
      case .binding(let names, let value): bind(names, to: value, in: environment)
      case .next(let name, let value):
        inner.statement = StatementNames(base: name.name)
        let item = given(evaluateSingle(value, in: inner))
        if !syntax.carried.contains(where: { $0.name.name == name.name }) {
          let names = syntax.carried.map(\.name.name)
          report(
            Diagnostic(
              .notCarried, "the repeat carries no `\(name.name)`", at: name.range,
              help: nearest(to: name.name, in: names).map { "did you mean `\($0)`" }
                ?? Self.choices("it carries", names)),
            in: environment)
        } else if let previous = next[name.name] {
          report(
            Diagnostic(
              .nameTaken, "`next \(name.name)` is given twice in a turn", at: name.range,
              related: [Diagnostic.Label(previous.range, "given here")], help: "remove one of the two"),
            in: environment)
        } else {
          next[name.name] = (item, name.range)
        }
      case .collect(let value):
        inner.statement = StatementNames(base: nil)
        collected.append(evaluateSingle(value, in: inner))
        guard collected.count <= Elaborator.Limits.listLength else {
          halt(listTooLong(at: statement.range))
          return nil
        }
      case .result:
        report(
          Diagnostic(
            .looseValue, "the block of a repeat states no results", at: statement.range,
            help: "write `next NAME = ...` for a carried value, or `collect ...`"),
          in: environment)
      }
    }
    return syntax.carried.map { carry in
      if let (item, _) = next[carry.name.name] { return item }
      report(
        Diagnostic(
          .missingNext, "the block gives no next `\(carry.name.name)`", at: carry.name.range,
          help: "add `next \(carry.name.name) = ...`"),
        in: environment)
      return .poison
    }
  }

  func listTooLong(at range: SourceRange) -> Diagnostic {
    Diagnostic(.listTooLong, "a list has at most \(Elaborator.Limits.listLength) members", at: range)
  }

  /// The number of turns; nil, with an error, where it is none.
  func turns(of expression: ExpressionSyntax, in environment: Environment) -> Int? {
    switch evaluateSingle(expression, in: environment) {
    case .integer(let count) where (0...Elaborator.Limits.turns).contains(count): return count
    case .poison: return nil
    case let item:
      report(
        Diagnostic(
          .repeatCount, "\(item.description) is not a number of turns", at: expression.range,
          help: "a repeat takes a whole number from 0 to \(Elaborator.Limits.turns)"),
        in: environment)
      return nil
    }
  }
}
