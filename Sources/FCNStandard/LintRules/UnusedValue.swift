import FCNCore

/// A value is named but nothing uses it.
public enum UnusedValue: LintRule {
  public static let description = RuleDescription(
    "unused-value", .suspicious, since: "0.1.0", summary: "A value is named but nothing uses it.",
    explanation: DiagnosticID.unusedValue.explanation, examples: examples)

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for finding in network.unusedNames where finding.id == .unusedValue { report.report(finding) }
  }

  private static let examples: [RuleExample] = [
    .bad(
      """
      network maps

      input photo[3] = picture -> rgb

      «edges» = photo -> conv(8, kernel: 3, pad: same)
      output scores = photo -> conv(2, kernel: 1)
      """),
    .good(
      """
      network maps

      input photo[3] = picture -> rgb

      edges = photo -> conv(8, kernel: 3, pad: same)
      output scores = edges -> conv(2, kernel: 1)
      """),
  ]
}
