import FCNCore

/// Convolutions with and without padding in one network.
public enum MixedPadding: LintRule {
  public static let description = RuleDescription(
    "mixed-padding", .pedantic, since: "0.2.0",
    summary: "Some windows of the network are padded and others are not.",
    explanation: """
      With `pad: valid` a value gets smaller at its edges, with `pad: same` it keeps its size. Both in one network are \
      sometimes meant (the fully connected end of a classifier as a convolution), sometimes an oversight that a later `crop` \
      repairs.

      Pad all or none, or leave a word why.
      """,
    examples: [
      .bad(
        """
        network mixed

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: «valid»)
        """),
      .good(
        """
        network alike

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    var first: (isPadded: Bool, node: Int)?
    for node in network.graph.nodes.indices where network.categories[node] == .convolution {
      guard let access = network.accesses[node].first, access.readsMany, case .window(let window) = access.rows,
        window.divide == 1
      else { continue }
      let isPadded = access.readsBeyondEdge
      guard let (wasPadded, other) = first else {
        first = (isPadded, node)
        continue
      }
      guard wasPadded != isPadded else { continue }
      report.report(
        "this convolution is \(isPadded ? "padded, others are not" : "not padded, others are")", node: node,
        of: network.graph, argument: "pad",
        related: network.graph.nodes[other].origin.range.map { [.init($0, wasPadded ? "padded" : "not padded")] } ?? [],
        help: "pad all or none")
      return
    }
  }
}
