import FCNRuntime

/// Writes a graph as text, one line for each input, node and output, for `fcnc explain` and for tests.
public enum GraphPrinter {
  public static func text(of graph: Graph) -> String {
    let names = graph.uniqueNames
    var lines = ["network \(graph.name)"]
    for input in graph.inputs {
      lines.append("input \(definition(of: input.value, names, graph))  // \(size(of: input.value, graph))")
    }
    for node in graph.nodes {
      let results = node.outputs.map { definition(of: $0, names, graph) }.joined(separator: ", ")
      let inputs = node.inputs.map { names[$0] }.joined(separator: ", ")
      let sizes = node.outputs.map { size(of: $0, graph) }.joined(separator: "; ")
      let weights = node.weightPath.isEmpty ? "" : ", weights \(node.weightPath)"
      let stage = type(of: node.stage).signature.name
      lines.append("\(results) = \(stage)\(arguments(of: node)) \(inputs)  // \(sizes)\(weights)")
    }
    for output in graph.outputs {
      lines.append("output \(output.description.name): \(kind(output.description.kind)) = \(names[output.value])")
    }
    for (weight, tensor) in graph.weightMap.sorted(by: { $0.key < $1.key }) {
      lines.append("weight \(weight) = \(tensor)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func definition(of id: Graph.ValueID, _ names: [String], _ graph: Graph) -> String {
    "\(names[id])[\(graph.values[id].type.channels)]"
  }

  private static func size(of id: Graph.ValueID, _ graph: Graph) -> String {
    let type = graph.values[id].type
    return "\(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))"
  }

  /// The arguments as the author wrote them; those that were left out have their defaults.
  private static func arguments(of node: Graph.Node) -> String {
    let written = node.origin.arguments.sorted { $0.key < $1.key }.map { name, range in
      "\(name): \(String(decoding: range.file.bytes[range.clamped], as: UTF8.self))"
    }
    return written.isEmpty ? "" : "(\(written.joined(separator: ", ")))"
  }

  private static func kind(_ kind: OutputKind) -> String {
    switch kind {
    case .labels(let classes): "labels of \(classes.count)"
    case .probability: "probability"
    case .logits(let classes): "logits of \(classes.count)"
    case .density: "density"
    case .image(let maximum, let order): "image \(order) up to \(maximum)"
    case .raw: "raw"
    }
  }
}

extension SourceRange {
  /// The range within the bytes of its file.
  fileprivate var clamped: Range<Int> {
    let lower = min(max(lower, 0), file.bytes.count)
    return lower..<min(max(upper, lower), file.bytes.count)
  }
}
