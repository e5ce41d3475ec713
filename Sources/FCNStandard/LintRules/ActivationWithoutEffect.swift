import FCNCore

/// An activation that changes no number that can reach it.
public enum ActivationWithoutEffect: LintRule {
  public static let description = RuleDescription(
    "activation-without-effect", .suspicious, since: "0.2.0",
    summary: "An activation gets numbers only that it leaves as they are.",
    explanation: """
      `relu` of numbers that are never negative gives them back: behind another `relu`, a `sigmoid`, or a pool of such \
      numbers. It does no harm, but it often shows that a convolution or a normalisation was forgotten between the two.

      Remove it, or add what is missing.
      """,
    examples: [
      .bad(
        """
        network twice

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> relu -> maxpool(2) -> «relu»
        """,
        fixed: """
          network twice

          input photo[3] = picture -> rgb

          output scores = photo -> conv(8, kernel: 3, pad: same) -> relu -> maxpool(2)
          """),
      .good(
        """
        network once

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> relu -> maxpool(2)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    // A definition may be used very often, and one finding is made of all its uses.
    var seen: Set<SourceRange> = []
    for (index, node) in network.graph.nodes.enumerated() where isNeedless(index, network) {
      if let range = node.origin.range, !seen.insert(range).inserted { continue }
      let before = network.node(before: index)
      // The text of a definition may serve other uses too.
      let isNeedlessEverywhere =
        node.stage.weights(for: network.inputTypes(index)).isEmpty
        && network.uses(of: index).allSatisfy { isNeedless($0, network) }
      report.report(
        "`\(network.stageName(index))` gets numbers only that it leaves as they are", node: index, of: network.graph,
        related: before.flatMap { before in
          network.graph.nodes[before].origin.range.map { [.init($0, "gives no others")] }
        } ?? [],
        help: "remove it, or add the convolution that is missing before it",
        fixIts: isNeedlessEverywhere ? FixIt.removingLink(node.origin.range, .automatic).map { [$0] } ?? [] : [])
    }
  }

  private static func isNeedless(_ index: Int, _ network: AnalyzedNetwork) -> Bool {
    let node = network.graph.nodes[index]
    guard network.categories[index] == .activation, node.inputs.count == 1,
      let stage = node.stage as? any PointwiseStage
    else { return false }
    return stage.expression(for: network.inputTypes(index)).simplified([network.ranges[node.inputs[0]]]) == .input(0)
  }
}
