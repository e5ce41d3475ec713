/// Warns of names that nothing reads and of stages that no output depends on. Names that begin with `_` are meant so.
public struct UnusedNames {
  private enum Kind {
    case value, definition, parameter, input, include
    /// Has a use of its own that the text does not show: an output, the index of a repeat.
    case exempt
  }

  private struct Entry {
    var name: Identifier
    var kind: Kind
    /// The statement that would have to go.
    var statement: SourceRange
    var isUsed = false
  }

  /// The frames that are visible, innermost last.
  private var frames: [[String: Entry]] = []
  private var findings: [Diagnostic] = []
  private var unusedStatements: [SourceRange] = []

  /// Looks at a network without errors: where there are some, names are unused because of them.
  public static func check(_ tree: NetworkSyntax, graph: Graph, report: inout DiagnosticSink) {
    var pass = UnusedNames()
    pass.walk(tree)
    pass.findDeadStages(in: graph)
    for diagnostic in pass.findings { report.report(diagnostic) }
  }

  // MARK: Names

  private mutating func walk(_ tree: NetworkSyntax) {
    frames = [[:]]
    for item in tree.items {
      switch item {
      case .network(let header):
        for parameter in header.parameters { declare(parameter.name, .parameter, parameter.range) }
      case .include(let syntax): declare(syntax.name, .include, syntax.range)
      case .definition(let syntax): declare(syntax.name, .definition, syntax.range)
      case .input, .output, .statement, .weights: break
      }
    }
    for case .network(let header) in tree.items {
      for parameter in header.parameters { use(parameter.defaultValue) }
    }
    for case .definition(let syntax) in tree.items {
      frames.append([:])
      for parameter in syntax.parameters {
        use(parameter.defaultValue)
        declare(parameter.name, .parameter, parameter.range)
      }
      walk(syntax.body)
      closeFrame()
    }
    frames.append([:])
    for item in tree.items {
      switch item {
      case .input(let syntax):
        use(syntax.channels)
        use(syntax.like)
        if let steps = syntax.preprocessing, case .chain(_, let links) = steps.kind { use(links) }
        declare(syntax.name, .input, syntax.range)
      case .statement(let syntax): walk(syntax)
      case .output(let syntax):
        for argument in syntax.kind?.arguments ?? [] { use(argument.value) }
        if let value = syntax.value {
          use(value)
          declare(syntax.name, .exempt, syntax.range)
        } else {
          use(syntax.name.name)
        }
      case .network, .include, .definition, .weights: break
      }
    }
    closeFrame()
    closeFrame()
  }

  private mutating func declare(_ name: Identifier, _ kind: Kind, _ statement: SourceRange) {
    let level = frames.count - 1
    if frames[level][name.name] == nil {
      frames[level][name.name] = Entry(name: name, kind: kind, statement: statement)
    }
  }

  private mutating func closeFrame() {
    let entries = frames.removeLast().values.sorted { $0.name.range.lower < $1.name.range.lower }
    let usedStatements = Set(entries.filter(\.isUsed).map(\.statement))
    for entry in entries where !entry.isUsed {
      let isMeant = entry.name.name.hasPrefix("_")
      if entry.kind == .value, !isMeant || !usedStatements.contains(entry.statement) {
        unusedStatements.append(entry.statement)
      }
      if isMeant { continue }
      let (id, what): (DiagnosticID, String)
      switch entry.kind {
      case .value: (id, what) = (.unusedValue, "the value")
      case .definition: (id, what) = (.unusedDefinition, "the definition")
      case .parameter: (id, what) = (.unusedParameter, "the parameter")
      case .input: (id, what) = (.unusedInput, "the input")
      case .include: (id, what) = (.unusedInclude, "the include")
      case .exempt: continue
      }
      let name = entry.name
      findings.append(
        Diagnostic(
          id, "\(what) `\(name.name)` is never used", at: name.range, severity: .warning,
          help: "remove it, or keep it under a name that begins with `_`",
          fixIts: [
            FixIt("call it `_\(name.name)`", .suggested, [FixIt.Edit(name.range, "_\(name.name)")])
          ]))
    }
  }

  private mutating func use(_ name: String) {
    for level in frames.indices.reversed() where frames[level][name] != nil {
      frames[level][name]?.isUsed = true
      return
    }
  }

  // MARK: Statements

  private mutating func walk(_ block: BlockSyntax) {
    for statement in block.statements { walk(statement) }
  }

  private mutating func walk(_ statement: StatementSyntax) {
    switch statement.kind {
    case .binding(let names, let value):
      use(value)
      for name in names { declare(name, .value, statement.range) }
    case .result(let values):
      for value in values { use(value) }
    case .next(_, let value), .collect(let value): use(value)
    }
  }

  private mutating func walkInFrame(_ block: BlockSyntax) {
    frames.append([:])
    walk(block)
    closeFrame()
  }

  // MARK: Expressions

  private mutating func use(_ expression: ExpressionSyntax?) {
    guard let expression else { return }
    switch expression.kind {
    case .integer, .decimal, .flag, .string, .size, .invalid: break
    case .list(let members):
      for member in members { use(member) }
    case .name(let name): use(name)
    case .subscripted(let base, let index):
      use(base)
      use(index)
    case .call(let call): use(call)
    case .chain(let head, let links):
      use(head)
      use(links)
    case .binary(_, _, let left, let right):
      use(left)
      use(right)
    case .unary(_, let operand), .parenthesized(let operand): use(operand)
    case .conditional(let syntax):
      use(syntax.condition)
      walkInFrame(syntax.then)
      walkInFrame(syntax.otherwise)
    case .repetition(let syntax): use(syntax)
    }
  }

  private mutating func use(_ syntax: RepetitionSyntax) {
    use(syntax.count)
    for carried in syntax.carried { use(carried.initial) }
    frames.append([:])
    declare(syntax.index, .exempt, syntax.range)
    for carried in syntax.carried { declare(carried.name, .value, syntax.range) }
    use(syntax.label)
    walk(syntax.body)
    closeFrame()
  }

  private mutating func use(_ call: CallSyntax) {
    use((call.namespace ?? call.name).name)
    for argument in call.arguments { use(argument.value) }
    use(call.label)
  }

  private mutating func use(_ label: LabelSyntax?) {
    for case .expression(let expression) in label?.parts ?? [] { use(expression) }
  }

  private mutating func use(_ links: [ChainLinkSyntax]) {
    for link in links {
      switch link {
      case .call(let call): use(call)
      case .conditional(let syntax):
        use(syntax.condition)
        use(syntax.then)
        use(syntax.otherwise ?? [])
      case .repetition(let syntax):
        use(syntax.count)
        frames.append([:])
        declare(syntax.index, .exempt, syntax.range)
        use(syntax.label)
        use(syntax.links)
        closeFrame()
      }
    }
  }

  // MARK: Stages

  /// Reports the last stages of branches that lead nowhere, except where an unused name says so already.
  private mutating func findDeadStages(in graph: Graph) {
    var isRead = Array(repeating: false, count: graph.values.count)
    for node in graph.nodes {
      for id in node.inputs { isRead[id] = true }
    }
    for output in graph.outputs { isRead[output.value] = true }
    var reported: Set<SourceRange> = []
    let explanations = OutermostRanges(unusedStatements)
    for node in graph.nodes where !node.outputs.contains(where: { isRead[$0] }) {
      let path = node.origin.instances + (node.origin.range.map { [$0] } ?? [])
      guard !path.contains(where: explanations.contains), let range = node.origin.range, reported.insert(range).inserted
      else { continue }
      findings.append(
        Diagnostic(
          .deadStage, "no output depends on this `\(type(of: node.stage).signature.name)`", at: range,
          severity: .warning,
          related: node.origin.instances.reversed().prefix(8).map { Diagnostic.Label($0, "in this use") },
          help: "use its value, or remove it"))
    }
  }
}

/// Ranges of statements, which lie in each other or apart; asked by bisection, as a network has many of them.
private struct OutermostRanges {
  private var ranges: [ObjectIdentifier: [SourceRange]] = [:]

  init(_ all: [SourceRange]) {
    for range in all.sorted(by: { ($0.lower, $1.upper) < ($1.lower, $0.upper) }) {
      let file = ObjectIdentifier(range.file)
      if let last = ranges[file]?.last, range.upper <= last.upper { continue }
      ranges[file, default: []].append(range)
    }
  }

  /// Whether one of the ranges holds another range.
  func contains(_ other: SourceRange) -> Bool {
    guard let ranges = ranges[ObjectIdentifier(other.file)] else { return false }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lower <= other.lower { low = middle + 1 } else { high = middle }
    }
    return low > 0 && other.upper <= ranges[low - 1].upper
  }
}
