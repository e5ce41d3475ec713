import FCNCore

/// `min(max(x + 3, 0), 6) / 6`.
public struct HardSigmoid: ActivationStage {
  public static let signature = StageSignature(
    name: "hardsigmoid",
    summary: "The logistic function approximated by three straight lines.",
    discussion: """
      min(max(x + 3, 0), 6) / 6 (Howard et al. 2019, "Searching for MobileNetV3"). Keras 2 and the default of ONNX have \
      another slope: 0.2 * x + 0.5.
      """,
    equivalents: [
      .init("PyTorch", "nn.Hardsigmoid()"), .init("TensorFlow", "tf.nn.relu6(x + 3) / 6"),
      .init("Caffe", "none"), .init("ONNX", "HardSigmoid(alpha=1/6, beta=0.5)"),
    ],
    example: "x -> hardsigmoid")

  public init(_ arguments: Arguments) {}

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .minimum(.maximum(.input(0) + .constant(3), .constant(0)), .constant(6)) / .constant(6)
  }
}
