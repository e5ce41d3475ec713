import FCNCore

/// Everything that is built in: the lists, alphabetical.
public enum StandardPlugin: Plugin {
  public static let name = "standard"

  public static let stages: [any Stage.Type] = [
    AdaptiveAveragePool.self,
    Add.self,
    ArgMax.self,
    AveragePool.self,
    BatchNorm.self,
    Bias.self,
    ChannelShuffle.self,
    Clip.self,
    Components.self,
    Concat.self,
    Confidence.self,
    Conv.self,
    Crop.self,
    Deconv.self,
    Dense.self,
    Divide.self,
    Dropout.self,
    Flatten.self,
    GlobalMean.self,
    HardSigmoid.self,
    HardSwish.self,
    Identity.self,
    Leaky.self,
    MaxPool.self,
    Maximum.self,
    Mean.self,
    Minimum.self,
    Multiply.self,
    PReLU.self,
    Pad.self,
    Peaks.self,
    PixelShuffle.self,
    PixelUnshuffle.self,
    PositionEmbedding.self,
    ReLU.self,
    ReLU6.self,
    Reshape.self,
    Scale.self,
    Sigmoid.self,
    SoftArgMax.self,
    Softmax.self,
    SquareRoot.self,
    Subtract.self,
    Sum.self,
    Take.self,
    Tanh.self,
    Threshold.self,
    Upsample.self,
  ]

  public static func register(in registry: inout Registry) {
    for stage in stages { registry.register(stage) }
    registry.register(NetworkLanguage())
    for reporter: any Reporter in [TextReporter(), ConciseReporter(), JSONReporter()] { registry.register(reporter) }
  }
}
