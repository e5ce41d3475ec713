import FCNCore

/// The sum of values, or of a value and a number.
public struct Add: JoinStage {
  public static let signature = StageSignature(
    name: "add",
    summary: "The sum of values, pixel by pixel, or of a value and a number.",
    discussion: """
      `x + y` is `add(x, y)` and `x + 1` is `add(x, by: 1)`. The values have the same size and channels; a value of one \
      pixel by declaration ([C, 1, 1], such as a `global_mean`) is added at every pixel, a value of one channel to every \
      channel.
      """,
    inputs: .init(least: 1, most: nil),
    parameters: [byParameter("The number that is added to the one value.")],
    equivalents: [
      .init("PyTorch", "x + y"), .init("TensorFlow", "tf.add(x, y)"), .init("Caffe", "Eltwise { operation: SUM }"),
      .init("ONNX", "Add, Sum"),
    ],
    example: "add(x, y)")

  public static let operation = PointwiseExpression.Binary.add
  public var number: Float?

  public init(_ arguments: Arguments) { number = Self.number(arguments) }
}
