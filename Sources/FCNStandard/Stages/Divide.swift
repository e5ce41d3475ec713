import FCNCore

/// The quotient of two values, or of a value and a number.
public struct Divide: JoinStage {
  public static let signature = StageSignature(
    name: "div",
    summary: "The first value divided by the second, number by number, or a value divided by a number.",
    discussion: """
      `x / y` is `div(x, y)`, `x / 2` is `div(x, by: 2)` and `1 / x` is `div(x, by: 1, reversed: true)`. Sizes and \
      channels as for `add`. A divisor of zero gives an infinity or NaN, as in PyTorch.
      """,
    inputs: .init(least: 1, most: 2),
    parameters: [byParameter("The number that the one value is divided by."), reversedParameter],
    equivalents: [
      .init("PyTorch", "x / y"), .init("TensorFlow", "tf.divide(x, y)"),
      .init("Caffe", "Power { power: -1 }, then Eltwise { operation: PROD }"), .init("ONNX", "Div"),
    ],
    example: "div(x, y)")

  public static let operation = PointwiseExpression.Binary.divide
  public var number: Float?
  public var isReversed: Bool

  public init(_ arguments: Arguments) throws(Rejection) {
    number = Self.number(arguments)
    isReversed = try Self.isReversed(arguments)
    if number == 0, !isReversed {
      throw Rejection("`div` divides by zero", .argument("by"), help: "give a number other than 0")
    }
  }
}
