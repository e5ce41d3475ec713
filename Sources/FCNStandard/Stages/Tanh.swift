import FCNCore

/// The hyperbolic tangent.
public struct Tanh: ActivationStage {
  public static let signature = StageSignature(
    name: "tanh",
    summary: "The hyperbolic tangent of every number.",
    equivalents: [
      .init("PyTorch", "torch.tanh(x)"), .init("TensorFlow", "tf.tanh(x)"), .init("Caffe", "TanH"),
      .init("ONNX", "Tanh"),
    ],
    example: "x -> tanh")

  public init(_ arguments: Arguments) {}

  public func expression(for inputs: [TensorType]) -> PointwiseExpression { .unary(.hyperbolicTangent, .input(0)) }
}
