import FCNCore
import FCNRuntime

/// The places where a channel is greatest around.
public struct Peaks: AnswerStage {
  public static let signature = StageSignature(
    name: "peaks",
    summary: "An answer: the points where a channel is greatest around, each with its score.",
    discussion: """
      A pixel is a peak where it reaches the threshold and no pixel of the square of `distance` rows and columns around it \
      is greater. Pixels that could be peaks and touch, at a side or a corner, are one plateau and one peak, at the middle \
      of its pixels. Of equal peaks within the distance of each other the first in reading order stays. `sub_pixel` \
      moves a peak of one pixel, along each axis by at most half a pixel, to the top of the parabola through it and its two \
      neighbours.
      """,
    parameters: [
      Parameter("threshold", .decimal(-3e38...3e38), "The least number of a peak."),
      Parameter("distance", .integer(1...65536), "Rows and columns around a peak in which nothing is greater."),
      Parameter("sub_pixel", .flag, default: .value(.flag(false)), "Whether places are finer than a pixel."),
    ],
    equivalents: [
      .init("PyTorch", "(x == F.max_pool2d(x, 2 * distance + 1, 1, distance)) & (x >= threshold)"),
      .init("TensorFlow", "none"), .init("Caffe", "none"), .init("ONNX", "none"),
    ],
    example: "x -> peaks(threshold: 0.5, distance: 3)")

  public var rule: PeakRule

  public init(_ arguments: Arguments) {
    rule = PeakRule(
      threshold: Float(arguments.decimal("threshold")), distance: arguments.integer("distance"),
      isSubPixel: arguments.flag("sub_pixel"))
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }

  public func method(for inputs: [TensorType]) -> AnswerMethod { .peaks(rule) }
}
