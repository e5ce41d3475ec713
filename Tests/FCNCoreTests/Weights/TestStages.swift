import FCNCore
import FCNRuntime

/// A convolution of the tests: no padding, stride 1, with a kernel and a bias.
struct TestConvolution: Stage {
  static let signature = StageSignature(name: "test_conv", summary: "convolution of the tests", example: "x")

  var channels: Int
  var kernel: Int

  init(channels: Int, kernel: Int = 1) {
    self.channels = channels
    self.kernel = kernel
  }

  init(_ arguments: Arguments) throws(Rejection) { throw Rejection("made by the tests only") }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    do {
      let height = try inputs[0].height.adding(1 - kernel).requiring(atLeast: 1)
      let width = try inputs[0].width.adding(1 - kernel).requiring(atLeast: 1)
      return [TensorType(channels: channels, height: height, width: width)]
    } catch {
      throw Rejection("\(error)")
    }
  }

  func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let fanIn = inputs[0].channels * kernel * kernel
    return [
      WeightRequirement("weight", [channels, inputs[0].channels, kernel, kernel], .he(fanIn: fanIn)),
      WeightRequirement("bias", [channels], .uniform(-1, 1)),
    ]
  }

  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    var output = Tensor(channels: channels, height: input.height + 1 - kernel, width: input.width + 1 - kernel)
    for out in 0..<channels {
      for row in 0..<output.height {
        for column in 0..<output.width {
          var sum = weights[1].values[out]
          for channel in 0..<input.channels {
            for y in 0..<kernel {
              for x in 0..<kernel {
                sum +=
                  weights[0].values[((out * input.channels + channel) * kernel + y) * kernel + x]
                  * input[channel, row + y, column + x]
              }
            }
          }
          output[out, row, column] = sum
        }
      }
    }
    return [output]
  }
}

/// A stage with four weights per channel, as a batch norm has them.
struct TestNorm: Stage {
  static let signature = StageSignature(name: "test_norm", summary: "batch norm of the tests", example: "x")

  init() {}
  init(_ arguments: Arguments) throws(Rejection) {}

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }

  func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    ["weight", "bias", "running_mean", "running_var"].map {
      WeightRequirement($0, [inputs[0].channels], .uniform(0.5, 1.5))
    }
  }

  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { inputs }
}

/// A stage whose result is not of the size that its shape rule says.
struct TestLiar: Stage {
  static let signature = StageSignature(name: "test_liar", summary: "wrong on purpose", example: "x")

  init() {}
  init(_ arguments: Arguments) throws(Rejection) {}

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    [Tensor(channels: 1, height: 1, width: 1)]
  }
}

/// Weights in memory.
struct MemoryWeights: WeightSource {
  var path = "memory"
  var content: [(name: String, tensor: WeightTensor)]
  /// The keys of dictionaries of their own: the tensors whose names begin with them are in these.
  var stateDicts: [String] = []

  init(_ content: [(name: String, tensor: WeightTensor)], path: String = "memory") {
    self.content = content
    self.path = path
  }

  /// Tensors of given shapes, all numbers zero.
  init(shapes: [(String, [Int])], path: String = "memory") {
    let content = shapes.map { (name, shape) -> (name: String, tensor: WeightTensor) in
      (name, WeightTensor(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *))))
    }
    self.init(content, path: path)
  }

  var tensors: [WeightTensorDescription] {
    content.map { name, tensor in
      WeightTensorDescription(
        name: name, shape: tensor.shape, elementType: "F32",
        stateDict: stateDicts.first { name.hasPrefix("\($0).") } ?? "")
    }
  }

  func read(_ name: String) throws(WeightFileError) -> WeightTensor {
    guard let found = content.first(where: { $0.name == name }) else {
      throw WeightFileError(path: path, message: "there is no tensor `\(name)`")
    }
    guard found.tensor.values.allSatisfy(\.isFinite) else {
      throw WeightFileError(path: path, message: "tensor `\(name)` is not finite", help: "train again")
    }
    return found.tensor
  }
}

/// A chain of stages on one input, with a text in which stage `i` is the `i`-th line.
func chain(_ stages: [(path: String, stage: any Stage)], channels: Int) throws -> Graph {
  let file = SourceFile(path: "net.fcn", text: stages.map { "\($0.path)\n" }.joined())
  var graph = Graph(name: "net")
  graph.values = [
    Graph.Value(name: "x", type: TensorType(channels: channels, height: .input, width: .input), range: nil)
  ]
  graph.inputs = [
    Graph.Input(
      value: 0, description: InputDescription(name: "x", channels: channels, preprocessing: []), range: nil)
  ]
  for (index, (path, stage)) in stages.enumerated() {
    let type = try stage.outputTypes(for: [graph.values[index].type])[0]
    graph.values.append(Graph.Value(name: "v\(index + 1)", type: type, range: nil))
    let start = file.lineStarts[index]
    let range = SourceRange(file: file, lower: start, upper: start + path.utf8.count)
    graph.nodes.append(
      Graph.Node(
        stage: stage, inputs: [index], outputs: [index + 1], weightPath: path, origin: Graph.Origin(range: range)))
  }
  let last = graph.values.count - 1
  graph.outputs = [
    Graph.Output(
      value: last,
      description: OutputDescription(name: "y", channels: graph.values[last].type.channels, kind: .raw), range: nil)
  ]
  return graph
}
