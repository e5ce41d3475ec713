import FCNCore

/// A learned addend per channel.
public struct Bias: ActivationStage, ChannelAffineStage {
  public static let signature = StageSignature(
    name: "bias",
    summary: "Every channel plus a learned addend.",
    discussion: "x + bias[c].",
    equivalents: [
      .init("PyTorch", "x + bias[:, None, None]"), .init("TensorFlow", "tf.nn.bias_add(x, bias)"),
      .init("Caffe", "Bias"), .init("ONNX", "Add with a constant of shape [C, 1, 1]"),
    ],
    example: "x -> bias")

  public init(_ arguments: Arguments) {}

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    [WeightRequirement("bias", [inputs[0].channels], .uniform(-0.1, 0.1))]
  }

  public func affine(weights: [WeightTensor], channels: Int) -> (scale: [Float], shift: [Float]) {
    (Array(repeating: 1, count: channels), weights[0].values)
  }
}
