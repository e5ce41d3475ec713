import FCNRuntime

/// Inputs: their channels, their size, and the way from a picture to their numbers.
extension Elaboration {
  func elaborate(_ syntax: InputSyntax, in environment: Environment) {
    let channels = channelCount(of: syntax, in: environment)
    let sizes = size(of: syntax, in: environment)
    let steps = channels.flatMap { preprocessing(of: syntax, channels: $0, in: environment) }
    guard let channels, let sizes, let steps else {
      declare(syntax.name, .poison, in: environment)
      return
    }
    let id = graph.values.count
    let type = TensorType(channels: channels, height: sizes.height, width: sizes.width)
    graph.values.append(Graph.Value(name: syntax.name.name, type: type, range: syntax.range))
    let description = InputDescription(name: syntax.name.name, channels: channels, preprocessing: steps)
    graph.inputs.append(Graph.Input(value: id, description: description, range: syntax.range))
    declare(syntax.name, .value(id), in: environment)
  }

  private func channelCount(of syntax: InputSyntax, in environment: Environment) -> Int? {
    switch evaluateSingle(syntax.channels, in: environment) {
    case .integer(let count) where (1...Elaborator.Limits.channels).contains(count): return count
    case .poison: return nil
    case let item:
      report(
        Diagnostic(
          .inputChannels, "\(item.description) is not a number of channels", at: syntax.channels.range,
          help: "an input has 1 to \(Elaborator.Limits.channels) channels"))
      return nil
    }
  }

  // MARK: Sizes

  private func size(of syntax: InputSyntax, in environment: Environment) -> (height: Extent, width: Extent)? {
    guard let like = syntax.like else { return firstSize }
    guard !graph.inputs.isEmpty else {
      report(
        Diagnostic(
          .inputSize, "the first input owns the height and the width", at: like.range, help: "remove `like ...`"))
      return nil
    }
    do throws(Extent.Failure) {
      return try size(like, in: environment)
    } catch {
      report(
        Diagnostic(
          .sizesTooComplex, "the size of `\(syntax.name.name)` cannot be worked out", at: like.range,
          help: "use a smaller number"))
      return nil
    }
  }

  private func size(
    _ expression: ExpressionSyntax, in environment: Environment
  ) throws(Extent.Failure) -> (height: Extent, width: Extent)? {
    guard descend(at: expression.range) else { return nil }
    defer { nesting -= 1 }
    switch expression.kind {
    case .parenthesized(let inner): return try size(inner, in: environment)
    case .name:
      switch evaluateSingle(expression, in: environment) {
      case .value(let id) where graph.inputs.contains { $0.value == id }:
        return (graph.values[id].type.height, graph.values[id].type.width)
      case .poison: return nil
      case let item: return refuseSize(expression.range, "\(item.description) is not an input")
      }
    case .binary(let `operator`, _, let left, let right) where `operator` == .divide || `operator` == .multiply:
      guard let base = try size(left, in: environment) else { return nil }
      switch evaluateSingle(right, in: environment) {
      case .integer(let factor) where (1...Extent.periodLimit).contains(factor):
        if `operator` == .multiply {
          return (try base.height.multiplied(by: factor), try base.width.multiplied(by: factor))
        }
        return (try base.height.divided(by: factor), try base.width.divided(by: factor))
      case .poison: return nil
      case let item: return refuseSize(right.range, "\(item.description) is not a factor of a size")
      }
    case .invalid:
      isIncomplete = true
      return nil
    default: return refuseSize(expression.range, "this does not state a size")
    }
  }

  private func refuseSize(_ range: SourceRange, _ message: String) -> (height: Extent, width: Extent)? {
    report(
      Diagnostic(
        .inputSize, message, at: range,
        help: "write an input, or an input times or divided by a whole number: `like image / 4`"))
    return nil
  }

  // MARK: Preprocessing

  private func preprocessing(
    of syntax: InputSyntax, channels: Int, in environment: Environment
  ) -> [PreprocessingStep]? {
    guard let expression = syntax.preprocessing else { return [] }
    var links: [ChainLinkSyntax] = []
    var head = expression
    if case .chain(let first, let rest) = expression.kind { (head, links) = (first, rest) }
    if case .invalid = head.kind {
      isIncomplete = true
      return nil
    }
    guard case .name("picture") = head.kind else {
      report(
        Diagnostic(
          .preprocessingStart, "preprocessing begins with `picture`", at: head.range,
          help: "write `= picture -> ...`, or nothing for the channels of a picture as they are"))
      return nil
    }
    var chain = PreprocessingChain(channels: channels, choosesColors: PreprocessingChain.choosesColors(links))
    for link in links {
      guard case .call(let call) = link else {
        report(
          Diagnostic(
            .unknownPreprocessing, "preprocessing is a chain of steps, without `if` and `repeat`", at: link.range))
        return nil
      }
      guard append(call, to: &chain, in: environment) else { return nil }
    }
    // Three channels of a picture are its colours; other numbers are its channels one by one.
    if !chain.hasColorStep, channels == 3 { chain.steps.insert(.rgb, at: 0) }
    guard chain.channels == channels else {
      let help =
        channels == 1
        ? "add `grey` or `luma`"
        : channels == 3
          ? "remove the step to one channel"
          : "remove the step that chooses colours, so that the picture's channels are the input's"
      report(
        Diagnostic(
          .preprocessingChannels,
          "the preprocessing gives \(chain.channels) channel\(chain.channels == 1 ? "" : "s"), the input has \(channels)",
          at: syntax.channels.range, related: [Diagnostic.Label(expression.range, "gives \(chain.channels)")],
          help: help))
      return nil
    }
    return chain.steps
  }

  private func append(_ call: CallSyntax, to chain: inout PreprocessingChain, in environment: Environment) -> Bool {
    guard chain.steps.count < Elaborator.Limits.preprocessingSteps else {
      report(
        Diagnostic(
          .wrongPreprocessing, "more than \(Elaborator.Limits.preprocessingSteps) steps of preprocessing",
          at: call.range))
      return false
    }
    var arguments: [(name: Identifier?, operand: Operand)] = []
    for argument in call.arguments {
      let item = evaluateSingle(argument.value, in: environment, wordsAllowed: true)
      if item.isPoison { return false }
      arguments.append((argument.name, Operand(item: item, range: argument.value.range)))
    }
    do throws(PreprocessingChain.Failure) {
      try chain.append(call, arguments)
      return true
    } catch {
      if let (word, range) = error.unknownWord {
        reportUnknown(word, at: range, in: environment)
      } else {
        report(
          Diagnostic(
            error.id, error.message, at: error.range, help: error.help,
            fixIts: error.replacement.map { [Self.replacement(of: error.range, by: $0)] } ?? []))
      }
      return false
    }
  }
}

extension Extent {
  /// The exact quotient, on those input sizes where there is one.
  fileprivate func divided(by divisor: Int) throws(Failure) -> Extent {
    let quotient = try dividedDown(by: divisor).requiring(atLeast: 1)
    return try quotient.restricted(toDomainOf: matching(quotient.multiplied(by: divisor)))
  }
}
