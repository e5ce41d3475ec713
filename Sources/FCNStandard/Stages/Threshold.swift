import FCNCore

/// Class 1 where a number reaches a level, class 0 elsewhere.
public struct Threshold: PointwiseStage {
  public static let signature = StageSignature(
    name: "threshold",
    summary: "Class 1 where the number is at least a level, class 0 elsewhere: a map of two classes.",
    discussion: """
      The value has one channel; of several channels take the greatest with `argmax`. The level is in the numbers of the \
      value: of a `sigmoid` 0.5, of the score before it 0.
      """,
    parameters: [Parameter("level", .decimal(-3e38...3e38), "The least number of class 1.")],
    equivalents: [
      .init("PyTorch", "(x >= level).float()"), .init("TensorFlow", "tf.cast(x >= level, tf.float32)"),
      .init("Caffe", "Threshold { threshold } (above, not at least)"),
      .init("ONNX", "Cast(GreaterOrEqual(x, level))"),
    ],
    example: "x -> conv(1, kernel: 1) -> threshold(0.5)")

  public var level: Float

  public init(_ arguments: Arguments) { level = Float(arguments.decimal("level")) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    var output = inputs[0]
    guard output.channels == 1 else {
      throw Rejection(
        "`threshold` divides the numbers of one channel, and the value has \(output.channels)", .input(0),
        help: "make one channel of them (`conv(1, kernel: 1)`), or take the greatest with `argmax`")
    }
    output.element = .label(count: 2)
    return [output]
  }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    // The number below: so that what is no number is class 0.
    .select(less: .constant(level.nextDown), than: .input(0), then: .constant(1), otherwise: .constant(0))
  }
}
