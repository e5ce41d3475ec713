import FCNCore

/// A line of the weight map for a weight that the network does not have.
public enum UnusedWeightEntry: LintRule {
  public static let description = RuleDescription(
    "unused-weight-entry", .suspicious, since: "0.2.0",
    summary: "The weight map names a weight that the network does not have.",
    explanation: """
      The line has no effect: no stage asks for the weight. Often the label of a stage was renamed and the map was not.

      `fcnc weights NET` lists the names that the network has.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        weights {
          "head.weight" = "w"
          «"neck.weight"» = "v"
        }

        output scores = photo -> conv(2, kernel: 1, bias: false) @head
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        weights {
          "head.weight" = "w"
        }

        output scores = photo -> conv(2, kernel: 1, bias: false) @head
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    var names: Set<String> = []
    for (index, node) in network.graph.nodes.enumerated() {
      for weight in node.stage.weights(for: network.inputTypes(index)) {
        names.insert("\(node.weightPath).\(weight.name)")
      }
    }
    for case .weights(let map) in network.text.tree.items {
      for entry in map.entries where !names.contains(entry.weight.name) {
        let nearest = Suggestion.nearest(to: entry.weight.name, in: names.sorted())
        report.report(
          "no stage of the network has the weight `\(entry.weight.name)`", at: entry.weight.range,
          help: nearest.map { "did you mean `\($0)`" } ?? "`fcnc weights` lists the names that it has")
      }
    }
  }
}
