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
    let head = (["self"] + parameters.names).joined(separator: ", ")
    let statements = tree.statements { $0.maker?.text(names: parameters.names(in: $0)) ?? "None" }
    let lines =
      ["class \(className)(nn.Module):", "    def __init__(\(head)):", "        super().__init__()"]
      + statements.map { "        \($0)" } + ["", "    def forward(self, \(inputs.joined(separator: ", "))):"]
      + body.map { "        \($0)" }
    return lines.joined(separator: "\n")
  }
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
        namesByTree[ObjectIdentifier(tree), default: [:]][index] = name(for: argument, values)
      }
    }
  }

  var names: [String] { parameters.map(\.name) }

  /// The names of the parameters that arguments of a module are given by.
  func names(in tree: ModuleTree) -> [Int: String] { namesByTree[ObjectIdentifier(tree)] ?? [:] }

  /// What a part gives for the parameters.
  func arguments(of part: Int) -> [PyTorchModule.Argument] {
    parameters.map { parameter in
      var argument = parameter.argument
      argument.name = parameter.name
      argument.value = parameter.values[part]
      argument.defaultValue = nil
      return argument
    }
  }

  /// One parameter serves all numbers of channels that are equal in every part.
  private mutating func name(for argument: PyTorchModule.Argument, _ values: [String]) -> String {
    let known = parameters.first {
      $0.values == values
        && ($0.argument.name == argument.name || ($0.argument.countsChannels && argument.countsChannels))
    }
    if let known { return known.name }
    var name = argument.name
    var number = 1
    while names.contains(name) {
      number += 1
      name = "\(argument.name)\(number)"
    }
    parameters.append(Parameter(name: name, argument: argument, values: values))
    return name
  }
}
