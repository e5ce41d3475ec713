extension DiagnosticID {
  public static let malformedSuppression = DiagnosticID(
    "malformed-suppression",
    """
    A comment begins with `fcnc:`, but what follows is nothing that the linter knows.

    `// fcnc: allow(RULE, RULE) reason` behind a line allows the rules for this line; on a line of its own for the \
    statement that follows, with everything inside of it; above the first statement for the whole file. Names of rules \
    cannot be left out. In YAML the comment begins with `#`.
    """)

  public static let unknownRule = DiagnosticID(
    "unknown-rule",
    """
    A comment or a configuration names a rule that does not exist: a slip of the pen, or a rule of a plugin that is not \
    loaded. What it was for would silently not be done.

    `fcnc rules` lists all rules.
    """)

  public static let wrongConfiguration = DiagnosticID(
    "wrong-configuration",
    """
    `fcnc.yaml` says something that has no meaning there. Nothing is checked until it is right, so that a slip of the pen \
    never turns a check off.

    The keys are `required_version`, `extends`, `preview`, `plugins`, `exclude`, `rules` and `paths`; see the page \
    `Linting.md` of the documentation.
    """)

  public static let staleBaseline = DiagnosticID(
    "stale-baseline",
    """
    The baseline excuses a finding that is not there any more. Left in it, the entry would excuse the next one of its kind.

    `fcnc lint --prune-baseline` takes such entries out.
    """)

  /// The findings about linting itself.
  public static let lintCatalog: [DiagnosticID] = [
    malformedSuppression, unknownRule, wrongConfiguration, staleBaseline,
  ]
}
