import FCNCore
import FCNRuntime
import Testing

@Suite struct InterpreterTests {
  /// Adds its two inputs: no weights.
  struct Sum: Stage {
    static let signature = StageSignature(name: "test_sum", summary: "sum of the tests", inputs: .two, example: "x")
    init() {}
    init(_ arguments: Arguments) throws(Rejection) {}
    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { [inputs[0]] }
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      var result = inputs[0]
      for index in result.values.indices { result.values[index] += inputs[1].values[index] }
      return [result]
    }
  }

  /// `y = 10 x0 + x1 + 1`, then `y + y` through the sum.
  private func network() throws -> Graph {
    var graph = try chain([("a", TestConvolution(channels: 1))], channels: 2)
    graph.nodes[0].weights = [
      WeightTensor(shape: [1, 2, 1, 1], values: [10, 1]), WeightTensor(shape: [1], values: [1]),
    ]
    graph.values.append(Graph.Value(name: "total", type: graph.values[1].type, range: nil))
    graph.nodes.append(
      Graph.Node(stage: Sum(), inputs: [1, 1], outputs: [2], weightPath: "", origin: Graph.Origin(range: nil)))
    graph.outputs[0].value = 2
    return graph
  }

  private let input = Tensor(channels: 2, height: 1, width: 2, values: [1, 2, 3, 4])

  @Test func stagesAreRunInOrder() throws {
    let results = try Interpreter(network()).run([input], keeping: ["v1"])
    #expect(results.outputs.map(\.values) == [[28, 50]])
    #expect(results.values.mapValues(\.values) == ["v1": [14, 25]])
  }

  /// A value is there while a later node reads it, and the outputs at the end.
  @Test func aWalkShowsEveryValueOnce() throws {
    var graph = try network()
    graph.values[1].name = "total"
    let interpreter = try Interpreter(graph)
    var walk = try Interpreter.Walk(interpreter, [input])
    #expect((0...2).map { walk.shape(of: $0) } == [[2, 1, 2], [1, 1, 2], [1, 1, 2]])
    #expect(try walk.step() == 0 && walk[1]?.values == [14, 25] && walk[0]?.values == [1, 2, 3, 4])
    #expect(try walk.step() == 1 && walk[2]?.values == [28, 50] && walk[0] == nil)
    #expect(try walk.step() == nil && walk[2]?.values == [28, 50] && walk[1] == nil)
    #expect(try interpreter.run([input], keeping: ["total_2"]).values.mapValues(\.values) == ["total_2": [28, 50]])
  }

  /// Inputs, weights and outputs that do not fit give nothing.
  @Test func outputsOfInputsThatDoNotFitAreNil() {
    let stage = TestConvolution(channels: 1, kernel: 3)
    let weights = [
      WeightTensor(shape: [1, 2, 3, 3], values: Array(repeating: 1, count: 18)),
      WeightTensor(shape: [1], values: [0.5]),
    ]
    let ones = Tensor(channels: 2, height: 3, width: 4, repeating: 1)
    #expect(stage.outputs(for: [ones], weights: weights)?.map(\.values) == [[18.5, 18.5]])
    #expect(stage.outputs(for: [Tensor(channels: 3, height: 3, width: 4)], weights: weights) == nil)
    #expect(stage.outputs(for: [Tensor(channels: 2, height: 2, width: 4)], weights: weights) == nil)
    #expect(stage.outputs(for: [ones], weights: []) == nil)
    #expect(TestLiar().outputs(for: [ones], weights: []) == nil)
  }

  @Test func anInputMayBeAnOutput() throws {
    var graph = try network()
    graph.outputs.append(graph.outputs[0])
    graph.outputs[1].value = 0
    #expect(try Interpreter(graph).run([input]).outputs.map(\.values) == [[28, 50], [1, 2, 3, 4]])
  }

  /// The epilogue `max(y * p0, 0) + (c < input(1) ? input(1) : c)` with a second input of one number per channel.
  @Test func epiloguesAreApplied() throws {
    var graph = try network()
    graph.nodes.removeLast()
    graph.values[2] = Graph.Value(
      name: "k", type: TensorType(channels: 1, height: .constant(1), width: .constant(1)), range: nil)
    graph.outputs[0].value = 1
    graph.inputs.append(
      Graph.Input(value: 2, description: InputDescription(name: "k", channels: 1, preprocessing: []), range: nil))
    graph.nodes[0].inputs = [0, 2]
    graph.nodes[0].epilogue = Epilogue(
      expression: .maximum(.input(0) * .channelParameter(0), .constant(0))
        + .select(less: .constant(5), than: .input(1), then: .input(1), otherwise: .constant(5)),
      channelParameters: [[-2]], firstInput: 1)
    let interpreter = try Interpreter(graph)
    let picture = Tensor(channels: 2, height: 2, width: 2, values: [-1, 1, -2, 0, 0, 0, 0, 0])
    let small = Tensor(channels: 1, height: 1, width: 1, values: [3])
    let large = Tensor(channels: 1, height: 1, width: 1, values: [7])
    #expect(try interpreter.run([picture, small]).outputs[0].values == [23, 5, 43, 5])
    #expect(try interpreter.run([picture, large]).outputs[0].values == [25, 7, 45, 7])
  }

  @Test(arguments: PointwiseExpression.Unary.allCases)
  func functionsHaveTheirMeaning(_ function: PointwiseExpression.Unary) throws {
    // y = 10 * 0.05 + 0.0 - 0 + bias 1 = 1.5 and 1 - 0.5 = 0.5
    let expected: [PointwiseExpression.Unary: [Float]] = [
      .exponential: [4.4816890703, 1.6487212707], .hyperbolicTangent: [0.9051482536, 0.4621171573],
      .sigmoid: [0.8175744762, 0.6224593312], .absolute: [1.5, 0.5], .squareRoot: [1.2247448714, 0.7071067812],
    ]
    var graph = try network()
    graph.nodes.removeLast()
    graph.outputs[0].value = 1
    graph.nodes[0].epilogue = Epilogue(expression: .unary(function, .input(0)), channelParameters: [], firstInput: 1)
    let tensor = Tensor(channels: 2, height: 1, width: 2, values: [0, 0, 0.5, -0.5])
    let values = try Interpreter(graph).run([tensor]).outputs[0].values
    for (value, number) in zip(values, try #require(expected[function])) { #expect(abs(value - number) < 1e-6) }
  }

  @Test func inputsThatDoNotFitAreRefused() throws {
    let graph = try chain([("a", TestConvolution(channels: 1, kernel: 3))], channels: 2)
    var sink = DiagnosticSink()
    let interpreter = try Interpreter(RandomWeights.bind(graph, report: &sink))
    #expect(failure { _ = try interpreter.run([]) }?.message == "the network takes 1 inputs, but 0 are given")
    let channels = failure { _ = try interpreter.run([Tensor(channels: 3, height: 9, width: 9)]) }
    #expect(channels?.value == "x" && channels?.message.contains("2 channels, but 3") == true)
    let size = failure { _ = try interpreter.run([Tensor(channels: 2, height: 9, width: 2)]) }
    #expect(size?.value == "v1" && size?.message.contains("width 2") == true)
    #expect(size?.help == "the nearest that can be computed: 3")
    #expect(failure { _ = try interpreter.run([Tensor(channels: 2, height: 0, width: 9)]) }?.value == "x")
    let name = failure { _ = try interpreter.run([Tensor(channels: 2, height: 9, width: 9)], keeping: ["v2"]) }
    #expect(name?.message == "the network has no value `v2`" && name?.help == "there is `v1`")
    #expect(try interpreter.run([Tensor(channels: 2, height: 3, width: 4)]).outputs[0].width == 2)
  }

  @Test func twoInputsHaveToAgree() throws {
    var graph = try network()
    graph.inputs.append(graph.inputs[0])
    let other = Tensor(channels: 2, height: 1, width: 3)
    #expect(failure { _ = try Interpreter(graph).run([input, other]) }?.message.contains("has to be 2") == true)
  }

  @Test func unboundGraphsAreRefused() throws {
    let graph = try chain([("a", TestConvolution(channels: 1))], channels: 2)
    #expect(failure { _ = try Interpreter(graph) }?.message == "the weights of `test_conv` at `a` are not bound")
  }

  @Test func stagesThatBreakTheirShapeRuleAreNamed() throws {
    let graph = try chain([("", TestLiar())], channels: 2)
    let message = failure { _ = try Interpreter(graph).run([input]) }?.message
    #expect(message == "`test_liar` gives 1 x 1 x 1 for the value `v1`, but its shape rule says 2 x 1 x 2")
  }

  private func failure(_ body: () throws -> Void) -> Interpreter.Failure? {
    do {
      try body()
      return nil
    } catch let failure as Interpreter.Failure {
      return failure
    } catch {
      Issue.record("an error of another type: \(error)")
      return nil
    }
  }
}
