import FCNCore

/// A stage that needs the whole picture.
public enum WholeImageStatistic: LintRule {
  public static let description = RuleDescription(
    "whole-image-statistic", .pedantic, since: "0.2.0",
    summary: "A stage needs the whole picture, so memory grows with its height.",
    explanation: """
      A program computes a network in bands of rows, whose memory does not grow with the height of the picture. A mean over \
      the whole picture has to wait for the last row: everything that is needed behind it is kept. The answer for a part of \
      a picture also differs from that part of the answer for the whole.

      A pool with a fixed window does without both.
      """,
    examples: [
      .bad(
        """
        network gate

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 3, pad: same)
        output gated = wide * (wide -> «global_mean» -> conv(8, kernel: 1) -> sigmoid)
        """),
      .good(
        """
        network gate

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 3, pad: same)
        output gated = wide * (wide -> conv(8, kernel: 1) -> sigmoid)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices {
      guard network.accesses[node].contains(where: { $0.rows == .whole || $0.columns == .whole }) else { continue }
      report.report(
        "`\(network.stageName(node))` needs \(network.facts(node).wholeImage ?? "the whole picture"): memory grows with the "
          + "height of the picture",
        node: node, of: network.graph, help: "a window of fixed size needs some rows only")
    }
  }
}
