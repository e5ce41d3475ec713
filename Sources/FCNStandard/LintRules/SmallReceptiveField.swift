import FCNCore

/// An output that sees less than the configuration asks for.
public enum SmallReceptiveField: LintRule {
  public static let description = RuleDescription(
    "small-receptive-field", .budget, since: "0.2.0",
    summary: "An output sees fewer pixels around it than the configuration asks for.",
    explanation: """
      What is larger than the receptive field cannot be recognised as a whole. How large the things in your pictures are \
      stands in `fcnc.yaml`, in pixels of the picture:

          rules:
            small-receptive-field: {least: 96}

      Only a part of a receptive field counts much (Luo et al. 2016), so ask for more than the things measure. Dilations and \
      strides enlarge it; `fcnc explain NET` shows it for every stage.
      """,
    references: [
      "Luo et al. 2016, \"Understanding the Effective Receptive Field in Deep Convolutional Neural Networks\""
    ],
    options: [Parameter("least", .integer(1...1_000_000), "Pixels in each direction that every output must see.")],
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        output «scores» = photo -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)
        """, options: ["least": .integer(6)]),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)
        """, options: ["least": .integer(5)]),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let least = report.options.integer("least")
    for output in network.graph.namedOutputs {
      let sizes = Axis.allCases.compactMap { axis in
        network.geometries[axis]?.receptiveField(of: output.value, in: network.graph)?.size
      }
      guard let smallest = sizes.min(), smallest < least else { continue }
      let name = output.description.name
      report.report(
        "`\(name)` sees \(smallest) pixels of the picture, not the \(least) that are asked for",
        at: network.text.tree.nameRange(ofOutput: name) ?? output.range,
        help: "add layers, strides or dilations, or ask for less")
    }
  }
}
