import FCNCore

/// `x` where it is not negative, `slope * x` elsewhere.
public struct Leaky: ActivationStage {
  public static let signature = StageSignature(
    name: "leaky",
    summary: "Every number, the negative ones multiplied by a small slope.",
    discussion: """
      x where x >= 0, slope * x elsewhere (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network \
      acoustic models"). Frameworks disagree on the slope that is meant when none is given, so it is always written.
      """,
    parameters: [
      Parameter(
        "slope", .decimal(-1e6...1e6), "The factor for negative numbers.",
        elsewhere: ["PyTorch": "0.01", "TensorFlow": "0.2", "Caffe": "0", "ONNX": "0.01"])
    ],
    equivalents: [
      .init("PyTorch", "nn.LeakyReLU(slope)"), .init("TensorFlow", "tf.nn.leaky_relu(x, alpha=slope)"),
      .init("Caffe", "ReLU { negative_slope }"), .init("ONNX", "LeakyRelu(alpha)"),
    ],
    example: "x -> leaky(0.1)")

  public var slope: Float

  public init(_ arguments: Arguments) { slope = Float(arguments.decimal("slope")) }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .select(less: .input(0), than: .constant(0), then: .constant(slope) * .input(0), otherwise: .input(0))
  }
}
