import FCNCore

/// Batch normalisation with the statistics of training: a constant scale and shift per channel.
public struct BatchNorm: ActivationStage, ChannelAffineStage {
  public static let signature = StageSignature(
    name: "batchnorm",
    summary: "Every channel normalised with the mean and variance seen in training.",
    discussion: """
      (x - running_mean) / sqrt(running_var + eps) * weight + bias, per channel (Ioffe and Szegedy 2015, "Batch \
      normalization"). The compiler folds it into the convolution before it. `eps` changes the result and frameworks \
      disagree on it, so it is always written. Caffe keeps the weight and bias in a Scale layer of its own.
      """,
    parameters: [
      Parameter(
        "eps", .decimal(0...1), "What is added to the variance.",
        elsewhere: ["PyTorch": "1e-5", "TensorFlow": "1e-3", "Caffe": "1e-5", "ONNX": "1e-5"]),
      Parameter(
        "affine", .flag, default: .value(.flag(true)), "Whether it has `weight` and `bias`.",
        elsewhere: ["PyTorch": "true", "TensorFlow": "true (scale, center)", "Caffe": "false"]),
    ],
    equivalents: [
      .init("PyTorch", "nn.BatchNorm2d(channels, eps=eps, affine=affine).eval()"),
      .init("TensorFlow", "keras.layers.BatchNormalization(epsilon=eps)(x, training=False)"),
      .init("Caffe", "BatchNorm { eps use_global_stats: true }, then Scale { bias_term: true }"),
      .init("ONNX", "BatchNormalization(epsilon)"),
    ],
    example: "x -> batchnorm(eps: 1e-5)")

  public var eps: Double
  public var isAffine: Bool

  public init(_ arguments: Arguments) {
    eps = arguments.decimal("eps")
    isAffine = arguments.flag("affine")
  }

  public var facts: StageFacts { StageFacts(takesMeanAway: true) }

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let shape = [inputs[0].channels]
    let statistics = [
      WeightRequirement("running_mean", shape, .uniform(-0.1, 0.1)),
      WeightRequirement("running_var", shape, .uniform(0.5, 1.5), least: 0),
    ]
    guard isAffine else { return statistics }
    return [
      WeightRequirement("weight", shape, .uniform(0.5, 1.5)), WeightRequirement("bias", shape, .uniform(-0.1, 0.1)),
    ] + statistics
  }

  public func affine(weights: [WeightTensor], channels: Int) -> (scale: [Float], shift: [Float]) {
    let statistics = weights.suffix(2).map(\.values)
    var scale: [Float] = []
    var shift: [Float] = []
    for channel in 0..<channels {
      // In 64 bits: the fold must not lose more than the final rounding.
      let deviation = (Double(statistics[1][channel]) + eps).squareRoot()
      let factor = (isAffine ? Double(weights[0].values[channel]) : 1) / deviation
      let addend = isAffine ? Double(weights[1].values[channel]) : 0
      scale.append(Float(factor))
      shift.append(Float(addend - Double(statistics[0][channel]) * factor))
    }
    return (scale, shift)
  }
}
