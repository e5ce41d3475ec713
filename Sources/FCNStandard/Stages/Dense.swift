import FCNCore

/// A fully connected layer over all numbers of a value.
public struct Dense: ConvolutionizableStage {
  public static let signature = StageSignature(
    name: "dense",
    summary: "A fully connected layer: every output is a weighted sum of all numbers of the value.",
    discussion: """
      On a value of one pixel ([channels, 1, 1], such as a `global_mean`) it is a convolution with a kernel of 1 and works \
      for every image. On a map it has a weight for every pixel, which fixes the size of the image: the network is not \
      fully convolutional. A dense layer over a map of r x c pixels is a convolution with a kernel of r x c, without \
      padding, with the same numbers (Long, Shelhamer and Darrell 2015); `fcnc fix --convolutionize` writes it so.

      Weights: `weight` of shape [units, channels * rows * columns], counted channel, row, column, and `bias` of shape \
      [units].
      """,
    parameters: [
      Parameter("units", .integer(1...65536), "Channels of the output."),
      Parameter(
        "bias", .flag, default: .value(.flag(true)), "Whether a learned number is added to every output.",
        elsewhere: ["PyTorch": "true", "TensorFlow": "true (use_bias)", "Caffe": "true (bias_term)"]),
    ],
    equivalents: [
      .init("PyTorch", "nn.Linear(in_features, units, bias)"), .init("TensorFlow", "keras.layers.Dense(units)"),
      .init("Caffe", "InnerProduct { num_output bias_term }"), .init("ONNX", "Gemm(transB=1)"),
    ],
    example: "x -> global_mean -> dense(10)")

  public var units: Int
  public var hasBias: Bool

  public init(_ arguments: Arguments) {
    units = arguments.integer("units")
    hasBias = arguments.flag("bias")
  }

  public var facts: StageFacts { StageFacts(fixesSize: "it has one weight for every pixel") }

  public func facts(for inputs: [TensorType]) -> StageFacts {
    inputs[0].constantCount == nil ? facts : StageFacts()
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return [try Self.singlePixel(inputs[0], channels: units)]
  }

  /// The requirements; for a map whose size is not known, those of a single pixel.
  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let count = inputs[0].constantCount ?? inputs[0].channels
    let weight = WeightRequirement("weight", [units, count], .he(fanIn: count))
    return [weight] + (hasBias ? [WeightRequirement("bias", [units], .uniform(-0.1, 0.1))] : [])
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    inputs[0].isPerChannel ? .pointwise : SpatialAccess(rows: .whole, columns: .whole)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let numbers = inputs[0].values
    guard weights[0].values.count == units * numbers.count else { return [] }
    let sums = (0..<units).map { unit in
      var sum = hasBias ? weights[1].values[unit] : 0
      for (index, number) in numbers.enumerated() { sum += weights[0].values[unit * numbers.count + index] * number }
      return sum
    }
    return [Tensor(channels: units, height: 1, width: 1, values: sums)]
  }

  /// A convolution with a kernel as large as the map.
  public func convolutionized(over map: MapShape) -> Convolutionized? {
    let kernel: Argument =
      map.rows == map.columns ? .integer(map.rows) : .size(rows: map.rows, columns: map.columns)
    let isPixel = map.rows == 1 && map.columns == 1
    let arguments: [String: Argument] = [
      "channels": .integer(units), "kernel": kernel, "stride": .integer(1), "dilation": .integer(1),
      "groups": .integer(1), "pad": .word("valid"), "border": .word("zero"), "bias": .flag(hasBias),
    ]
    guard max(map.rows, map.columns) <= Conv.largestKernel, let stage = try? Conv(Arguments(arguments)) else {
      return nil
    }
    return .windowed(
      StageReplacement(
        stage,
        arguments: [.author("units", as: "channels"), .given("kernel", kernel)]
          + (isPixel ? [] : [.given("pad", .word("valid"))]) + [.author("bias", as: "bias")]))
  }

  public func multiplyAdds(for inputs: [TensorType]) -> Int {
    units * (inputs[0].constantCount ?? inputs[0].channels)
  }
}
