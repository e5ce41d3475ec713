import FCNCore

/// A comment that allows something and does not say why.
public enum UnexplainedSuppression: LintRule {
  public static let description = RuleDescription(
    "unexplained-suppression", .pedantic, since: "0.2.0",
    summary: "A comment allows a rule without saying why.",
    explanation: """
      Whoever reads `// fcnc: allow(checkerboard)` in a year wants to know whether it still holds.

      Write the reason behind the parenthesis.
      """,
    examples: [
      .bad(
        """
        network larger

        input photo[3] = picture -> rgb

        «// fcnc: allow(checkerboard)»
        output larger = photo -> deconv(2, kernel: 3, stride: 2, pad: 1)
        """),
      .good(
        """
        network larger

        input photo[3] = picture -> rgb

        // fcnc: allow(checkerboard) it looked well on our pictures
        output larger = photo -> deconv(2, kernel: 3, stride: 2, pad: 1)
        """),
    ])
}
