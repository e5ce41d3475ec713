import FCNCore

/// The difference of two values, or of a value and a number.
public struct Subtract: JoinStage {
  public static let signature = StageSignature(
    name: "sub",
    summary: "The first value minus the second, pixel by pixel, or a value minus a number.",
    discussion: """
      `x - y` is `sub(x, y)`, `x - 1` is `sub(x, by: 1)` and `1 - x` is `sub(x, by: 1, reversed: true)`. Sizes and \
      channels as for `add`.
      """,
    inputs: .init(least: 1, most: 2),
    parameters: [byParameter("The number that is subtracted from the one value."), reversedParameter],
    equivalents: [
      .init("PyTorch", "x - y"), .init("TensorFlow", "tf.subtract(x, y)"),
      .init("Caffe", "Eltwise { operation: SUM coeff: 1 coeff: -1 }"), .init("ONNX", "Sub"),
    ],
    example: "sub(x, y)")

  public static let operation = PointwiseExpression.Binary.subtract
  public var number: Float?
  public var isReversed: Bool

  public init(_ arguments: Arguments) throws(Rejection) {
    number = Self.number(arguments)
    isReversed = try Self.isReversed(arguments)
  }
}
