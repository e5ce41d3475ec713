import FCNCore

/// The square root.
public struct SquareRoot: ActivationStage {
  public static let signature = StageSignature(
    name: "sqrt",
    summary: "The square root of every number.",
    discussion: """
      Of a negative number it is NaN, as elsewhere; add a small number to what may come out below 0 by rounding. With it \
      normalisation by the picture's own statistics is a definition: (x - mean) / sqrt(variance + eps), the variance being \
      the `global_mean` of the squared differences (instance normalisation, Ulyanov, Vedaldi and Lempitsky 2016).
      """,
    equivalents: [
      .init("PyTorch", "torch.sqrt(x)"), .init("TensorFlow", "tf.sqrt(x)"), .init("Caffe", "Power { power: 0.5 }"),
      .init("ONNX", "Sqrt"),
    ],
    example: "x -> sqrt")

  public init(_ arguments: Arguments) {}

  public func expression(for inputs: [TensorType]) -> PointwiseExpression { .unary(.squareRoot, .input(0)) }
}
