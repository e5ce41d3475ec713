import FCNCore

/// The class of one part of a network, before it is known which of its numbers become parameters.
struct ClassDraft {
  var block: Block
  var name: String
  var tree: ModuleTree
  /// The parameters of `forward`.
  var inputs: [String]
  /// The statements of `forward`.
  var body: [String]

  /// Equal for parts that may share a class.
  var signature: String { ([name, tree.shape] + inputs + body).joined(separator: "\n") }

  func text(className: String, parameters: ClassParameters) -> String {
    let statements = ModuleText.statements(tree) { $0.maker?.text(names: parameters.names(in: $0)) ?? "None" }
    var lines = ["class \(className)(\(tree.baseClass)):"]
    lines += PythonLayout.definition("__init__", ["self"] + parameters.declarations).map { PythonLayout.indent + $0 }
    lines += statements.map { "        \($0)" }
    if !isSequence {
      lines += ["", "    def forward(self, \(inputs.joined(separator: ", "))):"] + body.map { "        \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  /// Whether the parts are called one after the other, which `nn.Sequential` does by itself.
  private var isSequence: Bool {
    guard tree.kind == .counted, inputs.count == 1 else { return false }
    let x = inputs[0]
    let last = tree.children.count - 1
    let calls = (0..<last).map { "\(x) = self[\($0)](\(x))" } + ["return self[\(last)](\(x))"]
    return body == PythonLayout.folded(Array(calls.dropLast())) + calls.suffix(1)
  }
}

extension ModuleTree {
  /// What the class inherits from: parts that are counted make a sequence.
  var baseClass: String { kind == .counted ? "nn.Sequential" : "nn.Module" }
}

/// The numbers in which parts that share a class differ.
struct ClassParameters {
  private struct Parameter {
    var name: String
    var argument: PyTorchModule.Argument
    /// One for each part.
    var values: [String]
  }

  private var parameters: [Parameter] = []
  private var namesByTree: [ObjectIdentifier: [Int: String]] = [:]

  /// - Parameter drafts: of one signature
  init(_ drafts: [ClassDraft]) {
    let made = drafts.map(\.tree.made)
    for (position, tree) in made[0].enumerated() {
      for (index, argument) in (tree.maker?.arguments ?? []).enumerated() {
        let values = made.map { $0[position].maker?.arguments[index].value ?? "" }
        guard Set(values).count > 1 else { continue }
        namesByTree[ObjectIdentifier(tree), default: [:]][index] = name(for: argument, of: tree, values)
      }
    }
    // Python wants those with a default behind the others.
    parameters =
      parameters.filter { $0.argument.defaultValue == nil } + parameters.filter { $0.argument.defaultValue != nil }
  }

  private var names: [String] { parameters.map(\.name) }

  /// As `__init__` declares them.
  var declarations: [String] {
    parameters.map { parameter in parameter.name + (parameter.argument.defaultValue.map { "=\($0)" } ?? "") }
  }

  /// The names of the parameters that arguments of a module are given by.
  func names(in tree: ModuleTree) -> [Int: String] { namesByTree[ObjectIdentifier(tree)] ?? [:] }

  /// What a part gives for the parameters.
  func arguments(of part: Int) -> [PyTorchModule.Argument] {
    parameters.map { parameter in
      var argument = parameter.argument
      argument.name = parameter.name
      argument.value = parameter.values[part]
      return argument
    }
  }

  /// One parameter serves all numbers of channels that are equal in every part.
  private mutating func name(
    for argument: PyTorchModule.Argument, of tree: ModuleTree, _ values: [String]
  ) -> String {
    let known = parameters.first {
      $0.values == values
        && ($0.argument.name == argument.name || ($0.argument.countsChannels && argument.countsChannels))
    }
    if let known { return known.name }
    var name = argument.name
    if names.contains(name), let part = tree.path.split(separator: ".").first(where: { !PythonNames.isNumber($0) }) {
      name = PythonNames.variable("\(part)_\(name)")
    }
    let base = name
    var number = 1
    while names.contains(name) {
      number += 1
      name = "\(base)\(number)"
    }
    parameters.append(Parameter(name: name, argument: argument, values: values))
    return name
  }
}
