import FCNCore

/// A stage that gives back what it gets.
public enum StageWithoutEffect: LintRule {
  public static let description = RuleDescription(
    "stage-without-effect", .style, since: "0.2.0",
    summary: "A stage gives back what it gets.",
    explanation: """
      `x * 1`, `x + 0`, an enlargement by 1: the compiler drops them, but whoever reads the network wonders what they are \
      for. `identity` and `dropout` are not meant: they say something about the training.

      Remove the stage.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1) -> «upsample(1, mode: nearest, grid: half_pixel)»
        """,
        fixed: """
          network scores

          input photo[3] = picture -> rgb

          output scores = photo -> conv(2, kernel: 1)
          """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1) -> upsample(2, mode: nearest, grid: half_pixel)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    // A definition may be used very often, and one finding is made of all its uses.
    var seen: Set<SourceRange> = []
    for (index, node) in network.graph.nodes.enumerated() where hasNoEffect(index, network) {
      if let range = node.origin.range, !seen.insert(range).inserted { continue }
      let isSoEverywhere = network.uses(of: index).allSatisfy { hasNoEffect($0, network) }
      report.report(
        "`\(network.stageName(index))` gives back what it gets", node: index, of: network.graph, help: "remove it",
        fixIts: isSoEverywhere ? FixIt.removingLink(node.origin.range, .automatic).map { [$0] } ?? [] : [])
    }
  }

  private static func hasNoEffect(_ index: Int, _ network: AnalyzedNetwork) -> Bool {
    let node = network.graph.nodes[index]
    if node.stage.facts.isIdentity || node.inputs.count != 1 { return false }
    if let stage = node.stage as? any PointwiseStage, network.categories[index] != .activation {
      return stage.expression(for: network.inputTypes(index)).simplified([.all]) == .input(0)
    }
    guard let access = network.accesses[index].first, case .resample(let rows) = access.rows,
      case .resample(let columns) = access.columns
    else { return false }
    return [rows, columns].allSatisfy { $0.numerator != nil && $0.numerator == $0.denominator }
  }
}
