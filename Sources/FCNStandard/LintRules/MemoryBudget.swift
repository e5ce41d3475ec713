import FCNCore

/// More memory than the configuration allows.
public enum MemoryBudget: LintRule {
  public static let description = RuleDescription(
    "memory-budget", .budget, since: "0.2.0",
    summary: "A program needs more memory for a picture than the configuration allows.",
    explanation: """
      What a compiled program needs for its values, at a size of the picture, without the weights and the picture itself. A \
      limit in `fcnc.yaml` keeps a change from passing it unseen:

          rules:
            memory-budget: {size: 1024x1024, most: 64e6}

      `fcnc explain NET --size 1024x1024` says where it is most.
      """,
    options: [
      Parameter("size", .window(1...1_000_000), "The size of the picture, rows x columns."),
      Parameter("most", .decimal(0...1e300), "The most bytes."),
    ],
    examples: [
      .bad(
        """
        network «scores»

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)
        """, options: ["size": .integer(256), "most": .decimal(1000)]),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)
        """, options: ["size": .integer(256), "most": .decimal(1e9)]),
    ])

  /// Eight numbers in a vector, the common case; programs for other machines need about as much.
  private static let target = Target(
    name: "lint", triple: nil, architecture: "x86-64-v3", lanes: 8, registers: 16, requiredFeatures: 0,
    columnsPerTile: [0, 12, 6, 4, 3])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let (size, most) = (report.options.window("size"), report.options.decimal("most"))
    let cost = NetworkCost(network.graph, target: target) { Optimizer.optimize($0).graph }
    guard let memory = cost.programMemory(height: size.rows, width: size.columns), Double(memory) > most else { return }
    report.report(
      "a program needs \(DecimalText.short(Double(memory))) bytes at \(size.rows)x\(size.columns), more than the budget of "
        + DecimalText.short(most),
      at: network.text.tree.networkName,
      notes: cost.memoryPeak.map { ["most is alive where `\($0)` is computed"] } ?? [],
      help: "use fewer channels at full size, or raise the budget")
  }
}
