import FCNCore

/// An input of the network is never used.
public enum UnusedInput: LintRule {
  public static let description = RuleDescription(
    "unused-input", .suspicious, since: "0.1.0", summary: "An input of the network is never used.",
    explanation: DiagnosticID.unusedInput.explanation, examples: examples)

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for finding in network.unusedNames where finding.id == .unusedInput { report.report(finding) }
  }

  private static let examples: [RuleExample] = [
    .bad(
      """
      network maps

      input photo[3] = picture -> rgb
      input «guide»[1] = picture -> grey

      output scores = photo -> conv(2, kernel: 1)
      """),
    .good(
      """
      network maps

      input photo[3] = picture -> rgb
      input guide[1] = picture -> grey

      output scores = concat(photo, guide) -> conv(2, kernel: 1)
      """),
  ]
}
