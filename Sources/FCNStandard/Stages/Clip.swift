import FCNCore

/// `min(max(x, low), high)`.
public struct Clip: ActivationStage {
  public static let signature = StageSignature(
    name: "clip",
    summary: "Every number limited to a range.",
    discussion: "min(max(x, low), high).",
    parameters: [
      Parameter("low", .decimal(-3e38...3e38), "The least number that comes out."),
      Parameter("high", .decimal(-3e38...3e38), "The greatest number that comes out."),
    ],
    equivalents: [
      .init("PyTorch", "torch.clamp(x, low, high)"), .init("TensorFlow", "tf.clip_by_value(x, low, high)"),
      .init("Caffe", "Clip { min max }"), .init("ONNX", "Clip(min, max)"),
    ],
    example: "x -> clip(0, 1)")

  public var low: Float
  public var high: Float

  public init(_ arguments: Arguments) throws(Rejection) {
    low = Float(arguments.decimal("low"))
    high = Float(arguments.decimal("high"))
    guard low <= high else {
      throw Rejection(
        "`clip` has a low end of \(low) above its high end of \(high)", .argument("low"),
        related: [(.argument("high"), "the high end")], help: "give the lower number first")
    }
  }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .minimum(.maximum(.input(0), .constant(low)), .constant(high))
  }
}
