import FCNCore

/// The greatest of values, or of a value and a number.
public struct Maximum: JoinStage {
  public static let signature = StageSignature(
    name: "max",
    summary: "The greatest of values, number by number, or of a value and a number.",
    discussion: "Sizes and channels as for `add`.",
    inputs: .init(least: 1, most: nil),
    parameters: [byParameter("The least number that comes out.")],
    equivalents: [
      .init("PyTorch", "torch.maximum(x, y)"), .init("TensorFlow", "tf.maximum(x, y)"),
      .init("Caffe", "Eltwise { operation: MAX }"), .init("ONNX", "Max"),
    ],
    example: "max(x, y)")

  public static let operation = PointwiseExpression.Binary.maximum
  public var number: Float?

  public init(_ arguments: Arguments) { number = Self.number(arguments) }
}
