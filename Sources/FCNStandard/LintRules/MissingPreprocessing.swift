import FCNCore

/// An input for pictures that does not say how a picture becomes numbers.
public enum MissingPreprocessing: LintRule {
  public static let description = RuleDescription(
    "missing-preprocessing", .style, since: "0.2.0",
    summary: "An input of a picture's channels does not say how a picture becomes its numbers.",
    explanation: """
      Networks are trained on pictures in some order of colours and some range: 0 to 1, 0 to 255, or with the means of \
      ImageNet taken away. Without preprocessing a program takes the channels as they are in the file, from 0 to 1, which \
      is often not what the weights expect: the answer is wrong without any error.

      Say it: `= picture -> rgb`, `= picture -> imagenet`, `= picture -> bgr -> range(255)`. An input that is no picture \
      (a `.npy` file is always taken as it is) can have a suppression with this reason.
      """,
    examples: [
      .bad(
        """
        network scores

        input «photo»[3]

        output scores = photo -> conv(2, kernel: 3, pad: same)
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> imagenet

        output scores = photo -> conv(2, kernel: 3, pad: same)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for case .input(let input) in network.text.tree.items where input.preprocessing == nil {
      guard let found = network.graph.inputs.first(where: { $0.description.name == input.name.name }),
        [1, 3, 4].contains(found.description.channels)
      else { continue }
      report.report(
        "`\(input.name.name)` does not say how a picture becomes its \(found.description.channels) channel"
          + (found.description.channels == 1 ? "" : "s"),
        at: input.name.range, help: "add the preprocessing of the training, such as `= picture -> rgb`")
    }
  }
}
