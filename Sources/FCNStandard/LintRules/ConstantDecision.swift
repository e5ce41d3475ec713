import FCNCore

/// A softmax or argmax over one channel.
public enum ConstantDecision: LintRule {
  public static let description = RuleDescription(
    "constant-decision", .correctness, since: "0.2.0",
    summary: "A stage compares the channels of a value that has one channel only.",
    explanation: """
      `softmax` over one channel gives 1 and `argmax` gives class 0 at every pixel, whatever the picture: there is nothing \
      to compare with.

      Give the value a channel for each class, or use `sigmoid` for one channel that says yes or no, and `threshold` to \
      decide.
      """,
    examples: [
      .bad(
        """
        network mask

        input photo[3] = picture -> rgb

        output mask: probability = photo -> conv(1, kernel: 3, pad: same) -> «softmax»
        """),
      .good(
        """
        network mask

        input photo[3] = picture -> rgb

        output mask: probability = photo -> conv(1, kernel: 3, pad: same) -> sigmoid
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices
    where network.facts(node).comparesChannels && network.inputTypes(node).first?.channels == 1 {
      report.report(
        "`\(network.stageName(node))` compares channels, but its input has one only: the result is the same at every pixel",
        node: node, of: network.graph, help: "give the input a channel for each class, or use `sigmoid`")
    }
  }
}
