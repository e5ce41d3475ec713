import FCNCore

/// A softmax of probabilities.
public enum RepeatedSoftmax: LintRule {
  public static let description = RuleDescription(
    "repeated-softmax", .correctness, since: "0.2.0",
    summary: "A softmax is taken of numbers that are probabilities already.",
    explanation: """
      The softmax of probabilities is nearly flat: of numbers between 0 and 1 the greatest share that one of two classes can \
      have is 0.73. It often comes from a loss function of training that holds a softmax of its own, or from two softmaxes \
      that belong to two versions of a model.

      Remove one of the two.
      """,
    examples: [
      .bad(
        """
        network classes

        input photo[3] = picture -> rgb

        output classes: probability = photo -> conv(4, kernel: 3, pad: same) -> softmax -> «softmax»
        """),
      .good(
        """
        network classes

        input photo[3] = picture -> rgb

        output classes: probability = photo -> conv(4, kernel: 3, pad: same) -> softmax
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices {
      let facts = network.facts(node)
      guard facts.comparesChannels, facts.givesProbabilities, let before = network.node(before: node),
        network.facts(before).givesProbabilities
      else { continue }
      report.report(
        "`\(network.stageName(node))` is taken of numbers that are probabilities already", node: node,
        of: network.graph,
        related: network.graph.nodes[before].origin.range.map { [.init($0, "gives probabilities")] } ?? [],
        help: "remove one of the two",
        fixIts: FixIt.removingLink(network.graph.nodes[node].origin.range, .suggested).map { [$0] } ?? [])
    }
  }
}
