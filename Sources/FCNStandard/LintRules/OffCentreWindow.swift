import FCNCore

/// An even window with a stride of 1 that keeps the size.
public enum OffCentreWindow: LintRule {
  public static let description = RuleDescription(
    "off-centre-window", .suspicious, since: "0.2.0",
    summary: "A window with an even number of pixels keeps the size and moves everything by half a pixel.",
    explanation: """
      A window of an even size has no middle. Where it is padded so that the output has the size of the input, one side gets \
      a pixel more than the other, and everything moves by half a pixel; several such layers move it further, always in the \
      same direction.

      Use an odd kernel. Where the weights are fixed already, mind that the answer is shifted.
      """,
    references: ["Wu et al. 2019, \"Convolution with even-sized kernels and symmetric padding\""],
    examples: [
      .bad(
        """
        network moved

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: «4», pad: same_tf)
        """),
      .good(
        """
        network centred

        input photo[3] = picture -> rgb

        output scores = photo -> conv(8, kernel: 5, pad: same)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    for (index, node) in network.graph.nodes.enumerated() {
      guard let access = network.accesses[index].first, let input = node.inputs.first, let output = node.outputs.first
      else { continue }
      for (axis, read) in [(Axis.rows, access.rows), (.columns, access.columns)] {
        guard case .window(let window) = read, window.divide == 1, window.multiply == 1, window.taps > 1,
          (window.taps - 1) * window.step % 2 == 1,
          network.graph.values[input].type[keyPath: axis.extent]
            == network.graph.values[output].type[keyPath: axis.extent]
        else { continue }
        report.report(
          "a window of \((window.taps - 1) * window.step + 1) \(axis == .rows ? "rows" : "columns") has no middle: the "
            + "output keeps the size but lies half a pixel off",
          node: index, of: network.graph, argument: "kernel", help: "use an odd kernel")
      }
    }
  }
}
