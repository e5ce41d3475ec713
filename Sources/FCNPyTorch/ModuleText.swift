import FCNCore

/// Writes the statements of `__init__` that make the modules of a tree.
struct ModuleText {
  /// The text that makes the module of a tree.
  let call: (ModuleTree) -> String
  /// Parts that no literal can hold, because their names mean something else to PyTorch, and where they go.
  private var late: [(target: String, tree: ModuleTree)] = []

  init(_ call: @escaping (ModuleTree) -> String) { self.call = call }

  /// The statements, without indentation.
  static func statements(_ tree: ModuleTree, _ call: @escaping (ModuleTree) -> String) -> [String] {
    var writer = ModuleText(call)
    var lines: [String] = []
    if tree.kind == .counted {
      let parts = tree.children.map { writer.expression($0.tree, "self[\($0.name)]", depth: 1) }
      lines = ["super().__init__("] + parts.flatMap(Self.item) + [")"]
    } else {
      lines = ["super().__init__()"]
      for (name, child) in tree.children {
        lines += writer.assignment("self" + ModuleTree.step(name, in: .attributes), child)
      }
    }
    while !writer.late.isEmpty {
      let (target, child) = writer.late.removeFirst()
      lines += writer.assignment(target, child)
    }
    return lines
  }

  private mutating func assignment(_ target: String, _ tree: ModuleTree) -> [String] {
    let value = expression(tree, target, depth: 0, lead: target.count + 3)
    return ["\(target) = \(value[0])"] + value.dropFirst()
  }

  /// One of several expressions, indented.
  private static func item(_ lines: [String]) -> [String] {
    var lines = lines.map { PythonLayout.indent + $0 }
    lines[lines.count - 1] += ","
    return lines
  }

  /// The lines that make a tree.
  /// - Parameters:
  ///   - depth: how far the lines will be indented in the statement
  ///   - lead: what stands before the first line
  private mutating func expression(_ tree: ModuleTree, _ target: String, depth: Int, lead: Int = 0) -> [String] {
    let kind = tree.kind
    let room = PythonLayout.bodyWidth - PythonLayout.indent.count * depth - lead - 1
    guard kind != .attributes else {
      late += tree.children.map { (target + ModuleTree.step($0.name, in: .attributes), $0.tree) }
      return PythonLayout.wrapped(call(tree), room: room)
    }
    let lateCount = late.count
    var parts: [(name: String, lines: [String])] = []
    for (name, child) in tree.children {
      guard kind == .counted || PythonNames.isPlainAttribute(name) || PythonNames.isNumber(name) else {
        late.append(("\(target)._modules[\(PythonNames.literal(name))]", child))
        continue
      }
      let key = kind == .named ? PythonNames.literal(name).count + 2 : 0
      parts.append(
        (name, expression(child, target + ModuleTree.step(name, in: kind), depth: depth + 1, lead: key)))
    }
    let isFoldable = late.count == lateCount
    return kind == .counted ? Self.list(parts, isFoldable, room) : Self.dictionary(parts, isFoldable, room)
  }

  private static func list(_ parts: [(name: String, lines: [String])], _ isFoldable: Bool, _ room: Int) -> [String] {
    let first = parts[0].lines
    if isFoldable, parts.count >= 3, first.count == 1, parts.allSatisfy({ $0.lines == first }) {
      let text = "nn.ModuleList(\(first[0]) for _ in range(\(parts.count)))"
      if text.count <= room { return [text] }
    }
    return literal("nn.ModuleList([", parts.map(\.lines), "])", room)
  }

  private static func dictionary(
    _ parts: [(name: String, lines: [String])], _ isFoldable: Bool, _ room: Int
  ) -> [String] {
    var items: [[String]] = []
    var index = 0
    while index < parts.count {
      let count = isFoldable ? runLength(parts[index...]) : 1
      let (name, lines) = parts[index]
      if count >= 4, let start = Int(name), let next = Int(parts[index + 1].name) {
        let range = PythonLayout.range(from: start, by: next - start, count: count)
        items.append(["**{str(i): \(lines[0]) for i in \(range)}"])
        index += count
      } else {
        items.append(["\(PythonNames.literal(name)): \(lines[0])"] + lines.dropFirst())
        index += 1
      }
    }
    return literal("nn.ModuleDict({", items, "})", room)
  }

  /// How many parts from the first on are made alike and have evenly spaced numbers as names.
  private static func runLength(_ parts: ArraySlice<(name: String, lines: [String])>) -> Int {
    guard let first = parts.first, first.lines.count == 1, let start = Int(first.name),
      let second = parts.dropFirst().first,
      let next = Int(second.name), next > start
    else { return 1 }
    return zip(parts, 0...).prefix { part, position in
      part.lines == first.lines && part.name == String(start + position * (next - start))
    }.count
  }

  private static func literal(_ open: String, _ items: [[String]], _ close: String, _ room: Int) -> [String] {
    let short = open + items.map { $0.joined() }.joined(separator: ", ") + close
    if items.allSatisfy({ $0.count == 1 }), short.count <= room { return [short] }
    return [open] + items.flatMap(item) + [close]
  }
}
