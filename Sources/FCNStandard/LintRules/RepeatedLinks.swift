import FCNCore

/// Links of a chain that repeat themselves.
public enum RepeatedLinks: LintRule {
  public static let description = RuleDescription(
    "repeated-links", .style, since: "0.2.0",
    summary: "The same links stand in a chain three times or more in a row.",
    explanation: """
      What is written often is changed in one place and forgotten in another. A `repeat` says how often, once.

      Write `repeat i < 4 { ... }` around the links. The names of unlabelled weights change with it: give the stages labels, \
      such as `@{i}`, to keep them.
      """,
    examples: [
      .bad(
        """
        network deep

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 1)
          -> «conv(8, kernel: 3, pad: same) -> relu
          -> conv(8, kernel: 3, pad: same) -> relu
          -> conv(8, kernel: 3, pad: same) -> relu»
        """),
      .good(
        """
        network deep

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 1)
          -> repeat i < 3 { conv(8, kernel: 3, pad: same) -> relu }
        """),
    ])

  private static let leastCount = 3
  /// The longest block that is looked for.
  private static let longest = 16

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    text.tree.forEachPart { part in
      let links: [ChainLinkSyntax]
      switch part {
      case .links(let inner): links = inner
      default: return
      }
      let texts = links.map(\.comparableText)
      var start = 0
      while start < texts.count {
        guard let (length, count) = longestRepetition(texts, from: start) else {
          start += 1
          continue
        }
        let last = start + length * count - 1
        report.report(
          "\(length == 1 ? "this link stands" : "these \(length) links stand") here \(count) times in a row",
          at: links[start].range.union(links[last].range), help: "write `repeat i < \(count) { ... }`")
        start = last + 1
      }
    }
  }

  private static func longestRepetition(_ texts: [String], from start: Int) -> (length: Int, count: Int)? {
    for length in 1...max(1, min(longest, (texts.count - start) / leastCount)) {
      var count = 1
      while start + (count + 1) * length <= texts.count,
        texts[start..<start + length] == texts[start + count * length..<start + (count + 1) * length]
      { count += 1 }
      if count >= leastCount { return (length, count) }
    }
    return nil
  }
}
