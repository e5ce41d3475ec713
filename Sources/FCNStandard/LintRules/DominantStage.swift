import FCNCore

/// One stage that takes most of the work.
public enum DominantStage: LintRule {
  public static let description = RuleDescription(
    "dominant-stage", .pedantic, since: "0.2.0",
    summary: "One stage of a network takes more than half of its multiply-adds.",
    explanation: """
      Where one convolution of many takes most of the work, the network is as fast as this one. It is a large kernel on many \
      channels, or a convolution at full size.

      Look whether it can do with fewer channels, a smaller kernel, or a smaller map.
      """,
    examples: [
      .bad(
        """
        network uneven

        input photo[3] = picture -> rgb

        small = photo -> conv(8, kernel: 3, pad: same) -> «conv(64, kernel: 7, pad: same)» -> conv(8, kernel: 1)
        output scores = small -> conv(8, kernel: 1) -> conv(2, kernel: 1)
        """),
      .good(
        """
        network even

        input photo[3] = picture -> rgb

        small = photo -> conv(8, kernel: 3, pad: same) -> conv(8, kernel: 3, pad: same)
        output scores = small -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)
        """),
    ])

  /// Convolutions that a network must have before one of them can stand out.
  private static let leastCount = 4

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let work = network.workPerPixel
    let total = work.reduce(0, +)
    guard work.count(where: { $0 > 0 }) >= leastCount, let index = work.indices.max(by: { work[$0] < work[$1] }),
      work[index] > total / 2
    else { return }
    report.report(
      "this stage takes \(Int((work[index] / total * 100).rounded())) % of the network's multiply-adds", node: index,
      of: network.graph, help: "look whether fewer channels, a smaller kernel or a smaller map would do")
  }
}
