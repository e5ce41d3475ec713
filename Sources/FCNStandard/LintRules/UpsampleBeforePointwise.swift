import FCNCore

/// A 1x1 convolution behind an enlargement that could stand before it.
public enum UpsampleBeforePointwise: LintRule {
  public static let description = RuleDescription(
    "upsample-before-pointwise", .performance, since: "0.2.0",
    summary: "A 1x1 convolution works on an enlarged value; before the enlargement it would cost a fraction.",
    explanation: """
      Interpolation mixes pixels of one channel, a 1x1 convolution channels of one pixel: they can change places without \
      changing the answer, but for rounding. Enlarged by 2 a value has four times the pixels, and the convolution four \
      times the work.

      Put the convolution before the enlargement. The weights stay the same; a stage without a label gets its name from its \
      place, so give it one.
      """,
    examples: [
      .bad(
        """
        network classes

        input photo[3] = picture -> rgb

        deep = photo -> conv(32, kernel: 3, stride: 2, pad: same)
        output scores = deep -> upsample(2, mode: bilinear, grid: half_pixel) -> «conv(4, kernel: 1)»
        """),
      .good(
        """
        network classes

        input photo[3] = picture -> rgb

        deep = photo -> conv(32, kernel: 3, stride: 2, pad: same)
        output scores = deep -> conv(4, kernel: 1) -> upsample(2, mode: bilinear, grid: half_pixel)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let graph = network.graph
    for (index, node) in graph.nodes.enumerated() where network.categories[index] == .convolution {
      guard network.accesses[index].first == .pointwise, let before = network.node(before: index),
        network.categories[before] == .resampling, network.onlyReader(of: before) == index,
        let wide = node.inputs.first, let narrow = graph.nodes[before].inputs.first, let output = node.outputs.first,
        graph.values[output].type.channels <= graph.values[wide].type.channels
      else { continue }
      let (large, small) = (graph.values[wide].type, graph.values[narrow].type)
      let factor = large.height.growth * large.width.growth / max(small.height.growth * small.width.growth, 1e-9)
      guard factor > 1, small.height.growth > 0 else { continue }
      report.report(
        "this 1x1 convolution works on an enlarged value: before `\(network.stageName(before))` it would cost "
          + "1/\(Int(factor.rounded())) of the time",
        node: index, of: graph,
        related: graph.nodes[before].origin.range.map { [.init($0, "gives \(Int(factor.rounded())) times the pixels")] }
          ?? [],
        help: "put the convolution before the enlargement")
    }
  }
}
