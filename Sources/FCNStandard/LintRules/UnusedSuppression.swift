import FCNCore

/// A comment that allows what is not there.
public enum UnusedSuppression: LintRule {
  public static let description = RuleDescription(
    "unused-suppression", .suspicious, since: "0.2.0",
    summary: "A comment allows a rule that finds nothing there.",
    explanation: """
      `// fcnc: allow(RULE) reason` silences a rule for a statement. What it was for has been mended or moved: left there, it \
      would hide the next mistake.

      Remove the rule from the comment.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        «// fcnc: allow(checkerboard) it looked well on our pictures»
        output scores = photo -> conv(2, kernel: 1)
        """,
        fixed: """
          network scores

          input photo[3] = picture -> rgb

          output scores = photo -> conv(2, kernel: 1)
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
