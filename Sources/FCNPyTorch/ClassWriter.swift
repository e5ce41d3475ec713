import FCNCore

/// Writes the classes of a network, those inside first. Parts that are alike share a class, and the numbers in which they
/// differ are its parameters.
struct ClassWriter {
  let graph: Graph
  let forms: NodeForms
  let root: Block
  let plan: OutputPlan
  let networkName: String
  private(set) var texts: [String] = []

  private let readers: [[Int]]
  private let lossValues: Set<Graph.ValueID>
  private let producers: [Graph.ValueID: Int]
  private var taken: Set<String>
  /// How each part is made, by its scope.
  private var makers: [Int: PyTorchModule] = [:]
  private var trees: [Int: ModuleTree] = [:]

  init(graph: Graph, forms: NodeForms, root: Block, plan: OutputPlan) {
    self.graph = graph
    self.forms = forms
    self.root = root
    self.plan = plan
    let names = PythonNames.used.union(forms.definitions.map(\.name))
    let className = PythonNames.className(graph.name)
    networkName = names.contains(className) ? className + "Network" : className
    producers = graph.producers
    lossValues = Set(plan.lossValues)
    var readers = Array(repeating: [Int](), count: graph.values.count)
    for index in plan.bodyNodes {
      for value in graph.nodes[index].inputs { readers[value].append(index) }
    }
    self.readers = readers
    taken = names.union([networkName])
  }

  mutating func write() {
    let parts = Dictionary(grouping: root.all.dropFirst(), by: \.height)
    for height in parts.keys.sorted() {
      var drafts: [String: [ClassDraft]] = [:]
      var order: [String] = []
      for block in parts[height] ?? [] {
        let draft = draft(block)
        if drafts[draft.signature] == nil { order.append(draft.signature) }
        drafts[draft.signature, default: []].append(draft)
      }
      for signature in order { writeClass(drafts[signature] ?? []) }
    }
    writeNetwork()
  }

  // MARK: Parts

  /// Writes the class of parts that are alike, and notes how each is made.
  private mutating func writeClass(_ drafts: [ClassDraft]) {
    let name = freeName(drafts[0].name)
    let holes = ClassParameters(drafts)
    texts.append(drafts[0].text(className: name, parameters: holes))
    for (index, draft) in drafts.enumerated() {
      guard let scope = draft.block.scope else { continue }
      makers[scope.identity] = PyTorchModule(name, holes.arguments(of: index))
      trees[scope.identity] = draft.tree
    }
  }

  private mutating func freeName(_ base: String) -> String {
    var name = base
    var number = 1
    while !taken.insert(name).inserted {
      number += 1
      name = "\(base)\(number)"
    }
    return name
  }

  private func draft(_ block: Block) -> ClassDraft {
    let (inputs, outputs) = boundary(of: block)
    let tree = tree(of: block)
    let authorNames = authorNames(in: block)
    let named = named(inputs.map { ($0, block.scope?.names[$0] ?? authorNames[$0] ?? "x") })
    let writer = ForwardWriter(
      steps(of: block, tree), inputs: named, outputs: outputs, authorNames: authorNames, reserved: taken)
    let results = outputs.indices.map { writer.text(ofOutput: $0) }.joined(separator: ", ")
    return ClassDraft(
      block: block, name: name(of: block), tree: tree, inputs: named.map(\.1),
      body: writer.lines + PythonLayout.wrapped("return \(results)"))
  }

  /// Values with different names that are, or are like, the given ones.
  private func named(_ values: [(Graph.ValueID, String)]) -> [(Graph.ValueID, String)] {
    var result: [(Graph.ValueID, String)] = []
    for (value, wanted) in values {
      let base = PythonNames.variable(wanted)
      var name = base
      var number = 1
      while taken.contains(name) || result.contains(where: { $0.1 == name }) {
        number += 1
        name = "\(base)_\(number)"
      }
      result.append((value, name))
    }
    return result
  }

  /// The names of the statements that the part itself consists of; what a part inside calls its result is its own affair.
  private func authorNames(in block: Block) -> [Graph.ValueID: String] {
    var inner: Set<Int> = []
    for part in block.children {
      for node in part.nodes {
        let scopes = graph.nodes[node].origin.scopes
        inner.formUnion(scopes.drop { $0.identity != part.scope?.identity }.map(\.identity))
      }
    }
    var names: [Graph.ValueID: String] = [:]
    for node in block.nodes {
      for id in graph.nodes[node].outputs + graph.nodes[node].inputs {
        let value = graph.values[id]
        if let scope = value.namingScope, !inner.contains(scope) { names[id] = value.name }
      }
    }
    return names
  }

  private func name(of block: Block) -> String {
    if let definition = block.scope?.definition { return PythonNames.className(definition) }
    let parts = block.path.split(separator: ".").filter { !$0.allSatisfy(\.isNumber) }
    return PythonNames.className(parts.last.map(String.init) ?? "Part")
  }

  /// The values from outside that a part reads, in this order, and those of its values that are read outside.
  private func boundary(of block: Block) -> (inputs: [Graph.ValueID], outputs: [Graph.ValueID]) {
    let nodes = block.nodes
    let inside = Set(nodes)
    var inputs: [Graph.ValueID] = []
    var outputs: [Graph.ValueID] = []
    var seen: Set<Graph.ValueID> = []
    for node in nodes {
      for value in graph.nodes[node].inputs where !(producers[value].map(inside.contains) ?? false) {
        if seen.insert(value).inserted { inputs.append(value) }
      }
      for value in graph.nodes[node].outputs
      where readers[value].contains(where: { !inside.contains($0) }) || lossValues.contains(value) {
        outputs.append(value)
      }
    }
    return (inputs, outputs)
  }

  private func tree(of block: Block) -> ModuleTree {
    let tree = ModuleTree()
    for item in block.items {
      switch item {
      case .node(let node):
        guard let module = forms[node].module else { continue }
        tree.insert(relative(graph.nodes[node].weightPath, block)).maker = module
      case .block(let part):
        guard let scope = part.scope else { continue }
        tree.insert(relative(part.path, block)).maker = makers[scope.identity]
      }
    }
    return tree
  }

  private func relative(_ path: String, _ block: Block) -> Substring {
    block.path.isEmpty ? path[...] : path.dropFirst(block.path.count + 1)
  }

  private func steps(of block: Block, _ tree: ModuleTree) -> [ForwardStep] {
    block.items.map { item in
      switch item {
      case .node(let index):
        let node = graph.nodes[index]
        let form = forms[index]
        let access = tree.access(relative(node.weightPath, block))
        let types = node.inputs.map { graph.values[$0].type }
        return ForwardStep(
          reads: node.inputs, writes: node.outputs,
          expression: form.expression.replacing(PyTorchSite.module, with: access), isOperation: form.isOperation,
          isHeavy: node.stage.multiplyAdds(for: types) > 0)
      case .block(let part):
        let (inputs, outputs) = boundary(of: part)
        let arguments = inputs.indices.map(PyTorchSite.placeholder).joined(separator: ", ")
        return ForwardStep(
          reads: inputs, writes: outputs, expression: "\(tree.access(relative(part.path, block)))(\(arguments))",
          isHeavy: true)
      }
    }
  }

  // MARK: The network

  private mutating func writeNetwork() {
    let tree = tree(of: root)
    let names = named(graph.inputs.map { ($0.value, $0.description.name) })
    let parameters = names.map(\.1).joined(separator: ", ")
    let writer = ForwardWriter(
      steps(of: root, tree), inputs: names, outputs: plan.lossValues, authorNames: authorNames(in: root),
      reserved: taken)
    let results = graph.outputs.indices.map { index in
      "\(PythonNames.literal(graph.outputs[index].description.name)): \(writer.text(ofOutput: index))"
    }
    var lines = ["class \(networkName)(\(tree.baseClass)):", "    def __init__(self):"]
    lines += (ModuleText.statements(tree) { $0.maker?.text() ?? "None" } + ties(tree)).map { "        \($0)" }
    if forms.initialization != nil { lines.append("        self.apply(initialize)") }
    let isFinished = plan.finishing.contains { !$0.isEmpty }
    lines += ["", "    def \(isFinished ? "logits" : "forward")(self, \(parameters)):"]
    if isFinished {
      lines.append(#"        """The outputs as losses take them: before the last softmax, sigmoid or argmax.""""#)
    }
    lines += (writer.lines + Self.dictionary(results)).map { "        \($0)" }
    if isFinished {
      lines += ["", "    def forward(self, \(parameters)):", "        outputs = self.logits(\(parameters))"]
      for (output, chain) in zip(graph.outputs, plan.finishing) where !chain.isEmpty {
        let name = "outputs[\(PythonNames.literal(output.description.name))]"
        let text = chain.reduce(name) { text, node in
          ForwardWriter.substitute(
            text, isOperation: false, for: PyTorchSite.placeholder(forInput: 0), in: forms[node].expression)
        }
        lines.append("        \(name) = \(text)")
      }
      lines.append("        return outputs")
    } else {
      lines += [
        "", "    # What losses take: no output ends in a softmax, a sigmoid or an argmax.", "    logits = forward",
      ]
    }
    texts.append(lines.joined(separator: "\n"))
  }

  private static func dictionary(_ items: [String]) -> [String] {
    let line = "return {\(items.joined(separator: ", "))}"
    if line.count <= PythonLayout.bodyWidth { return [line] }
    return ["return {"] + items.map { "    \($0)," } + ["}"]
  }

  /// Weights that are one tensor under two names.
  private func ties(_ tree: ModuleTree) -> [String] {
    var first: [String: (path: String, name: String)] = [:]
    var lines: [String] = []
    let body = Set(plan.bodyNodes)
    for use in graph.weightUses() where body.contains(use.node) {
      let own = (path: graph.nodes[use.node].weightPath, name: use.requirement.name)
      guard let other = first[use.tensor] else {
        first[use.tensor] = own
        continue
      }
      guard other != own else { continue }
      lines.append("\(access(own.path, tree)).\(own.name) = \(access(other.path, tree)).\(other.name)")
    }
    return lines
  }

  /// The path of a module from the network on, through the parts that are classes of their own.
  private func access(_ path: String, _ tree: ModuleTree) -> String {
    var (text, tree, block) = ("self", tree, root)
    while let part = block.children.first(where: { path.hasPrefix($0.path + ".") }), let scope = part.scope,
      let inner = trees[scope.identity]
    {
      text += tree.access(relative(part.path, block)).dropFirst("self".count)
      (tree, block) = (inner, part)
    }
    return text + tree.access(relative(path, block)).dropFirst("self".count)
  }
}
