import FCNCore

/// The smallest of values, or of a value and a number.
public struct Minimum: JoinStage {
  public static let signature = StageSignature(
    name: "min",
    summary: "The smallest of values, number by number, or of a value and a number.",
    discussion: "Sizes and channels as for `add`.",
    inputs: .init(least: 1, most: nil),
    parameters: [byParameter("The greatest number that comes out.")],
    equivalents: [
      .init("PyTorch", "torch.minimum(x, y)"), .init("TensorFlow", "tf.minimum(x, y)"),
      .init("Caffe", "Eltwise { operation: MAX } of the negatives"), .init("ONNX", "Min"),
    ],
    example: "min(x, y)")

  public static let operation = PointwiseExpression.Binary.minimum
  public var number: Float?

  public init(_ arguments: Arguments) { number = Self.number(arguments) }
}
