import FCNCore

/// A learned factor and a learned addend per channel.
public struct Scale: ActivationStage, ChannelAffineStage {
  public static let signature = StageSignature(
    name: "scale",
    summary: "Every channel times a learned factor, plus a learned addend.",
    discussion:
      "weight[c] * x + bias[c]. With `bias: false` only the factor is learned, with `weight: false` only the addend.",
    parameters: [
      Parameter("weight", .flag, default: .value(.flag(true)), "Whether it has a factor per channel."),
      Parameter(
        "bias", .flag, default: .value(.flag(true)), "Whether it has an addend per channel.",
        elsewhere: ["Caffe": "false (bias_term)"]),
    ],
    equivalents: [
      .init("PyTorch", "x * weight[:, None, None] + bias[:, None, None]"),
      .init("TensorFlow", "x * weight + bias"), .init("Caffe", "Scale { bias_term: true }"),
      .init("ONNX", "Mul, then Add, with constants of shape [C, 1, 1]"),
    ],
    example: "x -> scale")

  public var hasWeight: Bool
  public var hasBias: Bool

  public init(_ arguments: Arguments) throws(Rejection) {
    hasWeight = arguments.flag("weight")
    hasBias = arguments.flag("bias")
    guard hasWeight || hasBias else {
      throw Rejection(
        "`scale` without a weight and without a bias does nothing", .argument("weight"),
        related: [(.argument("bias"), "no bias either")], help: "leave the stage out")
    }
  }

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let shape = [inputs[0].channels]
    let weight = hasWeight ? [WeightRequirement("weight", shape, .uniform(0.5, 1.5))] : []
    return weight + (hasBias ? [WeightRequirement("bias", shape, .uniform(-0.1, 0.1))] : [])
  }

  public func affine(weights: [WeightTensor], channels: Int) -> (scale: [Float], shift: [Float]) {
    (
      hasWeight ? weights[0].values : Array(repeating: 1, count: channels),
      hasBias ? weights[hasWeight ? 1 : 0].values : Array(repeating: 0, count: channels)
    )
  }
}
