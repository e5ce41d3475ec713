import FCNRuntime

/// One run of the elaborator: the graph so far, the findings so far, and how much was asked for.
final class Elaboration {
  let registry: Registry
  let loader: Elaborator.IncludeLoader
  let settings: [String: String]
  /// The height and width of the first input.
  let firstSize: (height: Extent, width: Extent)

  var graph = Graph(name: "")
  private(set) var diagnostics: [Diagnostic] = []
  private var reported: Set<ReportKey> = []
  /// True once a limit is passed; nothing is evaluated any more.
  private(set) var isHalted = false
  private var steps = 0
  private(set) var comparisons = 0
  var nesting = 0
  var sizeBranches = 0
  var nextAnchor = 0
  private var scopeCount = 0
  /// The file of the network itself.
  private var root: SourceUnit?
  var loadedFiles: [String: SourceUnit] = [:]
  /// The files whose includes are being read.
  var openFiles: Set<String> = []
  /// Bytes of all included files together.
  var includedBytes = 0
  var outputRanges: [String: SourceRange] = [:]
  /// The use that claimed a weight path.
  var weightUses: [String: WeightUse] = [:]
  /// The answers so far, by the values that stand for them.
  var answers: [Graph.ValueID: AnswerUse] = [:]

  struct WeightUse {
    var anchor: Int?
    var range: SourceRange
    var requirements: [WeightRequirement]
  }

  /// Where bare words were written that no name was found for.
  var wordPlaces: [SourceRange: Environment] = [:]

  private struct ReportKey: Hashable {
    var id: DiagnosticID
    var range: SourceRange?
    var message: String
  }

  init(
    registry: Registry, loader: @escaping Elaborator.IncludeLoader, settings: [String: String],
    inputSize: (height: Int, width: Int)?
  ) {
    self.registry = registry
    self.loader = loader
    self.settings = settings
    firstSize = inputSize.map { (.fixed($0.height), .fixed($0.width)) } ?? (.input, .input)
  }

  func run(_ tree: NetworkSyntax) -> Graph? {
    let unit = SourceUnit(file: tree.file)
    root = unit
    openFiles = [tree.file.path]
    collectDefinitions(tree, into: unit, including: [])
    elaborateHeader(tree, unit: unit)
    var environment = Environment(unit: unit, scope: Scope(parent: unit.parameters))
    for item in tree.items where !isHalted {
      environment.statement = StatementNames(base: nil)
      switch item {
      case .input(let syntax): elaborate(syntax, in: environment)
      case .statement(let syntax): elaborate(syntax, in: environment)
      case .output(let syntax): elaborate(syntax, in: environment)
      case .include, .network, .definition, .weights: break
      }
    }
    if !isHalted { checkCompleteness(tree) }
    if !hasErrors { reportLostAnswers() }
    if !hasErrors { elaborateWeightMaps(tree) }
    return hasErrors || isIncomplete ? nil : graph
  }

  /// True once an output depends on text that could not be parsed.
  var isIncomplete = false

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  // MARK: Findings

  /// Reports a finding once for each place, however often the place is evaluated.
  func report(_ diagnostic: Diagnostic) {
    let key = ReportKey(
      id: diagnostic.id, range: diagnostic.range, message: diagnostic.range == nil ? diagnostic.message : "")
    if reported.insert(key).inserted { diagnostics.append(diagnostic) }
  }

  /// Reports a finding in a text that may stand in a definition, and says which use of it led there.
  func report(_ diagnostic: Diagnostic, in environment: Environment) {
    var diagnostic = diagnostic
    diagnostic.related += instanceLabels(environment)
    report(diagnostic)
  }

  func instanceLabels(_ environment: Environment) -> [Diagnostic.Label] {
    environment.instances.reversed().prefix(8).map {
      Diagnostic.Label($0.range, "in this use of `\($0.definition.syntax.name.name)`")
    }
  }

  /// A scope that is told from all others.
  func nextScope(definition: String? = nil, path: WeightPath, _ names: [(String, Item)]) -> Graph.Scope {
    scopeCount += 1
    var scope = Graph.Scope(identity: scopeCount, definition: definition, path: path.text)
    for case (let name, .value(let id)) in names where scope.names[id] == nil { scope.names[id] = name }
    return scope
  }

  // MARK: Limits

  /// Counts work; false, with an error the first time, where there was too much.
  func spend(_ amount: Int = 1, at range: SourceRange) -> Bool {
    guard !isHalted else { return false }
    steps += amount
    guard steps <= Elaborator.Limits.steps else {
      halt(
        Diagnostic(
          .networkTooLarge, "the network takes more than \(Elaborator.Limits.steps) steps to read", at: range,
          help: "look at the repeats and definitions that multiply here"))
      return false
    }
    return true
  }

  /// Enters one level of nesting; the caller leaves it. False, with an error the first time, where it is too deep.
  func descend(at range: SourceRange) -> Bool {
    guard nesting < Elaborator.Limits.nesting else {
      halt(
        Diagnostic(
          .nestingTooDeep, "more than \(Elaborator.Limits.nesting) expressions and definitions stand in each other",
          at: range, help: "give names to parts of it"))
      return false
    }
    nesting += 1
    return true
  }

  func halt(_ diagnostic: Diagnostic) {
    guard !isHalted else { return }
    isHalted = true
    report(diagnostic)
  }

  // MARK: Names

  /// The visible name that was probably meant. Each search takes time, and whoever misspells thousands of names is not
  /// helped by thousands of guesses: at some point there are no more.
  func nearest(to name: String, in candidates: @autoclosure () -> [String]) -> String? {
    guard comparisons < Elaborator.Limits.comparisons else { return nil }
    let candidates = candidates()
    comparisons += candidates.count
    return Suggestion.nearest(to: name, in: candidates)
  }

  /// Gives a name its meaning; a name that is visible already is an error.
  /// - Parameter isStatement: whether the name is that of a statement, which says what the value is.
  func declare(_ name: Identifier, _ item: Item, in environment: Environment, isStatement: Bool = false) {
    if let previous = environment.scope.lookUp(name.name)?.range ?? fileName(name.name, in: environment.unit) {
      report(
        Diagnostic(
          .nameTaken, "the name `\(name.name)` is given twice", at: name.range, label: "given again here",
          related: [Diagnostic.Label(previous, "`\(name.name)` is given here")],
          help: "choose another name; names do not shadow each other"),
        in: environment)
      return
    }
    environment.scope.bind(name.name, Scope.Binding(item: item, range: name.range))
    if case .value(let id) = item, !graph.values[id].isNamed {
      graph.values[id].name = name.name
      graph.values[id].isNamed = true
      graph.values[id].namingScope = isStatement ? environment.scopes.last?.identity ?? 0 : nil
    }
  }

  /// Where a definition or an include has the name.
  func fileName(_ name: String, in unit: SourceUnit) -> SourceRange? {
    unit.definitions[name]?.syntax.name.range ?? unit.includes[name]?.range
  }

  // MARK: The file as a whole

  private func checkCompleteness(_ tree: NetworkSyntax) {
    let start = SourceRange(file: tree.file, lower: 0, upper: 0)
    var headers = 0
    var inputs = 0
    var outputs = 0
    for item in tree.items {
      switch item {
      case .network: headers += 1
      case .input: inputs += 1
      case .output: outputs += 1
      default: break
      }
    }
    if headers == 0 {
      report(
        Diagnostic(
          .missingNetwork, "the file has no `network` line", at: start, help: "begin with `network NAME`"))
    }
    if inputs == 0 {
      report(
        Diagnostic(
          .missingInput, "the network has no input", at: start, help: "add a line such as `input image[3]`"))
    }
    if outputs == 0 {
      report(
        Diagnostic(
          .missingOutput, "the network has no output", at: start, help: "add a line such as `output NAME = ...`"))
    }
  }
}
