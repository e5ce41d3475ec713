import FCNCore

/// Interpolations of one network on different grids.
public enum MixedResizeGrids: LintRule {
  public static let description = RuleDescription(
    "mixed-resize-grids", .suspicious, since: "0.2.0",
    summary: "Interpolations of one network place pixels by different grids.",
    explanation: """
      `half_pixel`, `align_corners` and `asymmetric` place the same pixel up to half a pixel apart. A network that was \
      trained in one framework uses one of them throughout; two in one network usually mean that one was taken over wrongly.

      Look into the code that the network was trained with. `fcnc compare` shows which grid gives the recorded numbers.
      """,
    examples: [
      .bad(
        """
        network mixed

        input photo[3] = picture -> rgb

        wide = photo -> upsample(2, mode: bilinear, grid: half_pixel)
        output wider = wide -> upsample(2, mode: bilinear, grid: «align_corners»)
        """),
      .good(
        """
        network alike

        input photo[3] = picture -> rgb

        wide = photo -> upsample(2, mode: bilinear, grid: half_pixel)
        output wider = wide -> upsample(2, mode: bilinear, grid: half_pixel)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    var first: [Resample.Interpolation: (grid: Resample.Grid, node: Int)] = [:]
    for node in network.graph.nodes.indices {
      guard case .resample(let resample)? = network.accesses[node].first?.rows, resample.interpolation == .bilinear
      else {
        continue
      }
      guard let (grid, other) = first[resample.interpolation] else {
        first[resample.interpolation] = (resample.grid, node)
        continue
      }
      guard grid != resample.grid else { continue }
      report.report(
        "`grid: \(resample.grid.rawValue)` here and `grid: \(grid.rawValue)` elsewhere place pixels differently",
        node: node,
        of: network.graph, argument: "grid",
        related: network.graph.nodes[other].origin.range.map { [.init($0, "`grid: \(grid.rawValue)`")] } ?? [],
        help: "use the grid of the framework that the network was trained in")
    }
  }
}
