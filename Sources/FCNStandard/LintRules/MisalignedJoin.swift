import FCNCore

/// A join of values that do not lie at one place.
public enum MisalignedJoin: LintRule {
  public static let description = RuleDescription(
    "misaligned-join", .suspicious, since: "0.1.0",
    summary: "A stage joins values pixel by pixel that do not lie at the same place of the image.",
    explanation: DiagnosticID.misalignedJoin.explanation,
    references: [
      "Long, Shelhamer and Darrell 2015, \"Fully Convolutional Networks for Semantic Segmentation\"",
      "Araujo, Norris and Sim 2019, \"Computing Receptive Fields of Convolutional Neural Networks\"",
    ],
    examples: [
      .bad(
        """
        network shifted

        input photo[3] = picture -> rgb

        half = photo -> conv(8, kernel: 3, stride: 2, pad: same)
        back = half -> upsample(like: photo, mode: bilinear, grid: half_pixel)
        output both = «concat(photo, back)»
        """),
      .good(
        """
        network aligned

        input photo[3] = picture -> rgb

        half = photo -> maxpool(2, round: exact)
        back = half -> upsample(2, mode: nearest, grid: half_pixel)
        output both = concat(photo, back)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    var sink = DiagnosticSink()
    Alignment.check(network.graph, network.geometries, report: &sink)
    for finding in sink.diagnostics { report.report(finding) }
  }
}
