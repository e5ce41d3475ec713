import FCNCore

/// An interpolation whose scale depends on the size of the picture.
public enum SizeDependentGrid: LintRule {
  public static let description = RuleDescription(
    "size-dependent-grid", .pedantic, since: "0.2.0",
    summary: "An enlargement with `align_corners` has another scale for every size of the picture.",
    explanation: """
      `align_corners` puts the first and the last pixel on each other: the scale is (n - 1) / (m - 1) for n and m pixels, not \
      the factor. The answer then depends on the size of the picture in its middle too, and a part of a picture that is \
      computed by itself gives other numbers than in the whole.

      Prefer `grid: half_pixel` where you train the network yourself.
      """,
    references: ["Odena, Dumoulin and Olah 2016, \"Deconvolution and Checkerboard Artifacts\" (resize and convolve)"],
    examples: [
      .bad(
        """
        network larger

        input photo[3] = picture -> rgb

        output larger = photo -> upsample(3, mode: bilinear, grid: «align_corners»)
        """),
      .good(
        """
        network larger

        input photo[3] = picture -> rgb

        output larger = photo -> upsample(3, mode: bilinear, grid: half_pixel)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for node in network.graph.nodes.indices {
      guard case .resample(let resample)? = network.accesses[node].first?.rows, resample.grid == .alignCorners,
        network.graph.nodes[node].inputs.first.map({ network.graph.values[$0].type.constantCount == nil }) ?? false
      else { continue }
      report.report(
        "the scale of this enlargement depends on the size of the picture", node: node, of: network.graph,
        argument: "grid", help: "use `grid: half_pixel` where you train the network yourself")
    }
  }
}
