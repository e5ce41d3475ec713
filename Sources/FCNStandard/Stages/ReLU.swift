import FCNCore

/// `max(x, 0)`.
public struct ReLU: ActivationStage {
  public static let signature = StageSignature(
    name: "relu",
    summary: "The positive part of every number.",
    discussion: "max(x, 0) (Nair and Hinton 2010, \"Rectified linear units improve restricted Boltzmann machines\").",
    equivalents: [
      .init("PyTorch", "nn.ReLU()"), .init("TensorFlow", "tf.nn.relu(x)"), .init("Caffe", "ReLU"),
      .init("ONNX", "Relu"),
    ],
    example: "x -> relu")

  public init(_ arguments: Arguments) {}

  public func expression(for inputs: [TensorType]) -> PointwiseExpression { .maximum(.input(0), .constant(0)) }
}
