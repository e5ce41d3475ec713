import FCNRuntime

/// Outputs and what their numbers mean.
extension Elaboration {
  func elaborate(_ syntax: OutputSyntax, in environment: Environment) {
    if let previous = outputRanges[syntax.name.name] {
      report(
        Diagnostic(
          .duplicateOutput, "two outputs have the name `\(syntax.name.name)`", at: syntax.name.range,
          related: [Diagnostic.Label(previous, "the first one")], help: "rename one of them"))
      return
    }
    var environment = environment
    environment.statement = StatementNames(base: syntax.name.name)
    let expression = syntax.value ?? ExpressionSyntax(.name(syntax.name.name), range: syntax.name.range)
    let item = evaluateSingle(expression, in: environment)
    if syntax.value != nil { declare(syntax.name, item, in: environment) }
    guard case .value(let id) = item else {
      if case .poison = item { return }
      report(
        Diagnostic(
          .outputNotValue, "\(item.description) cannot be an output", at: expression.range,
          help: "an output is a value of the network"))
      return
    }
    let type = graph.values[id].type
    guard let kind = kind(of: syntax, type: type, in: environment) else { return }
    let description = OutputDescription(name: syntax.name.name, channels: type.channels, kind: kind)
    outputRanges[syntax.name.name] = syntax.range
    if answers[id] != nil { return addAnswer(id, description, range: syntax.range) }
    graph.outputs.append(Graph.Output(value: id, description: description, range: syntax.range))
  }

  private func kind(of syntax: OutputSyntax, type: TensorType, in environment: Environment) -> OutputKind? {
    guard let call = syntax.kind else {
      if case .label(let count) = type.element { return .labels(Classes(count: count)) }
      return .raw
    }
    var arguments: [String: Operand] = [:]
    for argument in call.arguments {
      let item = evaluateSingle(argument.value, in: environment, wordsAllowed: true)
      if item.isPoison { return nil }
      guard let name = argument.name else {
        return refuse(
          .outputKind, "the arguments of an output's kind have names", at: argument.range,
          help: "as in `\(call.name.name)(names: [\"a\", \"b\"])`")
      }
      if let previous = arguments[name.name] {
        report(Self.duplicateArgument(name, previous: previous.range))
        return nil
      }
      arguments[name.name] = Operand(item: item, range: argument.value.range)
    }
    let offered: [String: [String]] = [
      "labels": ["names", "colors", "ignore"], "logits": ["names", "colors"], "probability": [], "density": [],
      "image": ["range", "order"], "raw": [],
    ]
    guard let parameters = offered[call.name.name] else {
      let suggestion = Suggestion.nearest(to: call.name.name, in: offered.keys.sorted())
      report(
        Diagnostic(
          .outputKind, "unknown kind of output `\(call.name.name)`", at: call.name.range,
          help: suggestion.map { "did you mean `\($0)`" } ?? Self.choices("kinds", offered.keys.sorted()),
          fixIts: suggestion.map { [Self.replacement(of: call.name.range, by: $0)] } ?? []))
      return nil
    }
    for argument in call.arguments {
      guard let name = argument.name, !parameters.contains(name.name) else { continue }
      report(unknownArgument(name, of: call.name.name, known: parameters))
      return nil
    }
    return kind(call, type: type, arguments)
  }

  private func kind(_ call: CallSyntax, type: TensorType, _ arguments: [String: Operand]) -> OutputKind? {
    let isLabel = type.element != .real
    switch call.name.name {
    case "labels":
      guard case .label(let count) = type.element else {
        return refuse(
          .outputElement, "an output of kind `labels` takes class indexes, not scores", at: call.name.range,
          help: "add `-> argmax`, or use the kind `logits`")
      }
      return classes(count, arguments).map { .labels($0) }
    case "raw": return .raw
    case let name where isLabel:
      return refuse(
        .outputElement, "an output of kind `\(name)` takes real numbers, not class indexes", at: call.name.range,
        help: "use the kind `labels`, or remove the stage that makes the indexes")
    case "logits": return classes(type.channels, arguments).map { .logits($0) }
    case "probability": return .probability
    case "density": return .density
    default: return image(call, channels: type.channels, arguments)
    }
  }

  private func refuse(_ id: DiagnosticID, _ message: String, at range: SourceRange, help: String?) -> OutputKind? {
    report(Diagnostic(id, message, at: range, help: help))
    return nil
  }

  // MARK: Classes

  private func classes(_ count: Int, _ arguments: [String: Operand]) -> Classes? {
    var classes = Classes(count: count)
    if let names = arguments["names"] {
      guard let texts = texts(names, what: "names"), agrees(texts.count, with: count, "names", at: names.range) else {
        return nil
      }
      classes.names = texts
    }
    if let colors = arguments["colors"] {
      guard let texts = texts(colors, what: "colors"), agrees(texts.count, with: count, "colors", at: colors.range)
      else { return nil }
      for text in texts {
        guard let color = Self.color(text) else {
          report(
            Diagnostic(
              .outputColor, "`\(text)` is not a color", at: colors.range, help: "write it as `\"#rrggbb\"`"))
          return nil
        }
        classes.colors.append(color)
      }
    }
    if let ignored = arguments["ignore"] {
      guard case .integer(let index) = ignored.item, (0...65_535).contains(index) else {
        report(
          Diagnostic(
            .wrongKind, "`ignore` takes an index from 0 to 65535, not \(ignored.item.description)", at: ignored.range))
        return nil
      }
      classes.ignored = index
    }
    return classes
  }

  private func texts(_ operand: Operand, what: String) -> [String]? {
    var result: [String] = []
    if case .list(let items) = operand.item {
      for case .text(let text) in items { result.append(text) }
      if result.count == items.count { return result }
    }
    report(Diagnostic(.wrongKind, "`\(what)` takes a list of texts", at: operand.range, help: "as in `[\"a\", \"b\"]`"))
    return nil
  }

  private func agrees(_ given: Int, with count: Int, _ what: String, at range: SourceRange) -> Bool {
    if given == count { return true }
    report(
      Diagnostic(
        .classCount, "\(given) \(what) for \(count) class\(count == 1 ? "" : "es")", at: range,
        help: "give one for each class, in the order of the indexes"))
    return false
  }

  private static func color(_ text: String) -> UInt32? {
    guard text.utf8.count == 7, text.hasPrefix("#"), text.dropFirst().allSatisfy(\.isHexDigit) else { return nil }
    return UInt32(text.dropFirst(), radix: 16)
  }

  // MARK: Images

  private func image(_ call: CallSyntax, channels: Int, _ arguments: [String: Operand]) -> OutputKind? {
    var maximum: Float = 1
    if let range = arguments["range"] {
      guard let number = range.item.number, number > 0, Float(number).isFinite, Float(number) > 0 else {
        report(
          Diagnostic(.wrongKind, "`range` takes a number above 0, not \(range.item.description)", at: range.range))
        return nil
      }
      maximum = Float(number)
    }
    let lumaInput = graph.inputs.first { input in
      input.description.preprocessing.contains { if case .luma = $0 { true } else { false } }
    }
    var order: OutputKind.ChannelOrder = channels == 3 ? .rgb : lumaInput == nil ? .grey : .luma
    var place = call.name.range
    if let given = arguments["order"] {
      let orders: [String: OutputKind.ChannelOrder] = ["rgb": .rgb, "bgr": .bgr, "grey": .grey, "luma": .luma]
      guard case .word(let word, _, _) = given.item, let chosen = orders[word] else {
        report(
          Diagnostic(
            .unknownWord, "\(given.item.description) is not an order of channels", at: given.range,
            help: "orders: rgb, bgr, grey, luma"))
        return nil
      }
      order = chosen
      place = given.range
    }
    let needed = order == .rgb || order == .bgr ? 3 : 1
    guard channels == needed else {
      return refuse(
        .imageChannels,
        "an image of this order has \(needed) channel\(needed == 1 ? "" : "s"), the value has \(channels)",
        at: place, help: "end with a convolution to 1 or 3 channels")
    }
    if order == .luma, lumaInput == nil {
      return refuse(
        .lumaWithoutInput, "no input is read as `luma`, so there is no chroma to join", at: place,
        help: "read the input with `picture -> luma`, or use the order `grey`")
    }
    return .image(maximum: maximum, order: order)
  }

  // MARK: Weight maps

  func elaborateWeightMaps(_ tree: NetworkSyntax) {
    var known: Set<String> = []
    for node in graph.nodes where !node.weightPath.isEmpty {
      for requirement in node.stage.weights(for: node.inputs.map { graph.values[$0].type }) {
        known.insert("\(node.weightPath).\(requirement.name)")
      }
    }
    var ranges: [String: SourceRange] = [:]
    for case .weights(let map) in tree.items {
      for entry in map.entries {
        let name = entry.weight.name
        if let previous = ranges[name] {
          report(
            Diagnostic(
              .duplicateWeightEntry, "the weight `\(name)` stands twice in the map", at: entry.weight.range,
              related: [Diagnostic.Label(previous, "given here")], help: "remove one of the lines"))
        } else if !known.contains(name) {
          let suggestion = Suggestion.nearest(to: name, in: known.sorted())
          report(
            Diagnostic(
              .unknownWeight, "the network has no weight `\(name)`", at: entry.weight.range,
              help: suggestion.map { "did you mean `\($0)`" } ?? "`fcnc weights` lists the weights",
              fixIts: suggestion.map {
                [Self.replacement(of: entry.weight.range, by: "\"\($0)\"", title: "did you mean `\($0)`")]
              } ?? []))
        } else {
          graph.weightMap[name] = entry.tensor.name
        }
        ranges[name] = entry.weight.range
      }
    }
  }
}
