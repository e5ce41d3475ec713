import FCNCore

/// A definition is never used.
public enum UnusedDefinition: LintRule {
  public static let description = RuleDescription(
    "unused-definition", .suspicious, since: "0.1.0", summary: "A definition is never used.",
    explanation: DiagnosticID.unusedDefinition.explanation, examples: examples)

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for finding in network.unusedNames where finding.id == .unusedDefinition { report.report(finding) }
  }

  private static let examples: [RuleExample] = [
    .bad(
      """
      network maps

      input photo[3] = picture -> rgb

      def «double»(x) {
        x -> conv(8, kernel: 3, pad: same) -> conv(8, kernel: 3, pad: same)
      }

      output scores = photo -> conv(2, kernel: 1)
      """),
    .good(
      """
      network maps

      input photo[3] = picture -> rgb

      def double(x) {
        x -> conv(8, kernel: 3, pad: same) -> conv(8, kernel: 3, pad: same)
      }

      output scores = photo -> double
      """),
  ]
}
