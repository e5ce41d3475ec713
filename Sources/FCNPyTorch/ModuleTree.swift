import FCNCore

/// The modules of a class by the names of their weights.
final class ModuleTree {
  /// What is made here; nil for a mere part of names.
  var maker: PyTorchModule?
  private(set) var children: [(name: String, tree: ModuleTree)] = []

  init() {}

  /// The tree at a path such as `encoder.0.conv`.
  func insert(_ path: Substring) -> ModuleTree {
    guard !path.isEmpty else { return self }
    let name = String(path.prefix { $0 != "." })
    let rest = path.dropFirst(name.count).dropFirst()
    if let child = self[name] { return child.insert(rest) }
    let child = ModuleTree()
    children.append((name, child))
    return child.insert(rest)
  }

  subscript(name: String) -> ModuleTree? { children.first { $0.name == name }?.tree }

  /// Every tree with a maker, from the root on.
  var made: [ModuleTree] { (maker == nil ? [] : [self]) + children.flatMap(\.tree.made) }

  /// How the parts are held.
  enum Kind: String { case module, list, dictionary }

  /// - Parameter isRoot: the tree is the class itself.
  func kind(isRoot: Bool = false) -> Kind {
    if isRoot || maker != nil { return .module }
    let isCounted = children.enumerated().allSatisfy { String($0.offset) == $0.element.name }
    return isCounted ? .list : .dictionary
  }

  /// The path of a module from `self` on.
  func access(_ path: Substring) -> String {
    var text = "self"
    var tree = self
    for part in path.split(separator: ".") {
      text += Self.step(String(part), in: tree.kind(isRoot: tree === self))
      guard let child = tree[String(part)] else { break }
      tree = child
    }
    return text
  }

  private static func step(_ name: String, in kind: Kind) -> String {
    switch kind {
    case .list: "[\(name)]"
    case _ where PythonNames.isPlainAttribute(name): ".\(name)"
    case .dictionary: "[\(PythonNames.literal(name))]"
    case .module: "._modules[\(PythonNames.literal(name))]"
    }
  }

  /// The structure without the arguments, to find classes that are alike.
  var shape: String {
    let own = maker.map { "\($0.type)(\($0.arguments.map(\.name).joined(separator: ",")))" } ?? ""
    return own + "{" + children.map { "\($0.name):\($0.tree.shape)" }.joined(separator: ";") + "}"
  }

  /// The statements of `__init__` that make the modules, without indentation.
  /// - Parameter call: the text that makes the module of a tree.
  func statements(_ call: (ModuleTree) -> String) -> [String] {
    var lines: [String] = []
    var late: [(String, ModuleTree)] = []
    for (name, tree) in children {
      let target = "self" + Self.step(name, in: .module)
      lines += Self.assignment(target, tree.expression(target, call, &late))
    }
    while !late.isEmpty {
      let (target, tree) = late.removeFirst()
      lines += Self.assignment(target, tree.expression(target, call, &late))
    }
    return lines
  }

  private static func assignment(_ target: String, _ value: [String]) -> [String] {
    ["\(target) = \(value[0])"] + value.dropFirst()
  }

  /// The lines that make this tree. Parts that no literal can hold are added to `late`.
  private func expression(
    _ target: String, _ call: (ModuleTree) -> String, _ late: inout [(String, ModuleTree)]
  ) -> [String] {
    let kind = kind()
    if kind == .module {
      late += children.map { (target + Self.step($0.name, in: .module), $0.tree) }
      return Self.wrapped(call(self), room: 100 - target.count - 12)
    }
    var items: [[String]] = []
    for (name, tree) in children {
      let access = target + Self.step(name, in: kind)
      guard kind == .list || PythonNames.isPlainAttribute(name) || name.allSatisfy(\.isNumber) else {
        late.append(("\(target)._modules[\(PythonNames.literal(name))]", tree))
        continue
      }
      var item = tree.expression(access, call, &late)
      if kind == .dictionary { item[0] = "\(PythonNames.literal(name)): \(item[0])" }
      item[item.count - 1] += ","
      items.append(item)
    }
    let brackets = kind == .list ? ("[", "]") : ("{", "}")
    let type = kind == .list ? "nn.ModuleList" : "nn.ModuleDict"
    if items.isEmpty { return ["\(type)()"] }
    let short = items.map { $0.joined() }.joined(separator: " ").dropLast()
    if items.allSatisfy({ $0.count == 1 }), short.count + target.count < 70 {
      return ["\(type)(\(brackets.0)\(short)\(brackets.1))"]
    }
    return ["\(type)(\(brackets.0)"] + items.joined().map { "    \($0)" } + ["\(brackets.1))"]
  }

  /// A call on one line, or with its arguments on a line of their own.
  private static func wrapped(_ call: String, room: Int) -> [String] {
    guard call.count > room, let open = call.firstIndex(of: "("), call.hasSuffix(")") else { return [call] }
    return [String(call[...open]), "    " + call[call.index(after: open)...].dropLast(), ")"]
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
