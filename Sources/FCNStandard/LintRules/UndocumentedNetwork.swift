import FCNCore

/// A network without a word about it.
public enum UndocumentedNetwork: LintRule {
  public static let description = RuleDescription(
    "undocumented-network", .pedantic, since: "0.2.0",
    summary: "No comment stands above the network's name.",
    explanation: """
      A line above `network` tells what it is for and where it comes from: what it finds in which pictures, the paper, the \
      training.

      Add one.
      """,
    examples: [
      .bad(
        """
        network «scores»

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """),
      .good(
        """
        // Two scores for each pixel, for trying things out.
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """),
    ])

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    guard let name = text.tree.networkName,
      !text.tree.comments.contains(where: { $0.range.upper <= name.lower && !$0.text.hasPrefix("fcnc:") })
    else { return }
    report.report("no comment says what this network is for", at: name, help: "add a line above it")
  }
}
