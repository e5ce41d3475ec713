import FCNCore

/// The sizes that a network accepts and what comes out, in words.
public enum SizeRule {
  /// For instance: `height and width: multiples of 4; output mask: H x W`.
  public static func text(for graph: Graph) -> String {
    let rows = AcceptedSizes(graph, \.height).text(of: "H")
    let columns = AcceptedSizes(graph, \.width).text(of: "W")
    var text = "accepted: \(rows); \(columns)"
    for output in graph.outputs {
      let type = graph.values[output.value].type
      text += "; \(output.description.name): \(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))"
    }
    return text
  }

  /// True where the network accepts a first input of this size.
  public static func accepts(height: Int, width: Int, _ graph: Graph) -> Bool {
    AcceptedSizes(graph, \.height).contains(height) && AcceptedSizes(graph, \.width).contains(width)
  }
}
