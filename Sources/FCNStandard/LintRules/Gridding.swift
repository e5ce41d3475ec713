import FCNCore

/// Dilated convolutions behind each other that leave pixels out.
public enum Gridding: LintRule {
  public static let description = RuleDescription(
    "gridding", .suspicious, since: "0.2.0",
    summary: "Dilated convolutions behind each other see a grid of pixels with gaps.",
    explanation: """
      Where the dilations of several convolutions in a row have a common factor, a pixel of the result depends only on \
      every second (or third ...) pixel of what goes in, and its neighbours on the others: the output falls into grids that \
      know nothing of each other.

      Choose dilations without a common factor, such as 1, 2, 5, or put a convolution without dilation behind them that is \
      as wide as the gaps.
      """,
    references: [
      "Wang et al. 2018, \"Understanding Convolution for Semantic Segmentation\" (hybrid dilated convolution)",
      "Yu, Koltun and Funkhouser 2017, \"Dilated Residual Networks\"",
    ],
    examples: [
      .bad(
        """
        network context

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 1) -> relu
          -> conv(8, kernel: 3, pad: same, dilation: 2) -> relu
          -> conv(8, kernel: 3, pad: same, dilation: «4») -> relu
        output scores = wide -> conv(2, kernel: 1)
        """),
      .good(
        """
        network context

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 3, pad: same, dilation: 2) -> relu
          -> conv(8, kernel: 3, pad: same, dilation: 5) -> relu
        output scores = wide -> conv(2, kernel: 1)
        """),
      .good(
        """
        network context

        input photo[3] = picture -> rgb

        wide = photo -> conv(8, kernel: 3, pad: same, dilation: 2) -> relu
          -> conv(8, kernel: 3, pad: same, dilation: 4) -> relu
        output scores = wide -> conv(2, kernel: 3, pad: same)
        """),
    ])

  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
    let graph = network.graph
    // For each value the row of convolutions that it ends.
    var rows = graph.values.indices.map { Row(base: $0) }
    for (index, node) in graph.nodes.enumerated() {
      guard let input = node.inputs.first, let access = network.accesses[index].first, let output = node.outputs.first
      else {
        continue
      }
      let step = Step(access)
      switch step {
      case .pointwise:
        // What is joined adds no pixels only where all of it began at one value.
        let joined = node.inputs.map { rows[$0] }
        if joined.allSatisfy({ $0.base == joined[0].base }) {
          let longest = joined.max { $0.dilations.count < $1.dilations.count } ?? joined[0]
          let factor = joined.reduce(0) { Self.common($0, $1.factor) }
          rows[output] = Row(base: longest.base, dilations: longest.dilations, factor: factor)
        }
      case .dilated(let dilation):
        let before = rows[input]
        rows[output] = Row(
          base: before.base, dilations: before.dilations + [dilation],
          factor: Self.common(before.factor, dilation))
      case .other: break
      }
      let row = rows[output]
      guard case .dilated = step, row.dilations.count > 1, row.factor > 1, isLast(output, network, factor: row.factor)
      else { continue }
      report.report(
        "the dilations \(row.dilations.map(String.init).joined(separator: ", ")) have the common factor \(row.factor): "
          + "a pixel sees one of \(row.factor) in each direction only",
        node: index, of: graph, argument: "dilation",
        help: "use dilations without a common factor, or a convolution of at least \(row.factor) pixels behind them")
    }
  }

  /// Dilated convolutions behind each other, from the value that the first one reads.
  private struct Row {
    var base: Graph.ValueID
    var dilations: [Int] = []
    /// The greatest common factor of the dilations; 0 for none.
    var factor = 0
  }

  /// The greatest common factor of two numbers, of which 0 stands for none.
  private static func common(_ a: Int, _ b: Int) -> Int {
    a == 0 ? b : b == 0 ? a : Extent.greatestCommonDivisor(a, b)
  }

  /// Whether an output is reached from a value without a window that closes the gaps or goes on with the row.
  private static func isLast(_ value: Graph.ValueID, _ network: AnalyzedNetwork, factor: Int) -> Bool {
    var waiting = [value]
    var seen: Set<Graph.ValueID> = [value]
    while let value = waiting.popLast() {
      if network.isOutput(value) { return true }
      for reader in network.readers[value] {
        let node = network.graph.nodes[reader]
        guard let position = node.inputs.firstIndex(of: value) else { continue }
        switch Step(network.accesses[reader][position]) {
        case .dilated: break
        case .other(let width) where width >= factor: break
        case .pointwise, .other: waiting += node.outputs.filter { seen.insert($0).inserted }
        }
      }
    }
    return false
  }

  private enum Step {
    case pointwise
    case dilated(Int)
    /// Reads this many neighbouring pixels.
    case other(width: Int)

    init(_ access: SpatialAccess) {
      switch (access.rows, access.columns) {
      case (.window(let rows), .window(let columns)):
        if rows.taps <= 1, columns.taps <= 1, rows.multiply == 1, rows.divide == 1 {
          self = .pointwise
        } else if rows.taps > 1, rows.step > 1, rows.step == columns.step, rows.multiply == 1 {
          self = .dilated(rows.step)
        } else {
          self = .other(width: rows.taps)
        }
      case (.resample(let resample), _): self = .other(width: resample.interpolation == .bilinear ? 2 : 1)
      default: self = .other(width: .max)
      }
    }
  }
}
