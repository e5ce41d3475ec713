import FCNCore

/// What every node of a graph is in PyTorch.
struct NodeForms {
  /// By node; nil for nodes that no output depends on.
  let forms: [PyTorchForm?]

  subscript(node: Int) -> PyTorchForm {
    guard let form = forms[node] else { preconditionFailure("node \(node) is dead") }
    return form
  }

  /// Fails, with errors that name the stages and their places, where a stage has no form.
  init?(of graph: Graph, report: inout DiagnosticSink) {
    var forms: [PyTorchForm?] = []
    var isComplete = true
    for (node, isLive) in zip(graph.nodes, graph.liveNodes) {
      guard isLive else {
        forms.append(nil)
        continue
      }
      do throws(Rejection) {
        forms.append(try Self.form(of: node, in: graph))
      } catch {
        isComplete = false
        report.report(Self.finding(error, node))
      }
    }
    self.forms = forms
    for finding in Self.sharing(graph, forms) {
      isComplete = false
      report.report(finding)
    }
    guard isComplete else { return nil }
  }

  /// Uses that share their weights with one that makes another module of them.
  private static func sharing(_ graph: Graph, _ forms: [PyTorchForm?]) -> [Diagnostic] {
    var first: [String: Int] = [:]
    return zip(graph.nodes, forms).enumerated().compactMap { index, pair in
      guard let module = pair.1?.module, let other = first[pair.0.weightPath], let otherModule = forms[other]?.module
      else {
        if pair.1?.module != nil { first[pair.0.weightPath] = index }
        return nil
      }
      guard otherModule != module else { return nil }
      let name = type(of: pair.0.stage).signature.name
      var finding = finding(
        Rejection(
          "`\(name)` shares the weights `\(pair.0.weightPath)` with a use of other settings, and a module of PyTorch has "
            + "one set of them", help: "give both the same settings, or each its own weights"), pair.0)
      if let range = graph.nodes[other].origin.range { finding.related.insert(.init(range, "the other use"), at: 0) }
      return finding
    }
  }

  private static func form(of node: Graph.Node, in graph: Graph) throws(Rejection) -> PyTorchForm {
    let name = type(of: node.stage).signature.name
    let types = node.inputs.map { graph.values[$0].type }
    let weights = node.stage.weights(for: types)
    if let stage = node.stage as? any PyTorchExportable {
      let form = try stage.pytorch(PyTorchSite(types: types))
      guard weights.isEmpty == (form.module == nil) else {
        throw Rejection(
          "`\(name)` has \(weights.isEmpty ? "no " : "")weights, but \(weights.isEmpty ? "a" : "no") module in PyTorch",
          help: "this is a fault of the plugin that registers `\(name)`")
      }
      // PyTorch notes the mode of every module there.
      if node.weightPath.split(separator: ".").contains("training") {
        throw Rejection(
          "PyTorch cannot have a part named `training`, as in the weights `\(node.weightPath)`",
          help: "give the stage, or what it is a part of, another label")
      }
      return form
    }
    guard let stage = node.stage as? any PointwiseStage, weights.isEmpty else {
      throw Rejection(
        "`\(name)` has no form in PyTorch",
        help: "write it by other stages, or let its plugin make it conform to `PyTorchExportable`")
    }
    let formula = stage.expression(for: types)
    return PyTorchForm(formula.pytorch(PyTorchSite(types: types)), isOperation: formula.isOperation)
  }

  private static func finding(_ rejection: Rejection, _ node: Graph.Node) -> Diagnostic {
    func range(_ subject: Rejection.Subject) -> SourceRange? {
      if case .argument(let name) = subject { return node.origin.arguments[name] ?? node.origin.range }
      return node.origin.range
    }
    return Diagnostic(
      rejection.id ?? .notExportable, rejection.message, at: range(rejection.subject),
      related: rejection.related.compactMap { related in
        range(related.subject).map { Diagnostic.Label($0, related.text) }
      }
        + node.origin.instances.reversed().prefix(8).map { Diagnostic.Label($0, "in this use of a definition") },
      notes: rejection.notes, help: rejection.help)
  }

  /// The functions and classes that the forms use, each once.
  var definitions: [PythonDefinition] {
    var seen: Set<PythonDefinition> = []
    return forms.compactMap { $0?.definitions }.joined().filter { seen.insert($0).inserted }
  }

  /// The function that gives fresh modules their numbers; nil where PyTorch's own are right.
  var initialization: String? {
    var types: [[String]: [String]] = [:]
    var order: [[String]] = []
    for module in forms.compactMap({ $0?.module }) where !module.initialization.isEmpty {
      if types[module.initialization] == nil { order.append(module.initialization) }
      if types[module.initialization]?.contains(module.type) != true {
        types[module.initialization, default: []].append(module.type)
      }
    }
    guard !order.isEmpty else { return nil }
    let branches = order.enumerated().map { index, lines in
      let names = types[lines] ?? []
      let list = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
      return "    \(index == 0 ? "if" : "elif") isinstance(module, \(list)):\n"
        + lines.map { "        \($0)" }.joined(separator: "\n")
    }
    return """
      def initialize(module):
          \"""Normal numbers with variance 2 / fan-in (He et al. 2015); biases start at zero.\"""

      """ + branches.joined(separator: "\n")
  }
}
