/// Rewrites a network with dense layers over maps as one that takes pictures of any size (Long, Shelhamer and Darrell
/// 2015, "Fully convolutional networks for semantic segmentation", section 3.1): a dense layer over a map of r x c
/// pixels is a convolution with a kernel of r x c, the next ones have kernels of 1, flattening falls away.
///
/// Which stage becomes what is for the stages to say (`ConvolutionizableStage`). All weights keep their names: a call
/// that would get another name from its place in the text is given a label. What was written is read again and compared
/// with the network as it was.
public struct Convolutionizer {
  private let elaborator: Elaborator
  private let frontEnd: any FrontEnd

  /// - Parameters:
  ///   - elaborator: knows the size of picture that the network was made for.
  ///   - frontEnd: the form in which the network is written.
  public init(_ elaborator: Elaborator, frontEnd: any FrontEnd) {
    self.elaborator = elaborator
    self.frontEnd = frontEnd
  }

  /// The rewritten network; nil, with findings, where it cannot be written. Where nothing fixes the size, no step is
  /// taken.
  public func rewrite(_ tree: NetworkSyntax, report: inout DiagnosticSink) -> Convolutionization? {
    guard elaborator.inputSize != nil else { return rewriteWithoutSize(tree, report: &report) }
    guard let graph = elaborator.elaborate(tree, report: &report),
      let inputs = inputTypes(of: tree, report: &report)
    else { return nil }
    var findings = DiagnosticSink()
    let plan = ConvolutionPlan(graph, inputs: inputs, report: &findings)
    for finding in findings.diagnostics { report.report(finding) }
    guard !findings.hasErrors else { return nil }
    do throws(Diagnostic) {
      var changes = try callChanges(plan, in: tree)
      _ = try plan.weightChanges()
      var text = frontEnd.print(tree.changing(changes))
      let unlabelled = try read(text, tree.file.path, elaborator, plan)
      if try addLabels(to: &changes, plan, unlabelled) { text = frontEnd.print(tree.changing(changes)) }
      try compare(try read(text, tree.file.path, elaborator, plan), with: plan)
      var open = elaborator
      open.inputSize = nil
      return Convolutionization(text: text, graph: try read(text, tree.file.path, open, plan), plan: plan)
    } catch {
      report.report(error)
      return nil
    }
  }

  /// Without the size it is not known how large the maps are.
  private func rewriteWithoutSize(_ tree: NetworkSyntax, report: inout DiagnosticSink) -> Convolutionization? {
    guard let graph = elaborator.elaborate(tree, report: &report) else { return nil }
    guard let reason = Verdict(of: graph).reasons.first else {
      var findings = DiagnosticSink()
      let plan = ConvolutionPlan(graph, inputs: graph.inputs.map { graph.values[$0.value].type }, report: &findings)
      return Convolutionization(text: frontEnd.print(tree), graph: graph, plan: plan)
    }
    report.report(
      Diagnostic(
        .notConvolutionizable, "the size of the map that `\(reason.stage)` takes is not known", at: reason.range,
        help: "give the size of picture that the network was made for: `--input-size 224x224`"))
    return nil
  }

  /// The types of the inputs for every size: those of the network that gives its inputs back.
  private func inputTypes(of tree: NetworkSyntax, report: inout DiagnosticSink) -> [TensorType]? {
    var inputs = tree
    inputs.items = tree.items.flatMap { item -> [NetworkSyntax.Item] in
      switch item {
      case .include, .network, .definition: return [item]
      case .input(let syntax):
        return [item, .output(OutputSyntax(name: syntax.name, kind: nil, value: nil, range: syntax.range))]
      case .weights, .statement, .output: return []
      }
    }
    var open = elaborator
    open.inputSize = nil
    return open.elaborate(inputs, report: &report).map { graph in graph.inputs.map { graph.values[$0.value].type } }
  }

  /// Reads what was written.
  private func read(
    _ text: String, _ path: String, _ elaborator: Elaborator, _ plan: ConvolutionPlan
  ) throws(Diagnostic) -> Graph {
    var findings = DiagnosticSink()
    let tree = frontEnd.parse(SourceFile(path: path, text: text), report: &findings)
    guard !findings.hasErrors, let graph = elaborator.elaborate(tree, report: &findings) else {
      throw dependence(plan, findings.sorted.first { $0.severity == .error })
    }
    return graph
  }

  // MARK: Calls

  /// What becomes of the calls in the text; one call may stand for many nodes, which have to agree.
  private func callChanges(
    _ plan: ConvolutionPlan, in tree: NetworkSyntax
  ) throws(Diagnostic) -> [SourceRange: CallChange] {
    var changes: [SourceRange: CallChange] = [:]
    var first: [SourceRange: Int] = [:]
    for (index, node) in plan.graph.nodes.enumerated() {
      guard let range = node.origin.range else { continue }
      guard let other = first[range] else {
        first[range] = index
        if let change = try callChange(index, plan, in: tree) { changes[range] = change }
        continue
      }
      guard plan.changes[other].isWrittenLike(plan.changes[index]) else {
        let name = type(of: node.stage).signature.name
        throw plan.refusal(
          index, "this `\(name)` is used several times, and its uses would become different stages",
          related: plan.graph.nodes[other].origin.instances.last.map { [Diagnostic.Label($0, "another use")] } ?? [],
          notes: ["one use \(plan.changes[other].description), another one \(plan.changes[index].description)"],
          help: "write a definition for each of them")
      }
    }
    return changes
  }

  private func callChange(
    _ index: Int, _ plan: ConvolutionPlan, in tree: NetworkSyntax
  ) throws(Diagnostic) -> CallChange? {
    let origin = plan.graph.nodes[index].origin
    let change: CallChange
    switch plan.changes[index] {
    case .none: return nil
    case .dropped: change = .dropped(arguments: origin.arguments)
    case .replaced(let use, over: _):
      let parameters = type(of: plan.graph.nodes[index].stage).signature.parameters
      change = .rewritten(CallRewriting(replacement: (use, parameters, origin.arguments)))
    }
    guard origin.range?.file === tree.file else {
      throw plan.refusal(
        index, "this stage stands in an included file, which is not rewritten",
        help: "move the definition into the network's own file")
    }
    return change
  }

  // MARK: Labels

  /// Gives a label to every call whose weights would get another name; true where there is one.
  private func addLabels(
    to changes: inout [SourceRange: CallChange], _ plan: ConvolutionPlan, _ written: Graph
  ) throws(Diagnostic) -> Bool {
    var labels: [SourceRange: String] = [:]
    for (index, node) in try pairs(plan, written) {
      let origin = plan.graph.nodes[index].origin
      guard let range = origin.range, node.weightPath != plan.graph.nodes[index].weightPath else { continue }
      let skipped = origin.weightPrefix.isEmpty ? 0 : origin.weightPrefix.count + 1
      let label = String(plan.graph.nodes[index].weightPath.dropFirst(skipped))
      guard labels[range, default: label] == label else {
        throw plan.refusal(
          index, "the weights of this stage would get another name, and its uses need different labels",
          help: "give it a label, such as `@fc`, and name its tensors so")
      }
      labels[range] = label
    }
    for (range, label) in labels {
      switch changes[range] {
      case nil: changes[range] = .rewritten(CallRewriting(label: label))
      case .rewritten(var rewriting)?:
        rewriting.label = label
        changes[range] = .rewritten(rewriting)
      case .dropped?: break
      }
    }
    return !labels.isEmpty
  }

  // MARK: Comparison

  /// The nodes of the network as it was, by position, and those of the rewritten one; nodes that fell away are left out.
  private func pairs(_ plan: ConvolutionPlan, _ written: Graph) throws(Diagnostic) -> [(index: Int, node: Graph.Node)] {
    let kept = plan.graph.nodes.indices.filter { index in
      if case .dropped = plan.changes[index] { false } else { true }
    }
    guard kept.count == written.nodes.count else { throw dependence(plan) }
    return Array(zip(kept, written.nodes))
  }

  /// The rewritten network, read at the size that the network was made for, has the same stages, weights and outputs.
  private func compare(_ written: Graph, with plan: ConvolutionPlan) throws(Diagnostic) {
    for (index, node) in try pairs(plan, written) {
      let original = plan.graph.nodes[index]
      var expected = original.stage
      var weights = plan.graph.requirements(of: original)
      if case .replaced(let use, over: _) = plan.changes[index] {
        expected = use.stage
        weights = use.stage.weights(for: original.inputs.compactMap { plan.types[$0] })
      }
      let types = zip(original.outputs, node.outputs).filter { !plan.isFlattened($0.0) }
      guard type(of: node.stage) == type(of: expected), written.requirements(of: node) == weights,
        node.weightPath == original.weightPath,
        types.allSatisfy({ plan.graph.values[$0].type.isSame(as: written.values[$1].type) })
      else { throw dependence(plan) }
    }
    guard plan.graph.outputs.count == written.outputs.count,
      zip(plan.graph.outputs, written.outputs).allSatisfy({
        plan.graph.values[$0.value].type.isSame(as: written.values[$1.value].type)
      })
    else { throw dependence(plan) }
  }

  /// What is left of a network can only be another one since a flattened value has other channels than its map.
  /// - Parameter error: what is found in the rewritten text.
  private func dependence(_ plan: ConvolutionPlan, _ error: Diagnostic? = nil) -> Diagnostic {
    let index = plan.changes.firstIndex { if case .dropped = $0 { true } else { false } } ?? 0
    return plan.refusal(
      index, "other parts of the network depend on how many channels come out of this stage",
      notes: error.map { ["in the rewritten network: \($0.message)"] } ?? [],
      help: "write the number in place of `channels(...)`")
  }
}

extension TensorType {
  /// True for a type of the same numbers, where a network is read at one size.
  fileprivate func isSame(as other: Self) -> Bool {
    channels == other.channels && element == other.element && height.constantValue == other.height.constantValue
      && width.constantValue == other.width.constantValue
  }
}

extension ConvolutionPlan.Change: CustomStringConvertible {
  /// What happens to the stage, in words that follow it.
  var description: String {
    switch self {
    case .none: "stays as it is"
    case .dropped: "falls away"
    case .replaced(let use, over: let source):
      "becomes `\(type(of: use.stage).signature.name)` with a window of \(source.map.rows)x\(source.map.columns)"
    }
  }

  /// True where two nodes of one call become the same text.
  fileprivate func isWrittenLike(_ other: Self) -> Bool {
    switch (self, other) {
    case (.none, .none), (.dropped, .dropped): true
    case (.replaced(let a, over: _), .replaced(let b, over: _)):
      type(of: a.stage) == type(of: b.stage) && a.arguments == b.arguments
    default: false
    }
  }
}
