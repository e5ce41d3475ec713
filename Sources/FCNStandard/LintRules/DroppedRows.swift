import FCNCore

/// A pool that leaves the last rows out for some sizes.
public enum DroppedRows: LintRule {
  public static let description = RuleDescription(
    "dropped-rows", .pedantic, since: "0.2.0",
    summary: "A pool leaves out the last row or column for some sizes of the picture.",
    explanation: """
      A pool with a stride of 2 gives floor(n / 2) rows: of an odd number the last one is read by nobody. The answer covers \
      a little less than the picture, and what is joined with it later may lie elsewhere.

      `round: exact` accepts only sizes for which nothing is left over (and `--fit pad` brings a picture to one); \
      `round: ceil` keeps the rest in a window of its own.
      """,
    examples: [
      .bad(
        """
        network half

        input photo[3] = picture -> rgb

        output half = photo -> «maxpool(2)»
        """),
      .good(
        """
        network half

        input photo[3] = picture -> rgb

        output half = photo -> maxpool(2, round: exact)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated() where network.categories[index] == .pooling {
      guard case .window(let window)? = network.accesses[index].first?.rows, window.multiply > 1, window.divide == 1,
        window.step == 1, let input = node.inputs.first, let output = node.outputs.first
      else { continue }
      let (outer, inner) = (network.graph.values[input].type.height, network.graph.values[output].type.height)
      // Looked at for the sizes of two whole periods that are large enough.
      let period = max(outer.period, inner.period)
      let sizes = (4_096..<4_096 + 2 * min(period, 4_096)).filter { size in
        guard let rows = outer(size), let windows = inner(size), let offset = window.offset(rows) else { return false }
        return (windows - 1) * window.multiply + offset + window.taps < rows
      }
      guard let first = sizes.first else { continue }
      report.report(
        "the last row of some pictures is left out (of one that is \(first) pixels high, for instance)", node: index,
        of: network.graph, help: "`round: exact` accepts only sizes that fit, `round: ceil` keeps the rest")
    }
  }
}
