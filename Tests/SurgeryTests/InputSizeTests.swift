import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// Networks that are read at one size of the first input.
@Suite struct InputSizeTests {
  private func graph(_ body: String, size: (height: Int, width: Int)?) throws -> Graph {
    var sink = DiagnosticSink()
    let text = "network n\n\(body)\n"
    let tree = NetworkLanguage().parse(SourceFile(path: "n.fcn", text: text), report: &sink)
    let graph = SurgeryCase.elaborator(size: size).elaborate(tree, report: &sink)
    return try #require(graph, "\(sink.diagnostics.map(\.message))")
  }

  @Test func sizesAreNumbers() throws {
    let graph = try graph(
      "input x[3]\ninput guide[1] like x / 4\ninput same[2]\nmap = x -> conv(4, kernel: 3, stride: 2, pad: valid)\n"
        + "output y = map -> flatten(order: chw) -> dense(5)\noutput z = concat(guide, same -> avgpool(4))",
      size: (20, 28))
    let sizes = graph.values.map { [$0.type.channels, $0.type.height.constantValue, $0.type.width.constantValue] }
    let expected = [
      "x": [3, 20, 28], "guide": [1, 5, 7], "same": [2, 20, 28], "map": [4, 9, 13], "flatten": [468, 1, 1],
      "y": [5, 1, 1], "avgpool": [2, 5, 7], "z": [3, 5, 7],
    ]
    for (value, size) in zip(graph.values, sizes) { #expect(expected[value.name] == size, "\(value.name)") }
    #expect(graph.weightUses().map(\.requirement.shape) == [[4, 3, 3, 3], [4], [5, 468], [5]])
    #expect(Verdict(of: graph).reasons.isEmpty)
  }

  /// By hand: the sum of the numbers of the picture, each times its position in the order of the flattening.
  @Test(arguments: [("chw", [0, 1, 2, 3, 4, 5, 6, 7]), ("hwc", [0, 2, 4, 6, 1, 3, 5, 7])])
  func theInterpreterRunsDenseLayers(_ order: String, _ positions: [Int]) throws {
    var graph = try graph("input x[2]\noutput y = x -> flatten(order: \(order)) -> dense(1, bias: false)", size: (2, 2))
    graph.nodes[1].weights = [WeightTensor(shape: [1, 8], values: (0..<8).map { Float($0) })]
    let numbers: [Float] = [3, 1, 4, 1, 5, 9, 2, 6]
    let input = Tensor(channels: 2, height: 2, width: 2, values: numbers)
    let answer = try Interpreter(graph).run([input]).outputs[0]
    #expect(answer.values == [zip(numbers, positions).reduce(0) { $0 + $1.0 * Float($1.1) }])
  }

  @Test func anotherSizeIsRefused() throws {
    let graph = try graph("input x[2]\noutput y = x -> relu", size: (4, 6))
    let interpreter = try Interpreter(graph)
    for (height, width, message) in [
      (5, 6, "the height 5 of the input `x`, but has to be 4"), (4, 7, "the width 7 of the input `x`, but has to be 6"),
    ] {
      #expect {
        try interpreter.run([Tensor(channels: 2, height: height, width: width)])
      } throws: {
        ($0 as? Interpreter.Failure)?.message == message
      }
    }
    #expect(try interpreter.run([Tensor(channels: 2, height: 4, width: 6)]).outputs[0].width == 6)
  }

  @Test func withoutASizeTheHelpSaysWhatToDo() throws {
    var graph = try graph("input x[2]\noutput y = x -> dense(1, bias: false)", size: nil)
    graph.nodes[0].weights = [WeightTensor(shape: [1, 2], values: [1, 1])]
    #expect {
      _ = try Interpreter(graph).run([Tensor(channels: 2, height: 4, width: 6)])
    } throws: {
      let help = ($0 as? Interpreter.Failure)?.help ?? ""
      return help.contains("--input-size HEIGHTxWIDTH") && help.contains("fcnc fix NET --convolutionize")
    }
    var sink = DiagnosticSink()
    let weight = WeightTensor(shape: [1, 48], values: .init(repeating: 1, count: 48))
    let source = MemoryWeights(tensors: ["y.dense.weight": weight])
    _ = WeightBinder([source]).bind(graph, report: &sink)
    #expect(sink.diagnostics.map(\.id.name) == ["misshapen-weight"])
    #expect(sink.diagnostics.first?.help?.contains("--input-size HEIGHTxWIDTH") ?? false)
  }
}
