import FCNCore

/// A file is included but none of its definitions is used.
public enum UnusedInclude: LintRule {
  public static let description = RuleDescription(
    "unused-include", .suspicious, since: "0.1.0", summary: "A file is included but none of its definitions is used.",
    explanation: DiagnosticID.unusedInclude.explanation, examples: examples)

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for finding in network.unusedNames where finding.id == .unusedInclude { report.report(finding) }
  }

  private static let block = """
    def single(x) {
      x -> conv(2, kernel: 1)
    }
    """

  private static let examples: [RuleExample] = [
    .bad(
      """
      include "blocks.fcn" as «blocks»

      network maps

      input photo[3] = picture -> rgb

      output scores = photo -> conv(2, kernel: 1)
      """, includes: ["blocks.fcn": block]),
    .good(
      """
      include "blocks.fcn" as blocks

      network maps

      input photo[3] = picture -> rgb

      output scores = photo -> blocks.single
      """, includes: ["blocks.fcn": block]),
  ]
}
