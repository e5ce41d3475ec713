import FCNCore

/// A file that does not say which version of the language it is written in.
public enum MissingVersion: LintRule {
  public static let description = RuleDescription(
    "missing-version", .pedantic, since: "0.2.0",
    summary: "The file does not say which version of the language it is written in.",
    explanation: """
      Without `fcn 1` a file is read as the newest version of the language, so a later fcnc may read it differently.

      Put `fcn 1` on the first line.
      """,
    examples: [
      .bad(
        """
        network «scores»

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """),
      .good(
        """
        fcn 1

        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 1)
        """),
    ])

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    guard text.tree.version == nil, let name = text.tree.networkName else { return }
    report.report(
      "the file does not say which version of the language it is written in", at: name,
      help: "put `fcn 1` on the first line")
  }
}
