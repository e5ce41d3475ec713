/// What a label does to the weight names of a repeat.
struct RepeatLabel {
  var syntax: LabelSyntax?
  /// True where the label itself tells the turns apart.
  var usesIndex: Bool
  /// `@.`: nothing is put before the paths inside, the number of the turn neither.
  var isEmpty: Bool

  init(_ syntax: LabelSyntax?, index: String) {
    self.syntax = syntax
    isEmpty = syntax?.parts.isEmpty ?? false
    usesIndex =
      syntax?.parts.contains {
        guard case .expression(let expression) = $0 else { return false }
        return expression.mentions(index)
      } ?? false
  }
}

extension ExpressionSyntax {
  /// True where a name occurs in the arithmetic of a label.
  func mentions(_ name: String) -> Bool {
    switch kind {
    case .name(let other): name == other
    case .parenthesized(let inner), .unary(_, let inner): inner.mentions(name)
    case .binary(_, _, let left, let right): left.mentions(name) || right.mentions(name)
    case .subscripted(let base, let index): base.mentions(name) || index.mentions(name)
    case .call(let call): call.arguments.contains { $0.value.mentions(name) }
    default: false
    }
  }
}

/// Weight names.
extension Elaboration {
  /// The path of a use of a stage or definition, by its label or by the statement that it stands in.
  func path(of call: CallSyntax, in environment: Environment) -> WeightPath? {
    let own = environment.statement.path(forUseOf: call.name.name)
    guard let label = call.label else { return checked(environment.prefix.appending(own), at: call.range) }
    return path(of: label, in: environment)
  }

  func path(of label: LabelSyntax, in environment: Environment) -> WeightPath? {
    var text = ""
    for part in label.parts {
      switch part {
      case .text(let piece): text += piece
      case .expression(let expression):
        switch evaluateSingle(expression, in: environment) {
        case .integer(let number) where number >= 0: text += String(number)
        case .poison: return nil
        case let item:
          report(
            Diagnostic(
              .labelNotWhole, "\(item.description) cannot stand in a label", at: expression.range,
              help: "`{ }` in a label holds whole numbers from 0 on"),
            in: environment)
          return nil
        }
      }
      guard text.utf8.count <= Elaborator.Limits.weightNameLength else { break }
    }
    guard label.isAbsolute else { return checked(environment.prefix.appending(text), at: label.range) }
    nextAnchor += 1
    return checked(WeightPath(text: text, anchor: nextAnchor), at: label.range)
  }

  private func checked(_ path: WeightPath, at range: SourceRange) -> WeightPath? {
    guard path.text.utf8.count <= Elaborator.Limits.weightNameLength else {
      report(
        Diagnostic(
          .weightNameTooLong, "the weight name is longer than \(Elaborator.Limits.weightNameLength) bytes", at: range,
          help: "use shorter labels or names"))
      return nil
    }
    return path
  }

  /// What stands before the number of the turn in a repeat.
  func prefix(of label: RepeatLabel, in environment: Environment) -> WeightPath? {
    guard let syntax = label.syntax else {
      return checked(environment.prefix.appending(environment.statement.base ?? ""), at: environment.unit.start)
    }
    return label.usesIndex ? environment.prefix : path(of: syntax, in: environment)
  }

  /// What stands before the paths inside one turn of a repeat.
  func turnPrefix(
    of label: RepeatLabel, turn: Int, prefix: WeightPath, in environment: Environment
  ) -> WeightPath? {
    if let syntax = label.syntax, label.usesIndex { return path(of: syntax, in: environment) }
    return label.isEmpty ? prefix : checked(prefix.appending(String(turn)), at: environment.unit.start)
  }

  /// Claims the weight names of a node; two uses share a name only where both say so by an absolute label.
  func claimWeights(
    _ path: WeightPath, requirements: [WeightRequirement], use: CallSyntax, in environment: Environment
  ) {
    let range = use.label?.range ?? use.name.range
    guard !path.text.isEmpty else {
      report(
        Diagnostic(
          .emptyWeightName, "the weights of this `\(use.name.name)` have no name", at: range,
          help: "`@.` and `@/` are for definitions and repeats; give the stage a label such as `@head`"),
        in: environment)
      return
    }
    guard let previous = weightUses[path.text] else {
      weightUses[path.text] = WeightUse(anchor: path.anchor, range: range, requirements: requirements)
      return
    }
    guard let first = previous.anchor, let second = path.anchor, first != second else {
      var labels = [Diagnostic.Label(previous.range, "the name is taken here")]
      if previous.range == range { labels = [] }
      report(
        Diagnostic(
          .ambiguousWeightName, "two uses have the weight name `\(path.text)`", at: range, related: labels,
          help:
            "give one a label, as in `\(use.name.name)(...) @NAME`; to share the weights, give both `@/\(path.text)`"),
        in: environment)
      return
    }
    let shapes = { (list: [WeightRequirement]) in list.map { "\($0.name) \($0.shape)" }.sorted() }
    guard shapes(previous.requirements) == shapes(requirements) else {
      let text = { (list: [WeightRequirement]) in shapes(list).joined(separator: ", ") }
      report(
        Diagnostic(
          .sharedWeightsDiffer, "the shared weights `\(path.text)` have different shapes", at: range,
          label: text(requirements),
          related: [Diagnostic.Label(previous.range, text(previous.requirements))],
          help: "uses that share weights need the same channels, kernel and groups"),
        in: environment)
      return
    }
  }
}

extension SourceUnit {
  var start: SourceRange { SourceRange(file: file, lower: 0, upper: 0) }
}
