import FCNCore

/// `x` where it is not negative, a learned slope times `x` elsewhere.
public struct PReLU: ActivationStage {
  public static let signature = StageSignature(
    name: "prelu",
    summary: "Every number, the negative ones multiplied by a learned slope per channel.",
    discussion: """
      x where x >= 0, weight[c] * x elsewhere (He et al. 2015, "Delving deep into rectifiers"). The weight `weight` has \
      the shape [channels], or [1] where one slope is shared by all channels.
      """,
    parameters: [
      Parameter(
        "shared", .flag, default: .value(.flag(false)), "One slope for all channels.",
        elsewhere: ["PyTorch": "true (num_parameters=1)", "Caffe": "false (channel_shared)"])
    ],
    equivalents: [
      .init("PyTorch", "nn.PReLU(channels)"), .init("TensorFlow", "keras.layers.PReLU(shared_axes=[1, 2])"),
      .init("Caffe", "PReLU { channel_shared }"), .init("ONNX", "PRelu with a slope of shape [C, 1, 1]"),
    ],
    example: "x -> prelu")

  public var isShared: Bool

  public init(_ arguments: Arguments) { isShared = arguments.flag("shared") }

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    [WeightRequirement("weight", [isShared ? 1 : inputs[0].channels], .uniform(0.1, 0.4))]
  }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .select(less: .input(0), than: .constant(0), then: .channelParameter(0) * .input(0), otherwise: .input(0))
  }

  public func channelParameters(weights: [WeightTensor], channels: Int) -> [[Float]] {
    let slopes = weights[0].values
    return [isShared ? Array(repeating: slopes[0], count: channels) : slopes]
  }
}
