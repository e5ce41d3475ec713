import FCNCore
import FCNRuntime

/// An output of probabilities whose numbers can be anything.
public enum UnboundedProbability: LintRule {
  public static let description = RuleDescription(
    "unbounded-probability", .suspicious, since: "0.2.0",
    summary: "An output is called a probability, but nothing keeps its numbers between 0 and 1.",
    explanation: """
      A program writes a probability as grey from 0 to 1 and cuts off what lies beyond. Where the last stage is a \
      convolution the numbers are scores: the picture is mostly black and white, and thresholds mean something else.

      End with `sigmoid` (one channel, or several that do not exclude each other) or `softmax` (one of several), or call \
      the output `logits`.
      """,
    examples: [
      .bad(
        """
        network mask

        input photo[3] = picture -> rgb

        output «mask»: probability = photo -> conv(1, kernel: 3, pad: same)
        """),
      .good(
        """
        network mask

        input photo[3] = picture -> rgb

        output mask: probability = photo -> conv(1, kernel: 3, pad: same) -> sigmoid
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for output in network.graph.namedOutputs {
      guard case .probability = output.description.kind, !network.ranges[output.value].isWithin(0, 1),
        !(network.producers[output.value].map { network.facts($0).givesProbabilities } ?? false)
      else { continue }
      let last = network.producers[output.value]
      report.report(
        "`\(output.description.name)` is called a probability, but its numbers can lie outside of 0 to 1",
        at: network.text.tree.nameRange(ofOutput: output.description.name) ?? output.range,
        related: last.flatMap { last in
          network.graph.nodes[last].origin.range.map { [.init($0, "gives any number")] }
        } ?? [],
        help: "end with `sigmoid` or `softmax`, or call the output `logits`")
    }
  }
}
