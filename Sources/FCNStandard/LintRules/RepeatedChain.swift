import FCNCore

/// The same chain in several places that should be a definition.
public enum RepeatedChain: LintRule {
  public static let description = RuleDescription(
    "repeated-chain", .style, since: "0.2.0",
    summary: "The same links stand in three chains or more.",
    explanation: """
      A block of stages that is written out in several places is changed in one and forgotten in another. A `def` gives it a \
      name.

      Move the links to a definition and use that. The names of unlabelled weights change with it; `@.` keeps what labels \
      name.
      """,
    examples: [
      .bad(
        """
        network pyramid

        input photo[3] = picture -> rgb

        fine = photo -> «conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu»
        half = fine -> maxpool(2) -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
        quarter = half -> maxpool(2) -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
        output quarter
        """),
      .good(
        """
        network pyramid

        input photo[3] = picture -> rgb

        def unit(x) {
          x -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
        }

        fine = photo -> unit
        half = fine -> maxpool(2) -> unit
        quarter = half -> maxpool(2) -> unit
        output quarter
        """),
    ])

  /// Links that make a block.
  private static let length = 3
  private static let leastCount = 3

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    var places: [[String]: [(chain: Int, links: ArraySlice<SourceRange>)]] = [:]
    var chain = 0
    text.tree.forEachPart { part in
      guard case .links(let links) = part else { return }
      chain += 1
      let (texts, ranges) = (links.map(\.comparableText), links.map(\.range))
      for start in texts.indices where start + length <= texts.count {
        places[Array(texts[start..<start + length]), default: []].append((chain, ranges[start..<start + length]))
      }
    }
    // Of blocks that overlap, one is enough.
    var covered: Set<SourceRange> = []
    for uses in places.values.sorted(by: { ($0[0].links.first?.lower ?? 0) < ($1[0].links.first?.lower ?? 0) }) {
      let chains = Set(uses.map(\.chain)).count
      guard chains >= leastCount, let first = uses.first, !first.links.contains(where: covered.contains) else {
        continue
      }
      for use in uses { covered.formUnion(use.links) }
      let ranges = uses.compactMap { use in use.links.first.map { use.links.reduce($0) { $0.union($1) } } }
      report.report(
        "these \(length) links stand in \(chains) chains", at: ranges.first,
        related: ranges.dropFirst().prefix(3).map { .init($0, "again") },
        help: "give them a name: `def unit(x) { x -> ... }`")
    }
  }
}
