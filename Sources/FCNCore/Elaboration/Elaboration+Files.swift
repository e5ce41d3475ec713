/// Headers, definitions and included files.
extension Elaboration {
  /// Enters the definitions and includes of a file, and of the files that it includes.
  func collectDefinitions(_ tree: NetworkSyntax, into unit: SourceUnit, including chain: [IncludeSyntax]) {
    for item in tree.items {
      switch item {
      case .include(let syntax):
        guard isFree(syntax.name, in: unit) else { continue }
        unit.includes[syntax.name.name] = (load(syntax, from: unit, including: chain), syntax.name.range)
      case .definition(let syntax):
        guard isFree(syntax.name, in: unit) else { continue }
        if registry.stages[syntax.name.name] != nil || LanguageWords.functions.contains(syntax.name.name) {
          report(
            Diagnostic(
              .definitionHidesStage, "`\(syntax.name.name)` is a stage already", at: syntax.name.range,
              help: "choose another name for the definition"))
          continue
        }
        unit.definitions[syntax.name.name] = Definition(syntax: syntax, unit: unit)
      case .statement(let syntax):
        guard case .binding(let names, _) = syntax.kind else { continue }
        for name in names where unit.valueRanges[name.name] == nil { unit.valueRanges[name.name] = name.range }
      case .input(let syntax): unit.valueRanges[syntax.name.name] = syntax.name.range
      case .output, .network, .weights: break
      }
    }
  }

  private func isFree(_ name: Identifier, in unit: SourceUnit) -> Bool {
    guard let previous = fileName(name.name, in: unit) else { return true }
    report(
      Diagnostic(
        .nameTaken, "the name `\(name.name)` is given twice", at: name.range, label: "given again here",
        related: [Diagnostic.Label(previous, "`\(name.name)` is given here")], help: "choose another name"))
    return false
  }

  /// Evaluates the `network` line: its name, and its parameters with the settings of the command line.
  func elaborateHeader(_ tree: NetworkSyntax, unit: SourceUnit) {
    var first: HeaderSyntax?
    for case .network(let header) in tree.items {
      if let first {
        report(
          Diagnostic(
            .repeatedNetwork, "a file describes one network", at: header.range,
            related: [Diagnostic.Label(first.range, "the first `network` line")], help: "remove one of the lines"))
        continue
      }
      first = header
      graph.name = header.name.name
      bindParameters(header, unit: unit, settings: settings)
    }
    let known = first?.parameters.map(\.name.name) ?? []
    for name in settings.keys.sorted() where !known.contains(name) {
      let suggestion = Suggestion.nearest(to: name, in: known)
      report(
        Diagnostic(
          .unknownSetting, "the network has no parameter `\(name)`", at: first?.name.range,
          help: suggestion.map { "did you mean `\($0)`" } ?? Self.choices("parameters", known) ?? "it has none"))
    }
  }

  private func bindParameters(_ header: HeaderSyntax, unit: SourceUnit, settings: [String: String]) {
    for parameter in header.parameters {
      let environment = Environment(unit: unit, scope: unit.parameters)
      var item = Item.poison
      if let expression = parameter.defaultValue {
        item = given(evaluateSingle(expression, in: environment, wordsAllowed: true))
        switch item {
        case .integer, .decimal, .flag, .word, .poison: break
        default:
          report(
            Diagnostic(
              .wrongParameter, "\(item.description) cannot be a parameter of a network", at: expression.range,
              help: "parameters are numbers, `true` or `false`, or words"))
          item = .poison
        }
      }
      if let text = settings[parameter.name.name] {
        item = setting(text, replacing: item, for: parameter)
      } else if parameter.defaultValue == nil {
        report(
          Diagnostic(
            .missingSetting, "the parameter `\(parameter.name.name)` has no default and is not set",
            at: parameter.name.range, help: "give a default, or set it: `--set \(parameter.name.name)=...`"))
      }
      declare(parameter.name, item, in: environment)
    }
  }

  private func setting(_ text: String, replacing item: Item, for parameter: ParameterSyntax) -> Item {
    let read: Item =
      if let number = Int(text) {
        .integer(number)
      } else if let number = Double(text), number.isFinite {
        .decimal(number)
      } else if text == "true" || text == "false" {
        .flag(text == "true")
      } else {
        .word(text, at: parameter.name.range, isGiven: true)
      }
    switch (item, read) {
    case (.integer, .integer), (.decimal, .decimal), (.flag, .flag), (.word, .word), (.poison, _): return read
    case (.decimal, .integer(let number)): return .decimal(Double(number))
    default:
      report(
        Diagnostic(
          .wrongSetting, "`\(parameter.name.name)` is set to \(read.description), its default is \(item.description)",
          at: parameter.range, help: "set it to something of the same kind"))
      return .poison
    }
  }

  /// Words that are the value of something count as given, wherever they go.
  func given(_ item: Item) -> Item {
    guard case .word(let word, let range, _) = item else { return item }
    return .word(word, at: range, isGiven: true)
  }

  // MARK: Includes

  private func load(_ syntax: IncludeSyntax, from unit: SourceUnit, including chain: [IncludeSyntax]) -> SourceUnit? {
    let labels = chain.reversed().map { Diagnostic.Label($0.range, "included here") }
    func refuse(_ id: DiagnosticID, _ message: String, help: String? = nil) -> SourceUnit? {
      report(Diagnostic(id, message, at: syntax.pathRange, related: labels, help: help))
      return nil
    }
    guard chain.count < Elaborator.Limits.includeDepth else {
      return refuse(.includeTooDeep, "more than \(Elaborator.Limits.includeDepth) files include each other")
    }
    let file: SourceFile
    switch loader(syntax.path, unit.file) {
    case .success(let loaded): file = loaded
    case .failure(let failure):
      return refuse(.includeUnreadable, "`\(syntax.path)` cannot be read: \(failure.message)")
    }
    if openFiles.contains(file.path) {
      return refuse(
        .includeCycle, "`\(file.path)` includes itself", help: "move what both need to a third file")
    }
    if let loaded = loadedFiles[file.path] { return loaded }
    guard loadedFiles.count < Elaborator.Limits.files else {
      return refuse(.includeTooDeep, "the network includes more than \(Elaborator.Limits.files) files")
    }
    includedBytes += file.bytes.count
    guard includedBytes <= Elaborator.Limits.includedBytes else {
      return refuse(
        .includeTooDeep, "the included files have more than \(Elaborator.Limits.includedBytes >> 20) MB together")
    }
    let matching = registry.frontEnds.flatMap { frontEnd in frontEnd.fileExtensions.map { (frontEnd, $0) } }
      .filter { file.path.hasSuffix(".\($0.1)") }.max { $0.1.count < $1.1.count }
    guard let frontEnd = matching?.0 else {
      let known = registry.frontEnds.flatMap(\.fileExtensions).map { ".\($0)" }
      return refuse(
        .includeUnreadable, "no front end reads `\(syntax.path)`", help: Self.choices("files end in", known))
    }
    var parsing = DiagnosticSink()
    let tree = frontEnd.parse(file, report: &parsing)
    for diagnostic in parsing.diagnostics { report(diagnostic) }
    let included = SourceUnit(file: file)
    loadedFiles[file.path] = included
    openFiles.insert(file.path)
    collectDefinitions(tree, into: included, including: chain + [syntax])
    openFiles.remove(file.path)
    elaborateIncluded(tree, unit: included, labels: [Diagnostic.Label(syntax.range, "included here")])
    return included
  }

  private func elaborateIncluded(_ tree: NetworkSyntax, unit: SourceUnit, labels: [Diagnostic.Label]) {
    for item in tree.items {
      switch item {
      case .include, .definition: break
      case .network(let header): bindParameters(header, unit: unit, settings: [:])
      case .input, .output, .statement, .weights:
        report(
          Diagnostic(
            .notInIncludedFile, "an included file holds definitions and includes only", at: item.range,
            related: labels, help: "move this to the including file, or into a definition"))
        return
      }
    }
  }

  /// `choices: a, b, c`, shortened.
  static func choices(_ title: String, _ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return "\(title): \(shown)\(names.count > 12 ? ", ..." : "")"
  }
}
