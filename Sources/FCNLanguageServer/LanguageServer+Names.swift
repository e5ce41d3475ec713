import FCNCore
import FCNDriver
import Foundation

extension LanguageServer {
  /// Where the name at a place is defined.
  func definition(_ params: JSON) -> JSON {
    guard let (document, offset) = place(params), let name = NameAtPlace(document.tree, offset) else { return .null }
    if case .stage(let call) = name.role, let namespace = call.namespace {
      return inIncluded(namespace.name, document) { Self.definition(of: name.text, in: $0) }
    }
    for case .include(let include) in document.tree.items
    where include.pathRange == name.range || include.name.name == name.text {
      return inIncluded(include.name.name, document) { SourceRange(file: $0.file, lower: 0, upper: 0) }
    }
    guard let range = Self.binding(of: name.text, before: offset, in: document.tree) else { return .null }
    return location(range)
  }

  private func location(_ range: SourceRange) -> JSON {
    ["uri": .text(Document.uri(range.file.path)), "range": encoding.range(range)]
  }

  private func inIncluded(_ name: String, _ document: Document, _ find: (NetworkSyntax) -> SourceRange?) -> JSON {
    for case .include(let include) in document.tree.items where include.name.name == name {
      let folder = URL(fileURLWithPath: document.path).deletingLastPathComponent()
      let path = include.path.hasPrefix("/") ? include.path : folder.appendingPathComponent(include.path).path
      var sink = DiagnosticSink()
      guard let file = try? session.read(path), let tree = try? session.parse(file, report: &sink),
        let range = find(tree)
      else { return .null }
      return location(range)
    }
    return .null
  }

  private static func definition(of name: String, in tree: NetworkSyntax) -> SourceRange? {
    for case .definition(let definition) in tree.items where definition.name.name == name {
      return definition.name.range
    }
    return nil
  }

  /// The place that gives a name its meaning: the last one before the use, in the innermost block.
  private static func binding(of name: String, before offset: Int, in tree: NetworkSyntax) -> SourceRange? {
    var best: (range: SourceRange, scope: Int)?
    var scopes = [SourceRange(file: tree.file, lower: 0, upper: tree.file.bytes.count)]
    func offer(_ identifier: Identifier, _ scope: SourceRange) {
      guard identifier.name == name, scope.lower <= offset, offset <= scope.upper else { return }
      let size = scope.upper - scope.lower
      if let best, best.scope < size { return }
      if let best, best.scope == size, identifier.range.lower > offset { return }
      best = (identifier.range, size)
    }
    let whole = scopes[0]
    tree.forEachPart { part in
      switch part {
      case .item(.definition(let definition)):
        offer(definition.name, whole)
        for parameter in definition.parameters { offer(parameter.name, definition.range) }
      case .item(.network(let header)): for parameter in header.parameters { offer(parameter.name, whole) }
      case .item(.input(let input)): offer(input.name, whole)
      case .item(.output(let output)): if output.value != nil { offer(output.name, whole) }
      case .block(let block): scopes.append(block.range)
      case .statement(let statement):
        if case .binding(let names, _) = statement.kind {
          let scope = scopes.last { $0.lower <= statement.range.lower && statement.range.upper <= $0.upper } ?? whole
          for name in names { offer(name, scope) }
        }
      case .expression(let expression):
        if case .repetition(let repetition) = expression.kind {
          offer(repetition.index, repetition.range)
          for carried in repetition.carried { offer(carried.name, repetition.range) }
        }
      case .links(let links):
        for case .repetition(let repetition) in links { offer(repetition.index, repetition.range) }
      case .item, .call: break
      }
    }
    return best?.range
  }

  /// What a file defines, in its order.
  func symbols(_ params: JSON) -> JSON {
    guard let uri = params["textDocument"]?["uri"]?.text, let document = documents[uri] else { return [] }
    return .list(
      document.tree.items.flatMap { item -> [JSON] in
        switch item {
        case .network(let header): return [symbol(header.name, header.range, kind: 2, "network")]
        case .input(let input): return [symbol(input.name, input.range, kind: 8, "input")]
        case .output(let output): return [symbol(output.name, output.range, kind: 7, "output")]
        case .include(let include): return [symbol(include.name, include.range, kind: 3, "include \(include.path)")]
        case .definition(let definition):
          let inner = definition.body.statements.flatMap { bindings($0) }
          return [symbol(definition.name, definition.range, kind: 12, "definition", children: inner)]
        case .statement(let statement): return bindings(statement)
        case .weights: return []
        }
      })
  }

  private func bindings(_ statement: StatementSyntax) -> [JSON] {
    guard case .binding(let names, _) = statement.kind else { return [] }
    return names.map { symbol($0, statement.range, kind: 13, "value") }
  }

  private func symbol(
    _ name: Identifier, _ range: SourceRange, kind: Int, _ detail: String, children: [JSON] = []
  ) -> JSON {
    [
      "name": .text(name.name.isEmpty ? "?" : name.name), "detail": .text(detail), "kind": .integer(kind),
      "range": encoding.range(range.union(name.range)), "selectionRange": encoding.range(name.range),
      "children": .list(children),
    ]
  }
}
