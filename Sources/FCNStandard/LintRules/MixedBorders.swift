import FCNCore

/// Convolutions of one network with different numbers beyond the edge.
public enum MixedBorders: LintRule {
  public static let description = RuleDescription(
    "mixed-borders", .suspicious, since: "0.2.0",
    summary: "Convolutions of one network are padded with different borders.",
    explanation: """
      Where some convolutions of a network repeat or mirror the edge and others take zeros there, one kind was usually \
      forgotten: `border` is `zero` where it is not written.

      Write the same `border` for all of them.
      """,
    examples: [
      .bad(
        """
        network mixed

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same, border: reflect) -> relu
          -> «conv(2, kernel: 3, pad: same)»
        """),
      .good(
        """
        network alike

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same, border: reflect) -> relu
          -> conv(2, kernel: 3, pad: same, border: reflect)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    var first: (border: Border, node: Int)?
    for node in network.graph.nodes.indices where network.categories[node] == .convolution {
      guard let access = network.accesses[node].first, access.readsBeyondEdge else { continue }
      guard let (border, other) = first else {
        first = (access.border, node)
        continue
      }
      guard border != access.border else { continue }
      report.report(
        "this convolution is padded with \(words(access.border)), others with \(words(border))", node: node,
        of: network.graph, argument: "border",
        related: network.graph.nodes[other].origin.range.map { [.init($0, words(border))] } ?? [],
        help: "write the same `border` for all of them")
      return
    }
  }

  private static func words(_ border: Border) -> String {
    switch border {
    case .zero: "zeros"
    case .negativeInfinity: "nothing"
    case .replicate: "the repeated edge"
    case .reflect: "the mirrored picture"
    case .constant(let number): "\(number)"
    }
  }
}
