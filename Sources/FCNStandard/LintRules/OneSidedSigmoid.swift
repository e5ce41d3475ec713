import FCNCore

/// A sigmoid of numbers that are never negative.
public enum OneSidedSigmoid: LintRule {
  public static let description = RuleDescription(
    "one-sided-sigmoid", .correctness, since: "0.2.0",
    summary: "A sigmoid of numbers of one sign gives half of its range only.",
    explanation: """
      The sigmoid of a number that is not negative is 0.5 or more. Behind `relu` a network can therefore never say no: every \
      probability is at least one half.

      Remove the activation before the sigmoid.
      """,
    examples: [
      .bad(
        """
        network mask

        input photo[3] = picture -> rgb

        output mask: probability = photo -> conv(1, kernel: 3, pad: same) -> relu -> «sigmoid»
        """),
      .good(
        """
        network mask

        input photo[3] = picture -> rgb

        output mask: probability = photo -> conv(8, kernel: 3, pad: same) -> relu
          -> conv(1, kernel: 1) -> sigmoid
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated() {
      guard let stage = node.stage as? any PointwiseStage, let input = node.inputs.first, node.inputs.count == 1,
        stage.expression(for: network.inputTypes(index)) == .unary(.sigmoid, .input(0))
      else { continue }
      let range = network.ranges[input]
      guard range.low >= 0 || range.high <= 0, range.low < range.high else { continue }
      let before = network.node(before: index)
      report.report(
        "the sigmoid of numbers that are never \(range.low >= 0 ? "negative" : "positive") is always "
          + (range.low >= 0 ? "0.5 or more" : "0.5 or less"),
        node: index, of: network.graph,
        related: before.flatMap { node in
          network.graph.nodes[node].origin.range.map {
            [.init($0, range.low >= 0 ? "gives nothing below \(range.low)" : "gives nothing above \(range.high)")]
          }
        } ?? [],
        help: "remove the activation before it")
    }
  }
}
