import FCNCore

/// More work than the configuration allows.
public enum MultiplyAddBudget: LintRule {
  public static let description = RuleDescription(
    "multiply-add-budget", .budget, since: "0.2.0",
    summary: "The network needs more multiply-adds for a picture than the configuration allows.",
    explanation: """
      The time that a network takes grows with its multiply-adds. A limit in `fcnc.yaml` keeps a change from passing it \
      unseen:

          rules:
            multiply-add-budget: {size: 512x512, most: 20e9}

      `fcnc explain NET --size 512x512` lists the work of every stage, `fcnc bench` the time.
      """,
    options: [
      Parameter("size", .window(1...1_000_000), "The size of the picture, rows x columns."),
      Parameter("most", .decimal(0...1e300), "The most multiply-adds."),
    ],
    examples: [
      .bad(
        """
        network «scores»

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """, options: ["size": .integer(100), "most": .decimal(59_999)]),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """, options: ["size": .integer(100), "most": .decimal(60_000)]),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let (size, most) = (report.options.window("size"), report.options.decimal("most"))
    guard let work = network.graph.multiplyAdds(size.rows, size.columns), work > most else { return }
    report.report(
      "the network needs \(DecimalText.short(work)) multiply-adds at \(size.rows)x\(size.columns), more than the budget of "
        + DecimalText.short(most),
      at: network.text.tree.networkName,
      help: "use fewer channels, smaller kernels or smaller maps, or raise the budget")
  }
}
