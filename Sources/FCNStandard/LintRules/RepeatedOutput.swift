import FCNCore

/// Two outputs of one value.
public enum RepeatedOutput: LintRule {
  public static let description = RuleDescription(
    "repeated-output", .suspicious, since: "0.2.0",
    summary: "Two outputs are the same value.",
    explanation: """
      The program computes the value once and writes it twice. Usually one of the two should have been another value.

      Remove one, or name the value that is meant.
      """,
    examples: [
      .bad(
        """
        network twice

        input photo[3] = picture -> rgb

        scores = photo -> conv(2, kernel: 1)
        output first = scores -> sigmoid
        output «second» = first
        """),
      .good(
        """
        network twice

        input photo[3] = picture -> rgb

        scores = photo -> conv(2, kernel: 1)
        output first = scores -> sigmoid
        output second = scores -> tanh
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    var names: [Graph.ValueID: String] = [:]
    for output in network.graph.namedOutputs where output.description.answer == nil {
      let name = output.description.name
      guard let other = names[output.value] else {
        names[output.value] = name
        continue
      }
      let tree = network.text.tree
      report.report(
        "the outputs `\(other)` and `\(name)` are the same value",
        at: tree.nameRange(ofOutput: name) ?? output.range,
        related: tree.nameRange(ofOutput: other).map { [.init($0, "the other one")] } ?? [],
        help: "remove one, or name the value that is meant")
    }
  }
}
