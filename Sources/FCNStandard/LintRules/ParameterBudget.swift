import FCNCore

/// More weights than the configuration allows.
public enum ParameterBudget: LintRule {
  public static let description = RuleDescription(
    "parameter-budget", .budget, since: "0.2.0",
    summary: "The network has more weights than the configuration allows.",
    explanation: """
      The size of a program and of a weight file grows with the number of weights: four bytes each. A limit in `fcnc.yaml` \
      keeps a change from passing it unseen:

          rules:
            parameter-budget: {most: 2000000}

      `fcnc explain NET` lists the weights of every stage.
      """,
    options: [Parameter("most", .integer(0...Int.max), "The most numbers in all weights; shared ones count once.")],
    examples: [
      .bad(
        """
        network «scores»

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """, options: ["most": .integer(7)]),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """, options: ["most": .integer(8)]),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let most = report.options.integer("most")
    let count = network.graph.parameterCount
    guard count > most else { return }
    report.report(
      "the network has \(count) weights, \(count - most) more than the budget of \(most)",
      at: network.text.tree.networkName, help: "use fewer channels or smaller kernels, or raise the budget")
  }
}
