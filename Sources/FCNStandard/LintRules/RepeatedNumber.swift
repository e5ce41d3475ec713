import FCNCore

/// A number of channels that is written again and again.
public enum RepeatedNumber: LintRule {
  public static let description = RuleDescription(
    "repeated-number", .pedantic, since: "0.2.0",
    summary: "The same number of channels is written in many places.",
    explanation: """
      A width that is a parameter of the network, `network unet(width = 64)`, can be changed in one place, and from the \
      command line with `--set width=32`.

      Make it a parameter.
      """,
    examples: [
      .bad(
        """
        network deep

        input photo[3] = picture -> rgb

        a = photo -> conv(«24», kernel: 3, pad: same)
        b = a -> conv(24, kernel: 5, pad: same)
        c = b -> conv(24, kernel: 3, pad: same, dilation: 2)
        output d = c -> conv(24, kernel: 1)
        """),
      .good(
        """
        network deep(width = 24)

        input photo[3] = picture -> rgb

        a = photo -> conv(width, kernel: 3, pad: same)
        b = a -> conv(width, kernel: 5, pad: same)
        c = b -> conv(width, kernel: 3, pad: same, dilation: 2)
        output d = c -> conv(width, kernel: 1)
        """),
    ])

  private static let leastCount = 4
  /// Smaller ones are numbers of classes and colours.
  private static let leastNumber = 5

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    var places: [Int: [SourceRange]] = [:]
    text.tree.forEachCall { call in
      guard let stage = text.stage(of: call), let first = stage.signature.parameters.first, first.name == "channels"
      else {
        return
      }
      let argument = call.arguments.first { $0.name?.name == "channels" } ?? call.arguments.first { $0.name == nil }
      if let value = argument?.value, case .integer(let number) = value.kind, number >= leastNumber {
        places[number, default: []].append(value.range)
      }
    }
    for (number, ranges) in places.sorted(by: { $0.key < $1.key }) where ranges.count >= leastCount {
      report.report(
        "\(number) channels are written \(ranges.count) times", at: ranges[0],
        related: [.init(ranges[1], "again")], help: "make it a parameter of the network: `(width = \(number))`")
    }
  }
}
