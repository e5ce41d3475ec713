import FCNCore

/// A number of channels that fills the last vector badly, in a convolution that counts.
public enum HalfEmptyVectors: LintRule {
  public static let description = RuleDescription(
    "half-empty-vectors", .performance, since: "0.2.0",
    summary: "A costly convolution has a number of channels that leaves much of the last vector empty.",
    explanation: """
      Compiled programs compute 8 channels at once. A convolution with 9 to 12 channels takes the time of 16: a quarter of \
      the work or more is thrown away. Only convolutions that take a tenth of the multiply-adds of the network are looked at.

      Where you train the network yourself, choose a multiple of 8.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> «conv(9, kernel: 3, pad: same)» -> relu -> conv(2, kernel: 1)
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> relu -> conv(2, kernel: 1)
        """),
    ])

  /// Channels of one vector.
  private static let lanes = 8
  /// Of the whole network's multiply-adds.
  private static let leastShare = 0.1
  /// Of the vectors' numbers.
  private static let leastFilling = 0.76

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let work = network.workPerPixel
    let total = work.reduce(0, +)
    for (index, node) in network.graph.nodes.enumerated() where network.categories[index] == .convolution {
      guard let output = node.outputs.first, !network.isOutput(output), work[index] >= leastShare * total else {
        continue
      }
      let channels = network.graph.values[output].type.channels
      let room = (channels + lanes - 1) / lanes * lanes
      // Where channels become pixels their number is given.
      if let reader = network.onlyReader(of: index), network.categories[reader] == .arrangement { continue }
      // Few channels are computed in another way.
      guard channels > lanes / 2, Double(channels) / Double(room) < leastFilling else { continue }
      report.report(
        "\(channels) channels take the time of \(room)", node: index, of: network.graph,
        help: "use \(room) channels, or \(channels / lanes * lanes), where you train the network yourself")
    }
  }
}
