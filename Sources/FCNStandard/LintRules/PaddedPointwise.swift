import FCNCore

/// A window of one pixel with padding.
public enum PaddedPointwise: LintRule {
  public static let description = RuleDescription(
    "padded-pointwise", .suspicious, since: "0.2.0",
    summary: "A convolution with a kernel of 1 is padded.",
    explanation: """
      A window of one pixel needs no padding. With it the output gets a frame that holds the bias alone, and everything \
      behind it lies one pixel further: usually left over from a larger kernel.

      Remove `pad`.
      """,
    examples: [
      .bad(
        """
        network framed

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1, pad: «1»)
        """),
      .good(
        """
        network plain

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices where network.categories[node] == .convolution {
      guard let access = network.accesses[node].first, !access.readsMany, access.readsBeyondEdge else { continue }
      report.report(
        "a window of one pixel is padded: the output gets a frame that holds the bias alone", node: node,
        of: network.graph, argument: "pad", help: "remove `pad`")
    }
  }
}
