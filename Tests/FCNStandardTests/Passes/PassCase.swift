import FCNCore
import FCNStandard
import FCNTestSupport
import Testing

/// A network before and after a pass.
struct PassCase {
  let before: Graph
  let after: Graph
  let remarks: [String]

  /// - Parameter passes: are run one after the other; the remarks are those of the last one.
  init(_ text: String, _ passes: any Pass...) throws {
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "case.fcn", text: "network n\n" + text), report: &sink)
    let elaborated = Elaborator(registry: Registry([StandardPlugin.self])).elaborate(tree, report: &sink)
    let graph = try #require(elaborated, "\(sink.diagnostics.map(\.message))")
    before = RandomWeights.bind(graph, seed: 11, report: &sink)
    try #require(sink.diagnostics.isEmpty)
    var result: (graph: Graph, remarks: [String]) = (before, [])
    #expect(GraphVerifier.faults(in: before) == [])
    for pass in passes {
      result = pass.run(result.graph)
      #expect(GraphVerifier.faults(in: result.graph) == [], "behind \(pass.name)")
    }
    after = result.graph
    remarks = result.remarks
  }

  /// The nodes that are left, one line each: `y = conv(x)`; behind `;` the inputs of what was fused into it.
  var nodes: [String] {
    after.nodes.map { node in
      let own = node.epilogue?.firstInput ?? node.inputs.count
      let names = node.inputs.map { after.values[$0].name }
      let further = names.dropFirst(own).joined(separator: ", ")
      let outputs = node.outputs.map { after.values[$0].name }.joined(separator: ", ")
      return "\(outputs) = \(type(of: node.stage).signature.name)(\(names.prefix(own).joined(separator: ", "))"
        + (node.epilogue == nil ? ")" : "; \(further))")
    }
  }

  /// The values that the outputs are.
  var outputs: [String] { after.outputs.map { after.values[$0.value].name } }

  /// The reference gives the same numbers before and after, on random inputs of several sizes.
  func expectSameNumbers(
    sizes: [(Int, Int)] = [(1, 1), (6, 9), (13, 4)], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(seed: 5)
    for (height, width) in sizes {
      let inputs = before.inputs.map { input in
        Tensor(
          channels: input.description.channels, height: height, width: width,
          values: (0..<(input.description.channels * height * width)).map { _ in
            Float.random(in: -1...1, using: &generator)
          })
      }
      let expected = try Interpreter(before).run(inputs).outputs
      let found = try Interpreter(after).run(inputs).outputs
      try #require(expected.count == found.count, sourceLocation: sourceLocation)
      for (a, b) in zip(expected, found) {
        try #require(
          (a.channels, a.height, a.width) == (b.channels, b.height, b.width), sourceLocation: sourceLocation)
        let largest = a.values.reduce(1) { max($0, abs($1)) }
        try #require((a.values.max() ?? 0) > (a.values.min() ?? 0) || a.values.count < 9, "a constant proves nothing")
        let worst = zip(a.values, b.values).reduce(Float(0)) { worst, pair in
          let difference = abs(pair.0 - pair.1)
          return difference.isNaN ? .infinity : max(worst, difference)
        }
        #expect(worst <= 1e-5 * largest, "at \(height)x\(width)", sourceLocation: sourceLocation)
      }
    }
  }
}
