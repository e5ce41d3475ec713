import FCNCore

/// Pixels that no window reads.
public enum UnreadPixels: LintRule {
  public static let description = RuleDescription(
    "unread-pixels", .suspicious, since: "0.2.0",
    summary: "Windows smaller than their stride leave pixels out that nothing else reads.",
    explanation: """
      A convolution with a kernel of 1 and a stride of 2 looks at a quarter of the pixels and throws the others away: the \
      receptive field of the output is smaller than its stride. Beside a branch that reads them, as in the shortcut of a \
      residual block, this is usual; alone it loses what was computed before, and the answer misses small things.

      Use a kernel at least as large as the stride, or shrink with a pool.
      """,
    references: [
      "He et al. 2019, \"Bag of Tricks for Image Classification with Convolutional Neural Networks\" (ResNet-D)"
    ],
    examples: [
      .bad(
        """
        network sparse

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> «conv(8, kernel: 1, stride: 2)»
        """),
      .good(
        """
        network dense

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> conv(8, kernel: 3, stride: 2, pad: same)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let graph = network.graph
    for value in graph.values.indices {
      let readers = network.readers[value]
      guard !readers.isEmpty, !network.isOutput(value) else { continue }
      let skipping = readers.filter { reader in
        graph.nodes[reader].inputs.enumerated().allSatisfy { position, input in
          input != value || leavesPixelsOut(network.accesses[reader][position])
        }
      }
      guard skipping.count == readers.count, let first = skipping.first else { continue }
      report.report(
        "the windows of `\(network.stageName(first))` are smaller than their stride, and nothing else reads the pixels "
          + "between them",
        node: first, of: graph, help: "use a kernel at least as large as the stride, or a pool")
    }
  }

  private static func leavesPixelsOut(_ access: SpatialAccess) -> Bool {
    [access.rows, access.columns].contains { read in
      guard case .window(let window) = read, window.taps > 0 else { return false }
      return window.multiply > max(window.taps * window.step, 1) && window.divide == 1
    }
  }
}
