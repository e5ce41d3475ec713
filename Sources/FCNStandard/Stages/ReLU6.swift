import FCNCore

/// `min(max(x, 0), 6)`.
public struct ReLU6: ActivationStage {
  public static let signature = StageSignature(
    name: "relu6",
    summary: "Every number limited to the range from 0 to 6.",
    discussion: "min(max(x, 0), 6), the activation of MobileNet (Howard et al. 2017).",
    equivalents: [
      .init("PyTorch", "nn.ReLU6()"), .init("TensorFlow", "tf.nn.relu6(x)"),
      .init("Caffe", "ReLU, then -max(-x, -6) by Power and Eltwise"), .init("ONNX", "Clip(min=0, max=6)"),
    ],
    example: "x -> relu6")

  public init(_ arguments: Arguments) {}

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .minimum(.maximum(.input(0), .constant(0)), .constant(6))
  }
}
