import FCNCore

/// A learned addend for every channel and place.
public struct PositionEmbedding: Stage {
  public static let signature = StageSignature(
    name: "position_embedding",
    summary: "Every number plus a learned one for its channel, row and column.",
    discussion: """
      x + weight, as vision transformers tell the places of a map apart (Dosovitskiy et al. 2020). It is defined for \
      inputs of exactly `size`; on the map of an image that fixes the size of the image: the network is not fully \
      convolutional.

      Weights: `weight` of shape [channels, rows, columns].
      """,
    parameters: [Parameter("size", .window(1...65536), "Rows and columns of the input, and of the output.")],
    equivalents: [
      .init("PyTorch", "x + nn.Parameter(torch.empty(channels, rows, columns))"),
      .init("TensorFlow", "x + self.add_weight(shape=[rows, columns, channels])"),
      .init("Caffe", "Bias { axis: 1 num_axes: 3 }"),
      .init("ONNX", "Add with a constant of shape [channels, rows, columns]"),
    ],
    example: "x -> adaptive_avgpool(14) -> position_embedding(14)")

  public var size: (rows: Int, columns: Int)

  public init(_ arguments: Arguments) { size = arguments.window("size") }

  public var facts: StageFacts { StageFacts(fixesSize: "it has a learned number for every pixel") }

  public func facts(for inputs: [TensorType]) -> StageFacts {
    inputs[0].constantCount == nil ? facts : StageFacts()
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    var output = inputs[0]
    try Self.sizes { () throws(Extent.Failure) in
      output.height = try output.height.matching(.constant(size.rows))
      output.width = try output.width.matching(.constant(size.columns))
    }
    guard !output.height.isEmpty, !output.width.isEmpty else {
      throw Rejection(
        "`position_embedding` has numbers for \(size.rows) x \(size.columns) pixels, but the value has "
          + "\(Self.size(inputs[0])) for every image", .argument("size"),
        related: [(.input(0), "\(Self.size(inputs[0])) pixels")],
        help: "give the size of the value, or bring it to this size with `adaptive_avgpool` or `upsample(size: ...)`")
    }
    return [output]
  }

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    [WeightRequirement("weight", [inputs[0].channels, size.rows, size.columns], .uniform(-0.1, 0.1))]
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    var output = inputs[0]
    guard weights[0].values.count == output.values.count else { return [] }
    for (index, number) in weights[0].values.enumerated() { output.values[index] += number }
    return [output]
  }
}
