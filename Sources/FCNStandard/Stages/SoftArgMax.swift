import FCNCore
import FCNRuntime

/// One point for every channel: the mean of all places, weighed with the exponentials of the numbers.
public struct SoftArgMax: AnswerStage {
  public static let signature = StageSignature(
    name: "soft_argmax",
    summary: "An answer: one point for every channel, the mean of all places weighed with exp(beta * number).",
    discussion: """
      Landmarks from heat maps, finer than a pixel (Luvizon, Tabia and Picard 2019, "Human pose regression by combining \
      indirect part detection and contextual information"). A greater `beta` draws the point to the greatest number. The \
      score of a point is the greatest number of its channel. In 64 bits, row by row.
      """,
    parameters: [
      Parameter(
        "beta", .decimal(1e-6...1e6), default: .value(.decimal(1)), "What the numbers are multiplied by before exp.")
    ],
    equivalents: [
      .init("PyTorch", "kornia.geometry.spatial_soft_argmax2d(x, temperature=beta, normalized_coordinates=False)"),
      .init("TensorFlow", "none"), .init("Caffe", "none"), .init("ONNX", "none"),
    ],
    example: "x -> soft_argmax(beta: 10)")

  public var beta: Double

  public init(_ arguments: Arguments) { beta = arguments.decimal("beta") }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }

  public func method(for inputs: [TensorType]) -> AnswerMethod { .softArgMax(beta: beta) }
}
