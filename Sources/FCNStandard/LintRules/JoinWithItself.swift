import FCNCore

/// A join of a value with itself.
public enum JoinWithItself: LintRule {
  public static let description = RuleDescription(
    "join-with-itself", .suspicious, since: "0.2.0",
    summary: "A value is joined with itself.",
    explanation: """
      `x - x` is 0, `max(x, x)` is `x`, `concat(x, x)` doubles the channels without telling the next convolution anything \
      new. Usually another value was meant. A square, `x * x`, is not reported.

      Name the value that is meant.
      """,
    examples: [
      .bad(
        """
        network residual

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 3, pad: same)
        output sum = «wide + wide»
        """),
      .good(
        """
        network residual

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 3, pad: same)
        output sum = wide + (wide -> conv(8, kernel: 3, pad: same))
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated() where network.categories[index] == .join {
      guard let twice = Dictionary(grouping: node.inputs, by: { $0 }).first(where: { $0.value.count > 1 })?.key,
        !isSquare(index, network)
      else { continue }
      report.report(
        "`\(network.stageName(index))` joins `\(network.graph.values[twice].name)` with itself", node: index,
        of: network.graph, help: "name the value that is meant")
    }
  }

  private static func isSquare(_ index: Int, _ network: AnalyzedNetwork) -> Bool {
    guard let stage = network.graph.nodes[index].stage as? any PointwiseStage else { return false }
    if case .binary(.multiply, _, _) = stage.expression(for: network.inputTypes(index)) { return true }
    return false
  }
}
