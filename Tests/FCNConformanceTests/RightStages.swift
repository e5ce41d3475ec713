import FCNCore

/// Stages of a kind that is not built in, each as its author should write it.
enum RightStages {
  static let all: [any Stage.Type] = [Split.self, RowMean.self, Parts.self, Median.self, Embedding.self, Recolour.self]

  /// The size, for images for which an extent is defined.
  static func constant(_ size: Int, like extent: Extent) throws(Rejection) -> Extent {
    try sized { () throws(Extent.Failure) in try Extent.constant(size).restricted(toDomainOf: extent) }
  }

  /// The even channels and the odd ones.
  struct Split: Stage {
    static let signature = StageSignature(
      name: "split", summary: "Two halves.", outputs: ["even", "odd"], example: "x -> split")

    init(_ arguments: Arguments) {}

    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      guard inputs[0].channels.isMultiple(of: 2) else { throw Rejection("an odd number of channels", .input(0)) }
      var half = inputs[0]
      half.channels /= 2
      return [half, half]
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let input = inputs[0]
      return [0, 1].map { first in
        var half = Tensor(channels: input.channels / 2, height: input.height, width: input.width)
        for channel in 0..<half.channels {
          for row in 0..<half.height {
            for column in 0..<half.width { half[channel, row, column] = input[2 * channel + first, row, column] }
          }
        }
        return half
      }
    }
  }

  /// The mean of every row: the columns are read as a whole.
  struct RowMean: Stage {
    static let signature = StageSignature(name: "row_mean", summary: "The mean of every row.", example: "x -> row_mean")

    init(_ arguments: Arguments) {}

    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = inputs[0]
      output.element = .real
      output.width = try RightStages.constant(1, like: output.width)
      return [output]
    }

    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      SpatialAccess(rows: .window(.identity), columns: .whole)
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let input = inputs[0]
      var output = Tensor(channels: input.channels, height: input.height, width: 1)
      for channel in 0..<input.channels {
        for row in 0..<input.height {
          let sum = (0..<input.width).reduce(0) { $0 + input[channel, row, $1] }
          output[channel, row, 0] = sum / Float(input.width)
        }
      }
      return [output]
    }
  }

  /// The greatest numbers of a fixed number of parts of the image.
  struct Parts: Stage {
    static let signature = StageSignature(
      name: "parts", summary: "Parts.", parameters: [Parameter("count", .integer(1...64), "How many.")],
      example: "x -> parts(3)")

    let count: Int

    init(_ arguments: Arguments) { count = arguments.integer("count") }

    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = inputs[0]
      output.height = try RightStages.constant(count, like: output.height)
      output.width = try RightStages.constant(count, like: output.width)
      return [output]
    }

    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      SpatialAccess(rows: .whole, columns: .whole)
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let input = inputs[0]
      func part(_ index: Int, of size: Int) -> Range<Int> {
        index * size / count..<((index + 1) * size + count - 1) / count
      }
      var output = Tensor(channels: input.channels, height: count, width: count, repeating: -.infinity)
      for channel in 0..<input.channels {
        for row in 0..<count {
          for column in 0..<count {
            for y in part(row, of: input.height) {
              for x in part(column, of: input.width) {
                output[channel, row, column] = max(output[channel, row, column], input[channel, y, x])
              }
            }
          }
        }
      }
      return [output]
    }
  }

  /// The middle one of three rows; beyond the edge the edge row is repeated.
  struct Median: Stage {
    static let signature = StageSignature(name: "median", summary: "The middle.", example: "x -> median")

    init(_ arguments: Arguments) {}

    func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }

    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      SpatialAccess(
        rows: .window(Window(taps: 3, offset: .constant(-1))), columns: .window(.identity), border: .replicate)
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let input = inputs[0]
      var output = input
      for channel in 0..<input.channels {
        for row in 0..<input.height {
          for column in 0..<input.width {
            let rows = [max(row - 1, 0), row, min(row + 1, input.height - 1)]
            output[channel, row, column] = rows.map { input[channel, $0, column] }.sorted()[1]
          }
        }
      }
      return [output]
    }
  }

  /// A learned number for every place, so for images of one size.
  struct Embedding: Stage {
    static let signature = StageSignature(
      name: "embedding", summary: "Places.", parameters: [Parameter("size", .window(1...64), "Rows and columns.")],
      example: "x -> embedding(7)")

    let size: (rows: Int, columns: Int)

    init(_ arguments: Arguments) { size = arguments.window("size") }

    var facts: StageFacts { StageFacts(fixesSize: "it has a number for every pixel") }

    func facts(for inputs: [TensorType]) -> StageFacts {
      inputs[0].height.constantValue != nil && inputs[0].width.constantValue != nil ? StageFacts() : facts
    }

    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = inputs[0]
      try sized { () throws(Extent.Failure) in
        output.height = try output.height.matching(.constant(size.rows))
        output.width = try output.width.matching(.constant(size.columns))
      }
      guard !output.height.isEmpty, !output.width.isEmpty else { throw Rejection("another size", .input(0)) }
      return [output]
    }

    func weights(for inputs: [TensorType]) -> [WeightRequirement] {
      [WeightRequirement("weight", [inputs[0].channels, size.rows, size.columns], .uniform(-1, 1))]
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      guard inputs[0].values.count == weights[0].values.count else { return [] }
      var output = inputs[0]
      for index in output.values.indices { output.values[index] += weights[0].values[index] }
      return [output]
    }
  }

  /// A learned number in place of each class.
  struct Recolour: Stage {
    static let signature = StageSignature(
      name: "recolour", summary: "Numbers for classes.",
      parameters: [
        Parameter("scales", .decimals(-4...4), "A list."),
        Parameter("note", .text, default: .optional("none"), "A text."),
        Parameter("ratio", .ratio, "A fraction."),
      ],
      example: "x -> recolour([1, 2], ratio: 2)")

    let scales: [Float]

    init(_ arguments: Arguments) throws(Rejection) {
      scales = arguments.decimals("scales").map { Float($0) }
      guard arguments.ratio("ratio").numerator > 1 else { throw Rejection("a ratio of 1", .argument("ratio")) }
    }

    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      guard case .label = inputs[0].element, inputs[0].channels == 1 else { throw Rejection("no classes", .input(0)) }
      var output = inputs[0]
      (output.element, output.channels) = (.real, scales.count)
      return [output]
    }

    func weights(for inputs: [TensorType]) -> [WeightRequirement] {
      guard case .label(let count) = inputs[0].element else { return [] }
      return [WeightRequirement("palette", [count], .uniform(0, 1))]
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let values = scales.flatMap { scale in inputs[0].values.map { scale * weights[0].values[Int($0)] } }
      return [
        Tensor(channels: scales.count, height: inputs[0].height, width: inputs[0].width, values: values)
      ]
    }
  }
}
