import FCNCore

/// An activation between the last convolution and softmax or argmax.
public enum ActivationBeforeDecision: LintRule {
  public static let description = RuleDescription(
    "activation-before-decision", .suspicious, since: "0.2.0",
    summary: "An activation that makes scores equal stands before softmax or argmax.",
    explanation: """
      `relu` makes every negative score 0. Where all classes of a pixel are negative, nothing is left to choose by, and \
      `argmax` takes class 0; a softmax can give no class less than its share of 0.

      Let the last convolution feed the softmax or argmax directly.
      """,
    examples: [
      .bad(
        """
        network classes

        input photo[3] = picture -> rgb

        output classes = photo -> conv(4, kernel: 3, pad: same) -> «relu» -> argmax
        """),
      .good(
        """
        network classes

        input photo[3] = picture -> rgb

        output classes = photo -> conv(4, kernel: 3, pad: same) -> argmax
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices where network.facts(node).comparesChannels {
      guard var before = network.node(before: node) else { continue }
      // An enlargement between the two changes nothing about it.
      while network.categories[before] == .resampling, let next = network.node(before: before) { before = next }
      guard network.categories[before] == .activation, network.graph.nodes[before].inputs.count == 1,
        let stage = network.graph.nodes[before].stage as? any PointwiseStage,
        !stage.expression(for: network.inputTypes(before)).isIncreasing
      else { continue }
      report.report(
        "`\(network.stageName(before))` makes scores equal before `\(network.stageName(node))` compares them",
        node: before,
        of: network.graph,
        related: network.graph.nodes[node].origin.range.map { [.init($0, "compares the channels")] } ?? [],
        help: "remove it",
        fixIts: FixIt.removingLink(network.graph.nodes[before].origin.range, .suggested).map { [$0] } ?? [])
    }
  }
}
