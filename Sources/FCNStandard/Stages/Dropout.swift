import FCNCore

/// The input itself: dropout acts in training alone.
public struct Dropout: PointwiseStage {
  public static let signature = StageSignature(
    name: "dropout",
    summary: "The input, unchanged: numbers are dropped in training alone.",
    discussion: """
      Stands for the dropout of the training network (Srivastava et al. 2014) so that the text shows where it was. A \
      compiled network never drops anything.
      """,
    parameters: [
      Parameter(
        "rate", .decimal(0...1), default: .optional("the rate is not recorded"),
        "The share of numbers that training sets to zero; it changes nothing here.",
        elsewhere: ["PyTorch": "0.5", "Caffe": "0.5"])
    ],
    equivalents: [
      .init("PyTorch", "nn.Dropout2d(rate), nn.Dropout(rate)"), .init("TensorFlow", "keras.layers.Dropout(rate)"),
      .init("Caffe", "Dropout { dropout_ratio }"), .init("ONNX", "Dropout"),
    ],
    example: "x -> dropout(0.5)")

  /// nil where it is not recorded.
  public var rate: Double?

  public init(_ arguments: Arguments) { rate = arguments.contains("rate") ? arguments.decimal("rate") : nil }

  public var facts: StageFacts { StageFacts(isIdentity: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression { .input(0) }
}
