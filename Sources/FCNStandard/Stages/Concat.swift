import FCNCore

/// The channels of several values, one value after the other.
public struct Concat: Stage {
  public static let signature = StageSignature(
    name: "concat",
    summary: "The channels of the values, one value after the other.",
    discussion: """
      The values have the same size; nothing is repeated or cropped. The result is defined for exactly those image sizes \
      for which the sizes agree.
      """,
    inputs: .init(least: 1, most: nil),
    equivalents: [
      .init("PyTorch", "torch.cat([x, y], dim=1)"), .init("TensorFlow", "tf.concat([x, y], axis=-1)"),
      .init("Caffe", "Concat"), .init("ONNX", "Concat(axis=1)"),
    ],
    example: "concat(x, y)")

  public init(_ arguments: Arguments) {}

  public var facts: StageFacts { StageFacts(concatenatesChannels: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    var type = try Self.sameSize(inputs, among: Array(inputs.indices))
    type.channels = try Self.sizes { () throws(Extent.Failure) in
      var channels = 0
      for input in inputs {
        let (sum, overflow) = channels.addingReportingOverflow(input.channels)
        guard !overflow else { throw Extent.Failure.overflow }
        channels = sum
      }
      return channels
    }
    return [type]
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    [
      Tensor(
        channels: inputs.map(\.channels).reduce(0, +), height: inputs[0].height, width: inputs[0].width,
        values: inputs.flatMap(\.values))
    ]
  }
}
