import FCNCore

/// The index of the greatest channel of every pixel.
public struct ArgMax: Stage {
  public static let signature = StageSignature(
    name: "argmax",
    summary: "The index of the greatest channel of every pixel: a map of classes.",
    discussion: "Indexes count from 0; of several equal channels the lowest index wins.",
    equivalents: [
      .init("PyTorch", "x.argmax(dim=1, keepdim=True)"), .init("TensorFlow", "tf.argmax(x, axis=-1)"),
      .init("Caffe", "ArgMax { axis: 1 }"), .init("ONNX", "ArgMax(axis=1, select_last_index=0)"),
    ],
    example: "x -> argmax")

  public init(_ arguments: Arguments) {}

  public var facts: StageFacts { StageFacts(storesPlanar: true, comparesChannels: true) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    var output = inputs[0]
    output.element = .label(count: output.channels)
    output.channels = 1
    return [output]
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let pixels = input.height * input.width
    let values = (0..<pixels).map { pixel -> Float in
      var winner = 0
      for channel in 1..<max(1, input.channels)
      where input.values[channel * pixels + pixel] > input.values[winner * pixels + pixel] {
        winner = channel
      }
      return Float(winner)
    }
    return [Tensor(channels: 1, height: input.height, width: input.width, values: values)]
  }
}
