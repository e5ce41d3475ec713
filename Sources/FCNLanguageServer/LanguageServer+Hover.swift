import FCNCore
import FCNDriver

extension LanguageServer {
  /// What is at a place: of a value its size, stride and receptive field, of a stage its manual and what it gives there.
  func hover(_ params: JSON) -> JSON {
    guard let (document, offset) = place(params), let name = NameAtPlace(document.tree, offset) else { return .null }
    var parts: [String] = []
    switch name.role {
    case .stage(let call):
      if let stage = call.namespace == nil ? session.registry.stages[call.name.name] : nil {
        parts.append("**\(stage.signature.name)** — \(stage.signature.summary)")
      }
      if let graph = document.graph { parts += values(givenBy: call, in: graph).map { text(of: $0, in: graph) } }
    case .argument(let parameter, let call):
      if let found = session.registry.stages[call.name.name]?.signature.parameters.first(where: { $0.name == parameter }
      ) {
        parts.append("**\(parameter)** — \(found.summary)\n\nTakes \(found.kindInWords).")
      }
    case .value:
      if let graph = document.graph, let id = graph.values.lastIndex(where: { $0.isNamed && $0.name == name.text }) {
        parts.append("**\(name.text)**")
        parts.append(text(of: id, in: graph))
      }
    }
    guard !parts.isEmpty else { return .null }
    return [
      "contents": ["kind": "markdown", "value": .text(parts.joined(separator: "\n\n"))],
      "range": encoding.range(name.range),
    ]
  }

  /// The results of the nodes that a call stands for.
  private func values(givenBy call: CallSyntax, in graph: Graph) -> [Graph.ValueID] {
    // A definition that is used often would fill the screen.
    graph.nodes.filter { node in
      guard let range = node.origin.range else { return false }
      return range.file.path == call.range.file.path && range.lower == call.range.lower
        && range.upper == call.range.upper
    }.prefix(4).flatMap(\.outputs)
  }

  private func text(of value: Graph.ValueID, in graph: Graph) -> String {
    let type = graph.values[value].type
    var lines = ["`\(type.channels) x \(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))`"]
    if let rows = try? AxisGeometry(graph, .rows, of: [value]),
      let columns = try? AxisGeometry(graph, .columns, of: [value])
    {
      let places = [rows, columns].compactMap { $0.classes.first?.places[value]?.scale }
      if places.count == 2 {
        lines.append("stride \(places[0] == places[1] ? "\(places[0])" : "\(places[0]) x \(places[1])")")
      }
      let fields = [rows, columns].compactMap { $0.receptiveField(of: value, in: graph)?.size }
      if fields.count == 2 {
        lines.append("sees \(fields[0]) x \(fields[1]) pixels of the input")
      }
    }
    return lines.joined(separator: ", ")
  }
}
