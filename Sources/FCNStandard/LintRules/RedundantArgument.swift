import FCNCore

/// An argument that says what would be so without it.
public enum RedundantArgument: LintRule {
  public static let description = RuleDescription(
    "redundant-argument", .style, since: "0.2.0",
    summary: "An argument repeats the default of its parameter.",
    explanation: """
      `stride: 1` says what is so anyway; what differs from the usual is easier to see where only that is written.

      Leave it out.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 3, «stride: 1», pad: same)
        """,
        fixed: """
          network scores

          input photo[3] = picture -> rgb

          output scores = photo -> conv(2, kernel: 3, pad: same)
          """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(2, kernel: 3, pad: same)
        """),
    ])

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    text.tree.forEachCall { call in
      guard let stage = text.stage(of: call) else { return }
      for (index, argument) in call.arguments.enumerated() {
        guard let name = argument.name?.name,
          let parameter = stage.signature.parameters.first(where: { $0.name == name }),
          case .value(let usual) = parameter.defaultValue, argument.value.literal?.isSame(as: usual) ?? false
        else { continue }
        report.report(
          "`\(name)` is \(argument.value.text) where nothing is said", at: argument.range, help: "leave it out",
          fixIts: FixIt.removingArgument(index, of: call, .automatic).map { [$0] } ?? [])
      }
    }
  }
}

extension Argument {
  /// Whether it is the same number, word or text; 1 and 1x1 are the same.
  fileprivate func isSame(as other: Argument) -> Bool {
    switch (self, other) {
    case (.integer(let a), .decimal(let b)), (.decimal(let b), .integer(let a)): Double(a) == b
    case (.integer(let a), .size(let rows, let columns)), (.size(let rows, let columns), .integer(let a)):
      a == rows && a == columns
    default: self == other
    }
  }
}

extension ExpressionSyntax {
  fileprivate var text: String { String(decoding: range.file.bytes[range.lower..<range.upper], as: UTF8.self) }
}
