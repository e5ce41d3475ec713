import FCNCore

/// No output depends on a stage.
public enum DeadStage: LintRule {
  public static let description = RuleDescription(
    "dead-stage", .suspicious, since: "0.1.0", summary: "No output depends on a stage.",
    explanation: DiagnosticID.deadStage.explanation, examples: examples)

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for finding in network.unusedNames where finding.id == .deadStage { report.report(finding) }
  }

  private static let examples: [RuleExample] = [
    .bad(
      """
      network maps

      input photo[3] = picture -> rgb

      def two(x) {
        x -> conv(2, kernel: 1), x -> «conv(4, kernel: 1)»
      }

      scores, _others = photo -> two
      output scores
      """),
    .good(
      """
      network maps

      input photo[3] = picture -> rgb

      def two(x) {
        x -> conv(2, kernel: 1), x -> conv(4, kernel: 1)
      }

      scores, others = photo -> two
      output scores
      output others
      """),
  ]
}
