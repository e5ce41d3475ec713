import FCNCore

/// A part of the network that becomes a class: the network itself, a use of a definition, or a turn of a repeat, where
/// no other part has weights under its name.
final class Block {
  enum Item {
    case node(Int)
    case block(Block)
  }

  /// nil for the network.
  let scope: Graph.Scope?
  let items: [Item]
  /// How many blocks lie inside each other.
  let height: Int
  /// Its nodes and those of the blocks inside.
  let nodes: [Int]

  init(scope: Graph.Scope?, items: [Item]) {
    self.scope = scope
    self.items = items
    var height = 0
    nodes = items.flatMap { item in
      switch item {
      case .node(let node): return [node]
      case .block(let block):
        height = max(height, block.height + 1)
        return block.nodes
      }
    }
    self.height = height
  }

  /// What stands before the names of its weights.
  var path: String { scope?.path ?? "" }

  var children: [Block] {
    items.compactMap { if case .block(let block) = $0 { block } else { nil } }
  }

  /// Itself and every block inside.
  var all: [Block] { [self] + children.flatMap(\.all) }

  static func tree(of graph: Graph, nodes: [Int]) -> Block {
    let grouping = Grouping(graph: graph, nodes: nodes)
    return Block(scope: nil, items: grouping.items(nodes[...], depth: 0))
  }
}

private struct Grouping {
  let graph: Graph
  /// The weight paths of the nodes, in alphabetical order, one for each use.
  let paths: [String]

  init(graph: Graph, nodes: [Int]) {
    self.graph = graph
    paths = nodes.map { graph.nodes[$0].weightPath }.filter { !$0.isEmpty }.sorted()
  }

  func items(_ nodes: ArraySlice<Int>, depth: Int) -> [Block.Item] {
    var result: [Block.Item] = []
    for run in runs(nodes, depth) {
      guard let scope = scope(of: run[run.startIndex], depth) else {
        result += run.map { .node($0) }
        continue
      }
      let inner = items(run, depth: depth + 1)
      if owns(scope, run), !hasOwner(of: scope.path, run, depth + 1) {
        result.append(.block(Block(scope: scope, items: inner)))
      } else {
        result += inner
      }
    }
    return result
  }

  /// Neighbouring nodes of one scope.
  private func runs(_ nodes: ArraySlice<Int>, _ depth: Int) -> [ArraySlice<Int>] {
    guard !nodes.isEmpty else { return [] }
    var runs: [ArraySlice<Int>] = []
    var start = nodes.startIndex
    for index in nodes.indices.dropFirst()
    where scope(of: nodes[index], depth)?.identity != scope(of: nodes[index - 1], depth)?.identity {
      runs.append(nodes[start..<index])
      start = index
    }
    return runs + [nodes[start...]]
  }

  private func scope(of node: Int, _ depth: Int) -> Graph.Scope? {
    let scopes = graph.nodes[node].origin.scopes
    return depth < scopes.count ? scopes[depth] : nil
  }

  /// Whether exactly the weights under its name belong to the scope, and it is more than one stage.
  private func owns(_ scope: Graph.Scope, _ run: ArraySlice<Int>) -> Bool {
    guard run.count > 1, !scope.path.isEmpty else { return false }
    let own = run.map { graph.nodes[$0].weightPath }.filter { !$0.isEmpty }
    let prefix = scope.path + "."
    guard !own.isEmpty, own.allSatisfy({ $0.hasPrefix(prefix) }) else { return false }
    return !paths[firstPath(from: scope.path)..<paths.count].prefix(1).contains(scope.path)
      && firstPath(from: scope.path + "/") - firstPath(from: prefix) == own.count
  }

  /// The position of the first path that is not before `bound`. A slash is the character behind the dot.
  private func firstPath(from bound: String) -> Int {
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if paths[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a scope further in has the same name and all of its weights.
  private func hasOwner(of path: String, _ run: ArraySlice<Int>, _ depth: Int) -> Bool {
    runs(run, depth).contains { inner in
      guard let scope = scope(of: inner[inner.startIndex], depth) else { return false }
      return (scope.path == path && owns(scope, inner)) || hasOwner(of: path, inner, depth + 1)
    }
  }
}
