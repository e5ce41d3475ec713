import FCNCore

/// A stage before argmax that cannot change which channel is greatest.
public enum SoftmaxBeforeArgmax: LintRule {
  public static let description = RuleDescription(
    "softmax-before-argmax", .performance, since: "0.2.0",
    summary: "A softmax or sigmoid before argmax changes no class and costs time.",
    explanation: """
      The channel that is greatest before a softmax is greatest behind it. In 32-bit numbers large scores can even become \
      equal, so that `argmax` takes the wrong one.

      Remove it, or make an output of the probabilities too if they are wanted.
      """,
    examples: [
      .bad(
        """
        network classes

        input photo[3] = picture -> rgb

        output classes = photo -> conv(4, kernel: 3, pad: same) -> «softmax» -> argmax
        """,
        fixed: """
          network classes

          input photo[3] = picture -> rgb

          output classes = photo -> conv(4, kernel: 3, pad: same) -> argmax
          """),
      .good(
        """
        network classes

        input photo[3] = picture -> rgb

        output classes = photo -> conv(4, kernel: 3, pad: same) -> argmax
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated() {
      guard network.facts(index).comparesChannels, let output = node.outputs.first,
        case .label = network.graph.values[output].type.element, let before = network.node(before: index),
        network.onlyReader(of: before) == index, keepsOrder(before, network)
      else { continue }
      report.report(
        "`\(network.stageName(before))` changes nothing about which channel is greatest", node: before,
        of: network.graph,
        related: node.origin.range.map { [.init($0, "asks for the greatest channel only")] } ?? [], help: "remove it",
        fixIts: FixIt.removingLink(network.graph.nodes[before].origin.range, .suggested).map { [$0] } ?? [])
    }
  }

  private static func keepsOrder(_ node: Int, _ network: AnalyzedNetwork) -> Bool {
    if network.facts(node).keepsOrder { return true }
    guard network.graph.nodes[node].inputs.count == 1,
      let stage = network.graph.nodes[node].stage as? any PointwiseStage
    else { return false }
    let expression = stage.expression(for: network.inputTypes(node))
    return expression.isIncreasing && expression != .input(0)
  }
}
