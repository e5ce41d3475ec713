import FCNCore

/// A bias that the normalisation behind it takes away again.
public enum BiasBeforeNormalization: LintRule {
  public static let description = RuleDescription(
    "bias-before-batch-norm", .style, since: "0.2.0",
    summary: "A convolution has a bias that the batch normalisation behind it takes away again.",
    explanation: """
      A batch normalisation takes the mean of every channel away, and with it every number that was added to the channel: \
      the bias has no effect on what is trained, but it takes memory and can drift.

      Write `bias: false` where you train the network yourself; the weight file then has no bias there. A compiled program is \
      not slower with it: both are folded into the convolution.
      """,
    references: ["Ioffe and Szegedy 2015, \"Batch Normalization\", section 3.2"],
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> «conv(2, kernel: 1)» -> batchnorm(eps: 1e-5)
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1, bias: false) -> batchnorm(eps: 1e-5)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices where network.facts(node).takesMeanAway {
      guard let before = network.node(before: node), network.categories[before] == .convolution,
        network.onlyReader(of: before) == node, hasOptionalBias(before, network)
      else { continue }
      report.report(
        "the bias of `\(network.stageName(before))` is taken away again by `\(network.stageName(node))`", node: before,
        of: network.graph,
        related: network.graph.nodes[node].origin.range.map { [.init($0, "takes the mean of every channel away")] }
          ?? [],
        help: "write `bias: false` where you train the network yourself")
    }
  }

  private static func hasOptionalBias(_ node: Int, _ network: AnalyzedNetwork) -> Bool {
    let stage = network.graph.nodes[node].stage
    let isOptional = type(of: stage).signature.parameters.contains { parameter in
      guard parameter.name == "bias", case .flag = parameter.kind else { return false }
      return true
    }
    return isOptional && stage.weights(for: network.inputTypes(node)).contains { $0.name == "bias" }
  }
}
