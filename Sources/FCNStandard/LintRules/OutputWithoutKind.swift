import FCNCore
import FCNRuntime

/// An output that does not say what its numbers mean.
public enum OutputWithoutKind: LintRule {
  public static let description = RuleDescription(
    "output-without-kind", .style, since: "0.2.0",
    summary: "An output of numbers does not say what they mean.",
    explanation: """
      A program writes an output as a picture by its kind: probabilities as grey, scores as colours of classes, images as \
      they are. Without a kind the numbers have no range that is known, and only `.npy` files hold them.

      Write it: `output mask: probability = ...`; `raw` where none of the kinds fits.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output «scores» = photo -> conv(2, kernel: 1)
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores: logits = photo -> conv(2, kernel: 1)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for case .output(let syntax) in network.text.tree.items where syntax.kind == nil {
      guard let output = network.graph.namedOutputs.first(where: { $0.description.name == syntax.name.name }),
        case .raw = output.description.kind, output.description.answer == nil
      else { continue }
      report.report(
        "`\(syntax.name.name)` does not say what its numbers mean", at: syntax.name.range,
        help: "add a kind: `\(syntax.name.name): probability`, `logits`, `density`, `image` or `raw`")
    }
  }
}
