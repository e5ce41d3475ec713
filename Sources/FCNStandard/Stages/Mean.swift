import FCNCore
import FCNRuntime

/// The mean of every channel over the picture.
public struct Mean: AnswerStage {
  public static let signature = StageSignature(
    name: "mean",
    summary: "An answer: the mean of every channel over the picture.",
    discussion: """
      Added up in 64 bits, row by row, over the positions that belong to the picture: what it was padded with does not \
      count. Inside a network the mean is `global_mean`.
      """,
    parameters: [Sum.scaleParameter],
    equivalents: [
      .init("PyTorch", "x.double().mean([2, 3]) * scale"), .init("TensorFlow", "tf.reduce_mean(x, [1, 2]) * scale"),
      .init("Caffe", "none"), .init("ONNX", "ReduceMean(axes=[2, 3])"),
    ],
    example: "x -> mean")

  public var scale: Double

  public init(_ arguments: Arguments) { scale = arguments.decimal("scale") }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }

  public func method(for inputs: [TensorType]) -> AnswerMethod { .mean(scale: scale) }
}
