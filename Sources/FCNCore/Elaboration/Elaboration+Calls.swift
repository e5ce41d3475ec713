/// Functions of the language and uses of definitions.
extension Elaboration {
  /// The use of a stage, a definition or a function; `piped` stands before the `->`.
  func evaluate(_ call: CallSyntax, piped: Operand?, in environment: Environment) -> Item {
    if let namespace = call.namespace {
      return evaluateIncluded(call, in: namespace, piped: piped, environment)
    }
    let name = call.name.name
    if name == LanguageWords.channels { return channels(call, piped: piped, in: environment) }
    if name == LanguageWords.least || name == LanguageWords.greatest {
      if let extreme = numericExtreme(call, piped: piped, in: environment) { return extreme }
    }
    if let definition = environment.unit.definitions[name] {
      return use(definition, call, piped: piped, in: environment)
    }
    if let stage = registry.stages[name] { return use(stage, call, piped: piped, in: environment) }
    evaluateAside(call, in: environment)
    reportUnknownStage(call, piped: piped, in: environment)
    return .poison
  }

  private func evaluateIncluded(
    _ call: CallSyntax, in namespace: Identifier, piped: Operand?, _ environment: Environment
  ) -> Item {
    guard let (included, _) = environment.unit.includes[namespace.name] else {
      let names = environment.unit.includes.keys.sorted()
      let suggestion = nearest(to: namespace.name, in: names)
      evaluateAside(call, in: environment)
      report(
        Diagnostic(
          .unknownInclude, "nothing is included as `\(namespace.name)`", at: namespace.range,
          help: suggestion.map { "did you mean `\($0)`" } ?? Self.choices("included", names)
            ?? "add `include \"FILE\" as \(namespace.name)`",
          fixIts: suggestion.map { [Self.replacement(of: namespace.range, by: $0)] } ?? []),
        in: environment)
      return .poison
    }
    guard let included else {
      evaluateAside(call, in: environment)
      return .poison
    }
    if let definition = included.definitions[call.name.name] {
      return use(definition, call, piped: piped, in: environment)
    }
    let names = included.definitions.keys.sorted()
    let suggestion = nearest(to: call.name.name, in: names)
    evaluateAside(call, in: environment)
    report(
      Diagnostic(
        .unknownStage, "`\(namespace.name)` has no definition `\(call.name.name)`", at: call.name.range,
        help: suggestion.map { "did you mean `\($0)`" } ?? Self.choices("definitions", names),
        fixIts: suggestion.map { [Self.replacement(of: call.name.range, by: $0)] } ?? []),
      in: environment)
    return .poison
  }

  /// Finds the errors in the arguments of a use that is wrong itself. Bare names may be words, so they are not looked
  /// up.
  private func evaluateAside(_ call: CallSyntax, in environment: Environment) {
    for argument in call.arguments { _ = evaluate(argument.value, in: environment, wordsAllowed: true) }
  }

  private func reportUnknownStage(_ call: CallSyntax, piped: Operand?, in environment: Environment) {
    let name = call.name.name
    if let binding = environment.scope.lookUp(name) {
      report(
        Diagnostic(
          .valueAsStage, "`\(name)` is \(binding.item.isPoison ? "a value" : binding.item.description), not a stage",
          at: call.name.range, related: [Diagnostic.Label(binding.range, "`\(name)` is given here")],
          help: "a chain is made of stages; two values are joined as in `concat(x, \(name))` or `x + \(name)`"),
        in: environment)
      return
    }
    let suggestion = nearest(
      to: name, in: Array(registry.stages.keys) + environment.unit.definitions.keys + LanguageWords.functions)
    report(
      Diagnostic(
        .unknownStage, "unknown stage `\(name)`", at: call.name.range,
        help: suggestion.map { "did you mean `\($0)`" } ?? "`fcnc stages` lists every stage",
        fixIts: suggestion.map { [Self.replacement(of: call.name.range, by: $0)] } ?? []),
      in: environment)
  }

  // MARK: Functions

  private func channels(_ call: CallSyntax, piped: Operand?, in environment: Environment) -> Item {
    let operands =
      (piped.map { [$0] } ?? [])
      + call.arguments.map {
        Operand(item: evaluateSingle($0.value, in: environment), range: $0.range)
      }
    guard operands.count == 1, call.arguments.allSatisfy({ $0.name == nil }) else {
      report(
        Diagnostic(.inputCount, "`channels` takes one value", at: call.name.range, help: "write `channels(x)`"),
        in: environment)
      return .poison
    }
    switch operands[0].item {
    case .value(let id): return .integer(graph.values[id].type.channels)
    case .poison: return .poison
    case let item:
      report(
        Diagnostic(.wrongKind, "\(item.description) has no channels", at: operands[0].range, help: "give it a value"),
        in: environment)
      return .poison
    }
  }

  /// `min` or `max` of numbers; nil where a value, a list or a name is among the arguments: then it is the stage.
  private func numericExtreme(_ call: CallSyntax, piped: Operand?, in environment: Environment) -> Item? {
    guard piped == nil, !call.arguments.isEmpty, call.arguments.allSatisfy({ $0.name == nil }),
      call.arguments.allSatisfy({ isNumeric($0.value, in: environment) })
    else { return nil }
    var result: Item?
    for argument in call.arguments {
      let item = evaluateSingle(argument.value, in: environment)
      guard let number = item.number else { return .poison }
      if let best = result?.number, call.name.name == LanguageWords.least ? best <= number : best >= number {
        continue
      }
      result = item
    }
    return result
  }

  /// Whether an expression gives a number, without evaluating it: evaluating a chain twice would make its stages twice.
  private func isNumeric(_ expression: ExpressionSyntax, in environment: Environment) -> Bool {
    switch expression.kind {
    case .integer, .decimal: return true
    case .parenthesized(let inner), .unary(.negate, let inner): return isNumeric(inner, in: environment)
    case .binary(_, _, let left, let right):
      return isNumeric(left, in: environment) && isNumeric(right, in: environment)
    case .name(let name): return environment.scope.lookUp(name)?.item.isNumber ?? false
    case .subscripted(let base, _):
      guard case .name(let name) = base.kind, case .list(let items)? = environment.scope.lookUp(name)?.item else {
        return false
      }
      return items.allSatisfy(\.isNumber)
    case .call(let call):
      guard call.namespace == nil else { return false }
      if call.name.name == LanguageWords.channels { return true }
      return (call.name.name == LanguageWords.least || call.name.name == LanguageWords.greatest)
        && call.arguments.allSatisfy { isNumeric($0.value, in: environment) }
    default: return false
    }
  }

  // MARK: Definitions

  private func use(
    _ definition: Definition, _ call: CallSyntax, piped: Operand?, in environment: Environment
  ) -> Item {
    let name = definition.syntax.name.name
    if let start = environment.instances.firstIndex(where: { $0.definition === definition }) {
      let labels = environment.instances[start...].prefix(8).map {
        Diagnostic.Label($0.range, "`\($0.definition.syntax.name.name)` is used here")
      }
      report(
        Diagnostic(
          .recursiveDefinition, "the definition `\(name)` uses itself", at: call.name.range, related: labels,
          help: "use `repeat` for a fixed number of turns"))
      return .poison
    }
    guard descend(at: call.range) else { return .poison }
    defer { nesting -= 1 }
    let bound = bindArguments(of: definition, call, piped: piped, in: environment)
    guard let prefix = path(of: call, in: environment), let bound else { return .poison }
    var inner = Environment(unit: definition.unit, scope: Scope(parent: definition.unit.parameters))
    inner.instances = environment.instances + [Environment.Instance(definition: definition, range: call.range)]
    let named = definition.syntax.parameters.compactMap { parameter in
      bound[parameter.name.name].map { (parameter.name.name, $0) }
    }
    inner.scopes = environment.scopes + [nextScope(definition: name, path: prefix, named)]
    inner.prefix = prefix
    for parameter in definition.syntax.parameters {
      guard let item = bound[parameter.name.name] ?? defaultItem(parameter, in: inner) else { return .poison }
      declare(parameter.name, item, in: inner)
    }
    let item = results(of: definition.syntax.body, in: inner, statementNames: StatementNames(base: nil))
    // Of a definition that is nothing but the use of another at the same path the outer one counts, which comes later.
    if case .value(let id) = item, !prefix.text.isEmpty { graph.definitionResults[prefix.text] = id }
    return item
  }

  private func defaultItem(_ parameter: ParameterSyntax, in environment: Environment) -> Item? {
    parameter.defaultValue.map { given(evaluateSingle($0, in: environment, wordsAllowed: true)) }
  }

  /// The items that the arguments give to the parameters; nil, with errors, where they do not fit.
  private func bindArguments(
    of definition: Definition, _ call: CallSyntax, piped: Operand?, in environment: Environment
  ) -> [String: Item]? {
    let parameters = definition.syntax.parameters
    let name = definition.syntax.name.name
    guard spend(parameters.count, at: call.range) else { return nil }
    var bound: [String: (item: Item, range: SourceRange)] = [:]
    var position = 0
    var isSound = true
    func refuse(_ diagnostic: Diagnostic) {
      report(diagnostic, in: environment)
      isSound = false
    }
    func bindNext(_ operand: Operand) {
      defer { position += 1 }
      guard position < parameters.count else {
        if position == parameters.count {
          refuse(
            Diagnostic(
              .tooManyArguments, "`\(name)` takes \(parameters.count) arguments at most", at: operand.range,
              related: [Diagnostic.Label(definition.syntax.name.range, "`\(name)` is defined here")],
              help: Self.choices("its parameters", parameters.map(\.name.name))))
        }
        return
      }
      bound[parameters[position].name.name] = (operand.item, operand.range)
    }
    if let piped { bindNext(piped) }
    var named: SourceRange?
    for argument in call.arguments {
      let item = evaluateSingle(argument.value, in: environment, wordsAllowed: true)
      guard let argumentName = argument.name else {
        if let named { refuse(Self.positionalAfterNamed(argument.range, named)) }
        bindNext(Operand(item: item, range: argument.range))
        continue
      }
      named = argument.range
      if let previous = bound[argumentName.name] {
        refuse(Self.duplicateArgument(argumentName, previous: previous.range))
      } else if parameters.contains(where: { $0.name.name == argumentName.name }) {
        bound[argumentName.name] = (item, argument.range)
      } else {
        refuse(unknownArgument(argumentName, of: name, known: parameters.map(\.name.name)))
      }
    }
    let missing = parameters.filter { $0.defaultValue == nil && bound[$0.name.name] == nil }.map(\.name.name)
    if isSound, !missing.isEmpty {
      refuse(
        Self.missingArguments(
          missing, of: name, at: call.name.range,
          related: [Diagnostic.Label(definition.syntax.name.range, "`\(name)` is defined here")]))
    }
    return isSound ? bound.mapValues(\.item) : nil
  }

  // MARK: Messages

  static func positionalAfterNamed(_ range: SourceRange, _ named: SourceRange) -> Diagnostic {
    Diagnostic(
      .positionalAfterNamed, "an argument without a name follows one with a name", at: range,
      related: [Diagnostic.Label(named, "this argument has a name")],
      help: "name the argument, or move it to the front")
  }

  static func duplicateArgument(_ name: Identifier, previous: SourceRange) -> Diagnostic {
    Diagnostic(
      .duplicateArgument, "the argument `\(name.name)` is given twice", at: name.range,
      related: [Diagnostic.Label(previous, "given here")], help: "remove one of the two")
  }

  func unknownArgument(_ name: Identifier, of stage: String, known: [String]) -> Diagnostic {
    let suggestion = nearest(to: name.name, in: known)
    return Diagnostic(
      .unknownArgument, "`\(stage)` has no parameter `\(name.name)`", at: name.range,
      help: suggestion.map { "did you mean `\($0)`" } ?? Self.choices("parameters", known),
      fixIts: suggestion.map { [Self.replacement(of: name.range, by: $0)] } ?? [])
  }

  static func missingArguments(
    _ names: [String], of stage: String, at range: SourceRange, words: [String: [String]] = [:],
    related: [Diagnostic.Label] = []
  ) -> Diagnostic {
    func list(_ names: [String]) -> String {
      names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }
    return Diagnostic(
      .missingArgument, "`\(stage)` needs \(list(names.map { "`\($0)`" }))", at: range, related: related,
      help: "add "
        + list(
          names.map { name in
            guard let words = words[name], let first = words.first else { return "`\(name): ...`" }
            let others = words.dropFirst().map { "`\($0)`" }.joined(separator: ", ")
            return "`\(name): \(first)`" + (others.isEmpty ? "" : " (or \(others))")
          }))
  }
}
