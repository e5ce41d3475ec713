import FCNCore

/// The modules of a class by the names of their weights.
final class ModuleTree {
  /// How the parts are held.
  enum Kind {
    /// As attributes of a module.
    case attributes
    /// In a list or a sequence, counted from 0.
    case counted
    /// In a dictionary.
    case named
  }

  /// The name from the class on.
  let path: String
  /// What is made here; nil for a mere part of names.
  var maker: PyTorchModule?
  private(set) var children: [(name: String, tree: ModuleTree)] = []

  init(path: String = "") { self.path = path }

  /// The tree at a path such as `encoder.0.conv`.
  func insert(_ path: Substring) -> ModuleTree {
    guard !path.isEmpty else { return self }
    let name = String(path.prefix { $0 != "." })
    let rest = path.dropFirst(name.count).dropFirst()
    if let child = self[name] { return child.insert(rest) }
    let child = ModuleTree(path: self.path.isEmpty ? name : "\(self.path).\(name)")
    children.append((name, child))
    return child.insert(rest)
  }

  subscript(name: String) -> ModuleTree? { children.first { $0.name == name }?.tree }

  /// Every tree with a maker, from the root on.
  var made: [ModuleTree] { (maker == nil ? [] : [self]) + children.flatMap(\.tree.made) }

  /// The class itself.
  var isRoot: Bool { path.isEmpty }

  var kind: Kind {
    if maker != nil { return .attributes }
    let isCounted = children.enumerated().allSatisfy { String($0.offset) == $0.element.name }
    if isRoot { return isCounted && children.count > 1 ? .counted : .attributes }
    return isCounted ? .counted : .named
  }

  /// The path of a module from `self` on.
  func access(_ path: Substring) -> String {
    var text = "self"
    var tree = self
    for part in path.split(separator: ".") {
      text += Self.step(String(part), in: tree.kind)
      guard let child = tree[String(part)] else { break }
      tree = child
    }
    return text
  }

  static func step(_ name: String, in kind: Kind) -> String {
    switch kind {
    case .counted: "[\(name)]"
    case _ where PythonNames.isPlainAttribute(name): ".\(name)"
    case .named: "[\(PythonNames.literal(name))]"
    case .attributes: "._modules[\(PythonNames.literal(name))]"
    }
  }

  /// The structure without the arguments, to find classes that are alike.
  var shape: String {
    let own = maker.map { "\($0.type)(\($0.arguments.map(\.name).joined(separator: ",")))" } ?? ""
    return own + "{" + children.map { "\($0.name):\($0.tree.shape)" }.joined(separator: ";") + "}"
  }
}

extension PyTorchModule {
  /// The call that makes the module. Arguments with their default value are left out, those with a name in `names` are
  /// given by it.
  func text(names: [Int: String] = [:]) -> String {
    let texts = arguments.enumerated().compactMap { index, argument -> String? in
      guard let defaultValue = argument.defaultValue else { return names[index] ?? argument.value }
      if let name = names[index] { return "\(argument.name)=\(name)" }
      return argument.value == defaultValue ? nil : "\(argument.name)=\(argument.value)"
    }
    return "\(type)(\(texts.joined(separator: ", ")))"
  }
}
