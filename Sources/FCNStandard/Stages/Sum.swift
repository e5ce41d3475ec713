import FCNCore
import FCNRuntime

/// The sum of every channel over the picture.
public struct Sum: AnswerStage {
  public static let signature = StageSignature(
    name: "sum",
    summary: "An answer: the sum of every channel over the picture, a count where the map is a density.",
    discussion: """
      Counting by density (Lempitsky and Zisserman 2010, "Learning to count objects in images"). Added up in 64 bits, row \
      by row. Where the network was trained on densities times a factor, `scale` takes it away again.
      """,
    parameters: [scaleParameter],
    equivalents: [
      .init("PyTorch", "x.double().sum([2, 3]) * scale"), .init("TensorFlow", "tf.reduce_sum(x, [1, 2]) * scale"),
      .init("Caffe", "none"), .init("ONNX", "ReduceSum(axes=[2, 3])"),
    ],
    example: "x -> sum(scale: 0.01)")

  static let scaleParameter = Parameter(
    "scale", .decimal(-1e30...1e30), default: .value(.decimal(1)),
    "What the result is multiplied by: 0.01 undoes a training factor of 100.")

  public var scale: Double

  public init(_ arguments: Arguments) { scale = arguments.decimal("scale") }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }

  public func method(for inputs: [TensorType]) -> AnswerMethod { .sum(scale: scale) }
}
