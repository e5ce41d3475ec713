import FCNCore

/// Groups of few channels.
public enum NarrowGroups: LintRule {
  public static let description = RuleDescription(
    "narrow-groups", .performance, since: "0.2.0",
    summary: "A grouped convolution has fewer channels in a group than fit into a vector.",
    explanation: """
      Compiled programs compute 8 channels at once. Groups of 2 or 4 channels leave most of that empty, so such a \
      convolution is hardly faster than one without groups and much slower for what it computes. A depthwise convolution \
      (a group for each channel) has kernels of its own and is not meant.

      Where you train the network yourself, use groups of 8 channels or more.
      """,
    references: ["Radosavovic et al. 2020, \"Designing Network Design Spaces\" (group widths of 8 and more)"],
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        wide = photo -> conv(32, kernel: 1)
        output scores = wide -> conv(32, kernel: 3, pad: same, groups: «16»)
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        wide = photo -> conv(32, kernel: 1)
        output scores = wide -> conv(32, kernel: 3, pad: same, groups: 4)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated() {
      guard let stage = node.stage as? Conv, stage.groups > 1, let input = node.inputs.first else { continue }
      let channels = network.graph.values[input].type.channels
      let (width, depth) = (stage.channels / stage.groups, channels / stage.groups)
      guard depth > 1, min(width, depth) < 8 else { continue }
      report.report(
        "\(stage.groups) groups have \(min(width, depth)) channels each: less than a vector holds", node: index,
        of: network.graph, argument: "groups", help: "use groups of 8 channels or more, or one for each channel")
    }
  }
}
