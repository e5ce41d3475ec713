import FCNCore

/// Normalisations of one network with different numbers added to the variance.
public enum MixedEpsilon: LintRule {
  public static let description = RuleDescription(
    "mixed-epsilon", .suspicious, since: "0.2.0",
    summary: "Batch normalisations of one network add different numbers to the variance.",
    explanation: """
      PyTorch takes 1e-5 and TensorFlow 1e-3 where nothing is said. Two values in one network usually mean that a part was \
      copied from a network of the other framework; the answer is a little wrong everywhere.

      Use the value of the framework that the network was trained in.
      """,
    examples: [
      .bad(
        """
        network mixed

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
          -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: «1e-3») -> relu
        """),
      .good(
        """
        network alike

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
          -> conv(8, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
        """),
    ])

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    var first: [String: (value: Double, range: SourceRange)] = [:]
    text.tree.forEachCall { call in
      guard text.stage(of: call) != nil else { return }
      for argument in call.arguments where argument.name?.name == "eps" {
        guard let value = argument.value.literalNumber else { continue }
        guard let other = first[call.name.name] else {
          first[call.name.name] = (value, argument.value.range)
          continue
        }
        if other.value != value {
          report.report(
            "`eps` is \(value) here and \(other.value) elsewhere in the network", at: argument.value.range,
            related: [.init(other.range, "\(other.value)")],
            help: "use the value of the framework that the network was trained in")
        }
      }
    }
  }
}
