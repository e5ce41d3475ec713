import FCNCore

/// A stage whose result does not depend on the picture.
public enum ConstantValue: LintRule {
  public static let description = RuleDescription(
    "constant-value", .correctness, since: "0.2.0",
    summary: "A stage gives the same number for every picture.",
    explanation: """
      From the formulas of the stages before follows that the result is one number, whatever the picture and the weights are: \
      `relu` of numbers that are never positive, for instance.

      Look for a wrong sign, or for limits in the wrong order.
      """,
    examples: [
      .bad(
        """
        network lost

        input photo[3] = picture -> rgb

        output edges = ((photo -> relu) * -1) -> «relu»
        """),
      .good(
        """
        network kept

        input photo[3] = picture -> rgb

        output edges = (photo * -1) -> relu
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let ranges = network.ranges
    for (index, node) in network.graph.nodes.enumerated() {
      guard let output = node.outputs.first, ranges[output].low == ranges[output].high,
        !node.inputs.contains(where: { ranges[$0].low == ranges[$0].high })
      else { continue }
      report.report(
        "`\(network.stageName(index))` gives \(ranges[output].low) for every picture", node: index, of: network.graph,
        help: "look for a wrong sign or limits in the wrong order in the stages before")
    }
  }
}
