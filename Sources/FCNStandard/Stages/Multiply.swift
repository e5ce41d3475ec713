import FCNCore

/// The product of values, or of a value and a number.
public struct Multiply: JoinStage {
  public static let signature = StageSignature(
    name: "mul",
    summary: "The product of values, number by number, or of a value and a number.",
    discussion: """
      `x * y` is `mul(x, y)` and `x * 2` is `mul(x, by: 2)`. The values have the same size and channels; a value of one \
      pixel by declaration ([C, 1, 1], such as the gate of squeeze-and-excitation) multiplies every pixel, a value of \
      one channel (an attention map) every channel.
      """,
    inputs: .init(least: 1, most: nil),
    parameters: [byParameter("The number that the one value is multiplied by.")],
    equivalents: [
      .init("PyTorch", "x * y"), .init("TensorFlow", "tf.multiply(x, y)"),
      .init("Caffe", "Eltwise { operation: PROD }"), .init("ONNX", "Mul"),
    ],
    example: "mul(x, y)")

  public static let operation = PointwiseExpression.Binary.multiply
  public var number: Float?

  public init(_ arguments: Arguments) { number = Self.number(arguments) }
}
