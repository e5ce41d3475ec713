import FCNCore

/// `x * min(max(x + 3, 0), 6) / 6`.
public struct HardSwish: ActivationStage {
  public static let signature = StageSignature(
    name: "hardswish",
    summary: "Every number times its `hardsigmoid`.",
    discussion: "x * min(max(x + 3, 0), 6) / 6 (Howard et al. 2019, \"Searching for MobileNetV3\").",
    equivalents: [
      .init("PyTorch", "nn.Hardswish()"), .init("TensorFlow", "x * tf.nn.relu6(x + 3) / 6"),
      .init("Caffe", "none"), .init("ONNX", "HardSwish"),
    ],
    example: "x -> hardswish")

  public init(_ arguments: Arguments) {}

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .input(0) * (.minimum(.maximum(.input(0) + .constant(3), .constant(0)), .constant(6)) / .constant(6))
  }
}
