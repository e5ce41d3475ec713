import FCNCore

/// The sizes that a network accepts and what comes out, in words.
public enum SizeRule {
  /// For instance: `height and width: multiples of 4; output mask: H x W`.
  public static func text(for graph: Graph) -> String {
    let height = Self.domain(graph, \.height)
    let width = Self.domain(graph, \.width)
    let rows = height.domain(of: "H")
    let columns = width.domain(of: "W")
    var text = "accepted: \(rows); \(columns)"
    for output in graph.outputs {
      let type = graph.values[output.value].type
      text += "; \(output.description.name): \(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))"
    }
    return text
  }

  /// An extent that is defined where every value of the graph is.
  public static func domain(_ graph: Graph, _ axis: KeyPath<TensorType, Extent>) -> Extent {
    var result = Extent.input
    for value in graph.values {
      if let restricted = try? result.restricted(toDomainOf: value.type[keyPath: axis]) { result = restricted }
    }
    return result
  }
}
