import FCNCore

/// The input itself.
public struct Identity: PointwiseStage {
  public static let signature = StageSignature(
    name: "identity",
    summary: "The input, unchanged.",
    equivalents: [
      .init("PyTorch", "nn.Identity()"), .init("TensorFlow", "tf.identity(x)"), .init("Caffe", "Split"),
      .init("ONNX", "Identity"),
    ],
    example: "x -> identity")

  public init(_ arguments: Arguments) {}

  public var facts: StageFacts { StageFacts(isIdentity: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression { .input(0) }
}
