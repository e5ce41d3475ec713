import FCNCore

/// The same activation twice in a row.
public enum RepeatedActivation: LintRule {
  public static let description = RuleDescription(
    "repeated-activation", .suspicious, since: "0.2.0",
    summary: "The same activation follows itself.",
    explanation: """
      Two equal activations behind each other compute something that hardly anybody means: a `sigmoid` of a `sigmoid` lies \
      between 0.5 and 0.73, a `leaky` of a `leaky` has the square of its slope.

      Remove one, or add the convolution that is missing between them.
      """,
    examples: [
      .bad(
        """
        network twice

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> leaky(0.1) -> «leaky(0.1)»
        """),
      .good(
        """
        network once

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> leaky(0.1)
          -> conv(8, kernel: 3, pad: same) -> leaky(0.1)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let graph = network.graph
    for node in graph.nodes.indices where network.categories[node] == .activation {
      guard graph.nodes[node].inputs.count == 1, let before = network.node(before: node),
        network.categories[before] == .activation,
        type(of: graph.nodes[before].stage) == type(of: graph.nodes[node].stage),
        let stage = graph.nodes[node].stage as? any PointwiseStage,
        stage.expression(for: network.inputTypes(node)).simplified([network.ranges[graph.nodes[node].inputs[0]]])
          != .input(0)
      else { continue }
      report.report(
        "`\(network.stageName(node))` follows itself", node: node, of: graph,
        related: graph.nodes[before].origin.range.map { [.init($0, "the first one")] } ?? [],
        help: "remove one, or add the convolution that is missing between them",
        fixIts: FixIt.removingLink(graph.nodes[node].origin.range, .suggested).map { [$0] } ?? [])
    }
  }
}
