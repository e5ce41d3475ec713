import FCNCore

/// A size of the picture that the configuration asks for and the network refuses.
public enum RefusedSize: LintRule {
  public static let description = RuleDescription(
    "refused-size", .budget, since: "0.2.0",
    summary: "The network does not accept a picture size that the configuration asks for.",
    explanation: """
      Sizes that must go, because a camera or a database has them, stand in `fcnc.yaml`:

          rules:
            refused-size: {sizes: [480x640, 1080x1920]}

      `fcnc check NET` says which sizes a network accepts, and `fcnc explain NET --size 480x640` which stage refuses one.
      """,
    options: [Parameter("sizes", .windows(1...1_000_000), "Sizes of the picture, rows x columns.")],
    examples: [
      .bad(
        """
        network «half»

        input photo[3] = picture -> rgb

        output half = photo -> maxpool(2, round: exact)
        """, options: ["sizes": .list([.size(rows: 32, columns: 32), .size(rows: 32, columns: 33)])]),
      .good(
        """
        network half

        input photo[3] = picture -> rgb

        output half = photo -> maxpool(2, round: exact)
        """, options: ["sizes": .list([.size(rows: 32, columns: 34)])]),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let refused = report.options.windows("sizes").filter { size in
      network.graph.namedOutputs.contains { output in
        let type = network.graph.values[output.value].type
        return type.height(size.rows) == nil || type.width(size.columns) == nil
      }
    }
    guard !refused.isEmpty else { return }
    let domains = network.graph.namedOutputs.map { output in
      let type = network.graph.values[output.value].type
      let rows = type.height.domain(of: "H")
      return "`\(output.description.name)` accepts \(rows)"
        + (type.height == type.width ? " and the same of W" : ", \(type.width.domain(of: "W"))")
    }
    report.report(
      "the network does not accept pictures of " + refused.map { "\($0.rows)x\($0.columns)" }.joined(separator: ", "),
      at: network.text.tree.networkName, notes: domains,
      help: "use `upsample(like: ...)` where values are joined, or pads that keep the size")
  }
}
