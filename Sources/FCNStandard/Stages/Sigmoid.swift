import FCNCore

/// `1 / (1 + exp(-x))`.
public struct Sigmoid: ActivationStage {
  public static let signature = StageSignature(
    name: "sigmoid",
    summary: "The logistic function of every number.",
    discussion: "1 / (1 + exp(-x)): a probability for every channel by itself.",
    equivalents: [
      .init("PyTorch", "torch.sigmoid(x)"), .init("TensorFlow", "tf.sigmoid(x)"), .init("Caffe", "Sigmoid"),
      .init("ONNX", "Sigmoid"),
    ],
    example: "x -> sigmoid")

  public init(_ arguments: Arguments) {}

  public var facts: StageFacts { StageFacts(givesProbabilities: true) }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression { .unary(.sigmoid, .input(0)) }
}
