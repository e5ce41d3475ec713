import FCNCore

/// Weights whose name follows from their place in the text.
public enum ImpliedWeightName: LintRule {
  public static let description = RuleDescription(
    "implied-weight-name", .pedantic, since: "0.2.0",
    summary: "A stage with weights has no label, so its name follows from its place in the text.",
    explanation: """
      Without a label the weights of a stage are named after the value that it gives and its place in the chain. A stage \
      that is added before it, or a value that is renamed, changes the name, and weight files do not fit any more.

      Give it a label, `conv(8, kernel: 1) @head`, before weights are trained that are to last.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> «conv(2, kernel: 1)»
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1) @head
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated()
    where node.origin.impliedName != nil && !node.stage.weights(for: network.inputTypes(index)).isEmpty {
      report.report(
        "the weights of `\(network.stageName(index))` are named `\(node.weightPath)` after its place in the text",
        node: index, of: network.graph, help: "give it a label that stays: `@\(node.origin.impliedName ?? "name")`")
    }
  }
}
