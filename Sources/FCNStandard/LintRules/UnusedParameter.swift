import FCNCore

/// A parameter of the network or of a definition is never used.
public enum UnusedParameter: LintRule {
  public static let description = RuleDescription(
    "unused-parameter", .suspicious, since: "0.1.0",
    summary: "A parameter of the network or of a definition is never used.",
    explanation: DiagnosticID.unusedParameter.explanation, examples: examples)

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for finding in network.unusedNames where finding.id == .unusedParameter { report.report(finding) }
  }

  private static let examples: [RuleExample] = [
    .bad(
      """
      network maps(«width» = 8)

      input photo[3] = picture -> rgb

      output scores = photo -> conv(2, kernel: 1)
      """),
    .good(
      """
      network maps(width = 8)

      input photo[3] = picture -> rgb

      output scores = photo -> conv(width, kernel: 1)
      """),
  ]
}
