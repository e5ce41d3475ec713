/// Uses of stages: arguments, inputs, types, and the node that comes of them.
extension Elaboration {
  func use(
    _ type: any Stage.Type, _ call: CallSyntax, piped: Operand?, in environment: Environment
  ) -> Item {
    var use = StageUse(type, call)
    if let piped { take(piped, into: &use, in: environment) }
    matchArguments(&use, in: environment)
    return finish(&use, in: environment)
  }

  /// The use of a stage that an operator between values stands for.
  func apply(
    _ operatorCall: OperatorCall, operatorRange: SourceRange, whole: SourceRange, in environment: Environment
  ) -> Item {
    let name = operatorCall.stage.stage
    guard let type = registry.stages[name] else {
      report(
        Diagnostic(
          .unknownStage, "this operator is the stage `\(name)`, which is not registered", at: operatorRange,
          help: "load the plugin that registers `\(name)`"),
        in: environment)
      return .poison
    }
    let call = CallSyntax(
      name: Identifier(name, operatorRange), arguments: [], hasParentheses: true, label: nil, range: whole)
    var use = StageUse(type, call)
    use.inputs = operatorCall.inputs
    if let number = operatorCall.number {
      set(LanguageWords.numberArgument, to: number.item, at: number.range, in: &use, environment)
      if operatorCall.isReversed {
        set(LanguageWords.reversedArgument, to: .flag(true), at: number.range, in: &use, environment)
      }
    }
    return finish(&use, in: environment)
  }

  // MARK: Arguments

  private func matchArguments(_ use: inout StageUse, in environment: Environment) {
    let parameters = use.signature.parameters
    var named: SourceRange?
    for argument in use.call.arguments {
      if let name = argument.name {
        named = argument.range
        matchNamed(argument, name, in: &use, environment)
        continue
      }
      if let named { refuse(Self.positionalAfterNamed(argument.range, named), &use, environment) }
      let next = use.nextParameter(takingValues: false)
      let item = evaluateArgument(argument.value, for: next.map { parameters[$0] }, in: environment)
      let operand = Operand(item: item, range: argument.range)
      if isInput(item) {
        take(operand, into: &use, in: environment)
      } else if item.isPoison {
        use.isPoisoned = true
        use.position = next.map { $0 + 1 } ?? use.position
      } else if let next {
        use.position = next + 1
        set(parameters[next].name, to: item, at: argument.range, in: &use, environment)
      } else {
        refuse(
          Diagnostic(
            .tooManyArguments, "`\(use.signature.name)` has no parameter for \(item.description)", at: argument.range,
            help: Self.choices("parameters", parameters.map(\.name)) ?? "it has no parameters"),
          &use, environment)
      }
    }
  }

  /// An argument; a bare name is a word where the parameter offers it, and otherwise a name.
  private func evaluateArgument(
    _ expression: ExpressionSyntax, for parameter: Parameter?, in environment: Environment
  ) -> Item {
    let words = parameter.map { ArgumentChecker.words(of: $0.kind) } ?? []
    if case .name(let name) = expression.kind, words.contains(name) {
      return .word(name, at: expression.range, isGiven: true)
    }
    return evaluateSingle(expression, in: environment, wordsAllowed: !words.isEmpty)
  }

  /// Values, and lists of nothing but values, are inputs.
  private func isInput(_ item: Item) -> Bool {
    switch item {
    case .value: true
    case .list(let items): items.allSatisfy { if case .value = $0 { true } else { false } }
    default: false
    }
  }

  private func take(
    _ operand: Operand, into use: inout StageUse, in environment: Environment
  ) {
    switch operand.item {
    case .value:
      let most = use.signature.inputs.most ?? .max
      if use.inputs.count >= most, let next = use.nextParameter(takingValues: true) {
        use.position = next + 1
        let name = use.signature.parameters[next].name
        use.namedInputs.append((name, operand))
        use.argumentRanges[name] = operand.range
      } else {
        use.inputs.append(operand)
      }
    case .list(let items) where isInput(operand.item):
      guard spend(items.count, at: operand.range) else { return }
      use.inputs += items.map { Operand(item: $0, range: operand.range) }
    case .poison: use.isPoisoned = true
    default:
      refuse(
        Diagnostic(
          .wrongKind, "`\(use.signature.name)` takes a value, not \(operand.item.description)", at: operand.range),
        &use, environment)
    }
  }

  private func matchNamed(
    _ argument: ArgumentSyntax, _ name: Identifier, in use: inout StageUse, _ environment: Environment
  ) {
    let parameter = use.signature.parameters.first { $0.name == name.name }
    let item =
      parameter == nil
      ? evaluateSingle(argument.value, in: environment, wordsAllowed: true)
      : evaluateArgument(argument.value, for: parameter, in: environment)
    if let previous = use.argumentRanges[name.name] {
      refuse(Self.duplicateArgument(name, previous: previous), &use, environment)
      return
    }
    guard let parameter else {
      let known = use.signature.parameters.map(\.name)
      refuse(unknownArgument(name, of: use.signature.name, known: known), &use, environment)
      return
    }
    guard case .value = parameter.kind else {
      set(parameter.name, to: item, at: argument.value.range, in: &use, environment)
      return
    }
    use.argumentRanges[parameter.name] = argument.value.range
    switch item {
    case .value: use.namedInputs.append((parameter.name, Operand(item: item, range: argument.value.range)))
    case .poison: use.isPoisoned = true
    default:
      refuse(
        Diagnostic(
          .wrongKind, "`\(parameter.name)` takes a value, not \(item.description)", at: argument.value.range),
        &use, environment)
    }
  }

  private func set(
    _ name: String, to item: Item, at range: SourceRange, in use: inout StageUse, _ environment: Environment
  ) {
    guard let parameter = use.signature.parameters.first(where: { $0.name == name }) else {
      refuse(
        Diagnostic(
          .wrongKind, "`\(use.signature.name)` takes values only, not \(item.description)", at: range),
        &use, environment)
      return
    }
    use.argumentRanges[name] = range
    if item.isPoison {
      use.isPoisoned = true
      return
    }
    do throws(ArgumentChecker.Failure) {
      use.arguments[name] = try ArgumentChecker.check(item, for: parameter)
    } catch {
      if case .word(let word, let place, false) = item, error.id == .wrongKind || place != range {
        use.isSound = false
        reportUnknown(word, at: place, in: environment)
        return
      }
      refuse(
        Diagnostic(
          error.id, error.message, at: range, help: error.help,
          fixIts: error.replacement.map { [Self.replacement(of: range, by: $0, title: error.help)] } ?? []),
        &use, environment)
    }
  }

  private func refuse(_ diagnostic: Diagnostic, _ use: inout StageUse, _ environment: Environment) {
    use.isSound = false
    report(diagnostic, in: environment)
  }

  private func checkCompleteness(_ use: inout StageUse, in environment: Environment) {
    guard !use.isPoisoned, use.isSound else { return }
    let signature = use.signature
    var missing: [String] = []
    for parameter in signature.parameters where use.argumentRanges[parameter.name] == nil {
      switch parameter.defaultValue {
      case .value(let argument): use.arguments[parameter.name] = argument
      case .required: missing.append(parameter.name)
      case .optional: break
      }
    }
    let most = signature.inputs.most ?? Int.max
    if use.inputs.count < signature.inputs.least || use.inputs.count > most {
      let least = signature.inputs.least
      let expected =
        least == most
        ? (least == 1 ? "one value" : "\(least) values")
        : most == Int.max
          ? (least == 1 ? "one value or more" : "\(least) values or more") : "\(least) to \(most) values"
      let given = use.inputs.isEmpty ? "none" : String(use.inputs.count)
      refuse(
        Diagnostic(
          .inputCount, "`\(signature.name)` takes \(expected), \(given) \(use.inputs.count == 1 ? "is" : "are") given",
          at: use.call.name.range,
          related: use.inputs.prefix(8).map { Diagnostic.Label($0.range, "a value") },
          help: "values come through `->` or as arguments without a name, as in `\(signature.example)`"),
        &use, environment)
    }
    if !missing.isEmpty {
      refuse(
        Self.missingArguments(
          missing, of: signature.name, at: use.call.name.range,
          words: Dictionary(signature.parameters.map { ($0.name, ArgumentChecker.words(of: $0.kind)) }) { $1 }),
        &use, environment)
    }
  }

  // MARK: The node

  private func finish(_ use: inout StageUse, in environment: Environment) -> Item {
    // The path is taken even where the use is wrong, so that the others keep their names.
    let path = path(of: use.call, in: environment)
    checkCompleteness(&use, in: environment)
    guard let path, use.isSound, !use.isPoisoned, !isHalted else { return .poison }
    for (parameter, operand) in use.namedInputs {
      use.arguments[parameter] = .input(use.inputs.count)
      use.inputs.append(operand)
    }
    let ids = use.inputs.compactMap { operand -> Graph.ValueID? in
      if case .value(let id) = operand.item { return id }
      return nil
    }
    let types = ids.map { graph.values[$0].type }
    guard checkInputs(ids, of: use, in: environment) else { return .poison }
    guard spend(ids.count, at: use.call.range) else { return .poison }
    do throws(Rejection) {
      let stage = try aligned(use.type.init(Arguments(use.arguments)), to: ids)
      let outputs = try stage.outputTypes(for: types)
      guard check(outputs, of: use, in: environment) else { return .poison }
      let requirements = stage.weights(for: types)
      if !requirements.isEmpty {
        claimWeights(path, requirements: requirements, use: use.call, in: environment)
      } else if let label = use.call.label {
        report(
          Diagnostic(
            .labelWithoutWeights, "`\(use.signature.name)` has no weights to name", at: label.range,
            severity: .warning, help: "remove the label"),
          in: environment)
      }
      return add(stage, ids, outputs, path: requirements.isEmpty ? "" : path.text, use, in: environment)
    } catch {
      report(diagnostic(for: error, in: use, environment))
      return .poison
    }
  }

  /// A stage that depends on where its inputs lie, told so.
  private func aligned(_ stage: any Stage, to inputs: [Graph.ValueID]) throws(Rejection) -> any Stage {
    guard let stage = stage as? any AlignedStage else { return stage }
    let places: InputPlaces
    do throws(Extent.Failure) {
      places = try InputPlaces(graph, of: inputs)
    } catch {
      throw Rejection(
        "where the inputs of `\(type(of: stage).signature.name)` lie repeats only after too many pixels",
        help: "give numbers in place of what follows from the places")
    }
    return try stage.aligned(to: places)
  }

  private func add(
    _ stage: any Stage, _ inputs: [Graph.ValueID], _ types: [TensorType], path: String, _ use: StageUse,
    in environment: Environment
  ) -> Item {
    guard graph.nodes.count < Elaborator.Limits.stages else {
      halt(
        Diagnostic(
          .networkTooLarge, "the network has more than \(Elaborator.Limits.stages) stages", at: use.call.range,
          related: instanceLabels(environment), help: "look at the repeats and definitions that multiply here"))
      return .poison
    }
    sizeBranches += types.reduce(0) { $0 + $1.height.period + $1.width.period }
    guard sizeBranches <= Elaborator.Limits.sizeBranches else {
      halt(
        Diagnostic(
          .sizesTooComplex, "the sizes in this network repeat after too many pixels to be worked out",
          at: use.call.range, help: "use smaller strides, or strides with common factors"))
      return .poison
    }
    let outputs = types.indices.map { graph.values.count + $0 }
    for (index, type) in types.enumerated() {
      let name = types.count == 1 ? use.signature.name : "\(use.signature.name)_\(use.signature.outputs[index])"
      graph.values.append(Graph.Value(name: name, type: type, range: use.call.range))
    }
    if let answer = stage as? any AnswerStage {
      answers[outputs[0]] = AnswerUse(stage: answer, inputs: inputs, range: use.call.range)
      return .value(outputs[0])
    }
    let prefix = environment.prefix.text
    let origin = Graph.Origin(
      range: use.call.range, arguments: use.argumentRanges, instances: environment.instances.map(\.range),
      scopes: environment.scopes,
      impliedName: use.call.label == nil ? String(path.dropFirst(prefix.isEmpty ? 0 : prefix.count + 1)) : nil)
    graph.nodes.append(
      Graph.Node(stage: stage, inputs: inputs, outputs: outputs, weightPath: path, origin: origin))
    return outputs.count == 1 ? .value(outputs[0]) : .several(outputs.map { .value($0) })
  }

  /// What a plugin must keep to; a fault is reported, not trusted.
  private func check(_ outputs: [TensorType], of use: StageUse, in environment: Environment) -> Bool {
    let name = use.signature.name
    guard outputs.count == use.signature.outputs.count else {
      report(
        Diagnostic(
          .stageFault, "the stage `\(name)` gives \(outputs.count) types for \(use.signature.outputs.count) outputs",
          at: use.call.name.range, help: "this is a fault of the plugin that registers `\(name)`"),
        in: environment)
      return false
    }
    for type in outputs where !(1...Elaborator.Limits.channels).contains(type.channels) {
      report(
        Diagnostic(
          .tooManyChannels, "`\(name)` gives \(type.channels) channels", at: use.call.name.range,
          help: "a value has 1 to \(Elaborator.Limits.channels) channels"),
        in: environment)
      return false
    }
    return true
  }

  // MARK: Rejections

  /// The finding that a stage's rejection stands for: subjects become ranges of the text.
  private func diagnostic(for rejection: Rejection, in use: StageUse, _ environment: Environment) -> Diagnostic {
    func range(of subject: Rejection.Subject) -> SourceRange {
      switch subject {
      case .stage: use.call.name.range
      case .argument(let name): use.argumentRanges[name] ?? use.call.name.range
      case .input(let index): use.inputs.indices.contains(index) ? use.inputs[index].range : use.call.name.range
      }
    }
    let place = range(of: rejection.subject)
    var related = rejection.related.map { Diagnostic.Label(range(of: $0.subject), $0.text) }
    if case .argument = rejection.subject, place != use.call.name.range {
      related.append(Diagnostic.Label(use.call.name.range, "for this `\(use.signature.name)`"))
    }
    for subject in [rejection.subject] + rejection.related.map(\.subject) {
      if case .input(let index) = subject, use.inputs.indices.contains(index) {
        related += definingLabel(of: use.inputs[index])
      }
    }
    return Diagnostic(
      rejection.id ?? .stageRejected, rejection.message, at: place, related: related + instanceLabels(environment),
      notes: rejection.notes, help: rejection.help)
  }

  /// Where a value comes from, and what it is there.
  private func definingLabel(of operand: Operand) -> [Diagnostic.Label] {
    guard case .value(let id) = operand.item, let range = graph.values[id].range, range != operand.range else {
      return []
    }
    let value = graph.values[id]
    return [Diagnostic.Label(range, "`\(value.name)` comes from here: \(value.type.description)")]
  }
}
