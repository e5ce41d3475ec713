import FCNCore

/// A join that works for fewer sizes than it could.
public enum NarrowSizeDomain: LintRule {
  public static let description = RuleDescription(
    "narrow-size-domain", .pedantic, since: "0.2.0",
    summary: "A join with an enlarged value shuts out sizes of the picture that it could accept.",
    explanation: """
      `upsample(2)` of a value that was shrunk from an odd size gives one row less than the value that it is joined with, so \
      such pictures are not accepted. `upsample(like: x)` takes the size of the other value: for the sizes that fitted before \
      the numbers are the same, and all others go too (there the scale is not exactly 2, and pixels lie a little elsewhere).

      Where programs shall take pictures of any size as they are, use `like`. Where places must be exact, keep the factor \
      and let the program pad: `--fit pad`.
      """,
    examples: [
      .bad(
        """
        network unet

        input photo[3] = picture -> rgb

        fine = photo -> conv(8, kernel: 3, pad: same)
        deep = fine -> maxpool(2) -> conv(16, kernel: 3, pad: same)
        output both = «concat(deep -> upsample(2, mode: nearest, grid: asymmetric), fine)»
        """),
      .good(
        """
        network unet

        input photo[3] = picture -> rgb

        fine = photo -> conv(8, kernel: 3, pad: same)
        deep = fine -> maxpool(2) -> conv(16, kernel: 3, pad: same)
        output both = concat(deep -> upsample(like: fine, mode: nearest, grid: asymmetric), fine)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let graph = network.graph
    for (index, node) in graph.nodes.enumerated() where network.categories[index] == .join {
      guard let output = node.outputs.first else { continue }
      let before = node.inputs.map { graph.values[$0].type.height.acceptedShare }.min() ?? 1
      guard graph.values[output].type.height.acceptedShare < before,
        let enlarged = node.inputs.compactMap({ network.producers[$0] }).first(where: {
          network.categories[$0] == .resampling && graph.nodes[$0].inputs.count == 1
        })
      else { continue }
      report.report(
        "this join accepts only \(graph.values[output].type.height.domain(of: "H")), because "
          + "`\(network.stageName(enlarged))` enlarges by a fixed factor",
        node: index, of: graph,
        related: graph.nodes[enlarged].origin.range.map { [.init($0, "a fixed factor")] } ?? [],
        help: "`upsample(like: ...)` takes the size of the other value")
    }
  }
}

extension Extent {
  /// Of the sizes of a picture that are large enough, those for which it is defined.
  fileprivate var acceptedShare: Double { Double(branches.count { $0 != nil }) / Double(max(1, branches.count)) }
}
