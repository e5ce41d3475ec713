import FCNCore
import FCNInterchange
import FCNRuntime
import Testing

/// A published network with its published weights, read, bound and interpreted, against ONNX Runtime.
@Suite struct PublishedNetworkTests {
  /// waifu2x-vgg7: seven convolutions by 3 x 3 without padding, leaky rectifiers between them. Each output pixel
  /// depends on 15 x 15 pixels of the input, so a corner of the picture is enough.
  @Test func weightsThatWereBoundGiveTheResultsOfONNXRuntime() throws {
    guard let weights = Models.path("waifu2x-vgg7/model.safetensors"),
      let golden = Models.path("waifu2x-vgg7/golden_128x160.npz")
    else { return }
    var sink = DiagnosticSink()
    let source = try SafetensorsFormat().open(path: weights)
    let graph = WeightBinder([source], strict: true).bind(try Self.network(), report: &sink)
    #expect(sink.diagnostics.isEmpty)
    let arrays = try NPZFormat().open(path: golden)
    let input = Self.corner(try arrays.read("in_input"), height: 20, width: 18)
    let expected = Self.corner(try arrays.read("out_output"), height: 6, width: 4)
    let output = try Interpreter(graph).run([input]).outputs[0]
    #expect(output.height == 6 && output.width == 4)
    let error = zip(output.values, expected.values).map { abs($0 - $1) }.max() ?? .infinity
    print("waifu2x-vgg7: greatest difference \(error), bound 1e-5")
    #expect(error < 1e-5)
  }

  /// The weight map that a suggestion writes for a file with other names binds the same weights.
  @Test func aSuggestedMapBindsAFileWithOtherNames() throws {
    guard let path = Models.path("waifu2x-vgg7/model.safetensors") else { return }
    var network = try Self.network()
    for index in network.nodes.indices { network.nodes[index].weightPath = "layer\(index)" }
    let source = try SafetensorsFormat().open(path: path)
    var sink = DiagnosticSink()
    let text = WeightSuggestion(for: network, from: [source], report: &sink).text
    let map = WeightMap(parsing: SourceFile(path: "map.txt", text: text), report: &sink)
    let graph = WeightBinder([source], map: map, strict: true).bind(network, report: &sink)
    #expect(sink.diagnostics.isEmpty)
    for (index, node) in graph.nodes.enumerated() {
      #expect(
        node.weights.map(\.values) == [
          try source.read("conv\(index + 1).weight").values, try source.read("conv\(index + 1).bias").values,
        ])
    }
  }

  private static func network() throws -> Graph {
    var graph = Graph(name: "waifu2x-vgg7")
    graph.values = [
      Graph.Value(name: "x", type: TensorType(channels: 3, height: .input, width: .input), range: nil)
    ]
    for (index, channels) in [32, 32, 64, 64, 128, 128, 3].enumerated() {
      let stage = Convolution3x3(channels: channels)
      let type = try stage.outputTypes(for: [graph.values[index].type])[0]
      graph.values.append(Graph.Value(name: "v\(index + 1)", type: type, range: nil))
      let leaky = Epilogue(
        expression: .maximum(.input(0), .input(0) * .constant(0.1)), channelParameters: [], firstInput: 1)
      graph.nodes.append(
        Graph.Node(
          stage: stage, inputs: [index], outputs: [index + 1], weightPath: "conv\(index + 1)",
          epilogue: index < 6 ? leaky : nil, origin: Graph.Origin(range: nil)))
    }
    graph.inputs = [
      Graph.Input(value: 0, description: InputDescription(name: "x", channels: 3, preprocessing: []), range: nil)
    ]
    graph.outputs = [
      Graph.Output(value: 7, description: OutputDescription(name: "y", channels: 3, kind: .raw), range: nil)
    ]
    return graph
  }

  private static func corner(_ array: WeightTensor, height: Int, width: Int) -> Tensor {
    var result = Tensor(channels: array.shape[1], height: height, width: width)
    for channel in 0..<result.channels {
      for row in 0..<height {
        for column in 0..<width {
          result[channel, row, column] = array.values[(channel * array.shape[2] + row) * array.shape[3] + column]
        }
      }
    }
    return result
  }
}

/// A convolution by 3 x 3 without padding.
private struct Convolution3x3: Stage {
  static let signature = StageSignature(name: "test_conv", summary: "convolution of the tests", example: "x")

  var channels: Int

  init(channels: Int) { self.channels = channels }
  init(_ arguments: Arguments) throws(Rejection) { throw Rejection("made by the tests only") }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    do {
      return [
        TensorType(
          channels: channels, height: try inputs[0].height.adding(-2).requiring(atLeast: 1),
          width: try inputs[0].width.adding(-2).requiring(atLeast: 1))
      ]
    } catch {
      throw Rejection("\(error)")
    }
  }

  func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    [
      WeightRequirement("weight", [channels, inputs[0].channels, 3, 3], .he(fanIn: 9 * inputs[0].channels)),
      WeightRequirement("bias", [channels], .uniform(0, 0)),
    ]
  }

  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    var output = Tensor(channels: channels, height: input.height - 2, width: input.width - 2)
    for out in 0..<channels {
      for row in 0..<output.height {
        for column in 0..<output.width {
          var sum = Double(weights[1].values[out])
          for tap in 0..<input.channels * 9 {
            let number = input[tap / 9, row + tap % 9 / 3, column + tap % 3]
            sum += Double(weights[0].values[out * input.channels * 9 + tap]) * Double(number)
          }
          output[out, row, column] = Float(sum)
        }
      }
    }
    return [output]
  }
}
