import FCNCore

/// A transposed convolution whose windows overlap unevenly.
public enum Checkerboard: LintRule {
  public static let description = RuleDescription(
    "checkerboard", .suspicious, since: "0.2.0",
    summary: "The kernel of a transposed convolution is not divisible by its stride.",
    explanation: """
      Neighbouring pixels of the output are then reached by different numbers of taps, in a pattern that repeats with the \
      stride. Networks can learn to undo it, but rarely do so wholly: the output shows a checkerboard.

      Choose a kernel that is a multiple of the stride (4 with a stride of 2), or enlarge with `upsample` and convolve \
      behind it.
      """,
    references: ["Odena, Dumoulin and Olah 2016, \"Deconvolution and Checkerboard Artifacts\""],
    examples: [
      .bad(
        """
        network larger

        input photo[3] = picture -> rgb

        output larger: image = photo -> deconv(3, kernel: «3», stride: 2, pad: 1)
        """),
      .good(
        """
        network larger

        input photo[3] = picture -> rgb

        output larger: image = photo -> deconv(3, kernel: 4, stride: 2, pad: 1)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices {
      guard let access = network.accesses[node].first else { continue }
      for case .window(let window) in [access.rows, access.columns]
      where window.divide > 1 && !window.span.isMultiple(of: window.divide) {
        let (fewer, more) = (window.span / window.divide, window.span / window.divide + 1)
        report.report(
          "windows of \(window.span) overlap unevenly with a stride of \(window.divide): pixels of the output are reached "
            + "by \(fewer == 0 ? "none" : "\(fewer)") or \(more) taps in turn",
          node: node, of: network.graph, argument: "kernel",
          related: network.graph.nodes[node].origin.arguments["stride"].map { [.init($0, "the stride")] } ?? [],
          help:
            "use a kernel of \(window.divide * max(1, fewer)) or \(window.divide * more), or `upsample` and a convolution"
        )
      }
    }
  }
}
