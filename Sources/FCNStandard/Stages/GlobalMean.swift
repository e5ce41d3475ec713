import FCNCore

/// The mean of every channel over the whole image.
public struct GlobalMean: Stage {
  public static let signature = StageSignature(
    name: "global_mean",
    summary: "The mean of every channel over the whole image: a value of one pixel.",
    discussion: """
      Global average pooling (Lin, Chen and Yan 2014, "Network in network"). The result, [channels, 1, 1], joins with \
      values of any size in `add`, `mul` and the like. A network with a global mean works for every image size, but each \
      of its outputs depends on the whole image.
      """,
    equivalents: [
      .init("PyTorch", "x.mean([2, 3], keepdim=True), nn.AdaptiveAvgPool2d(1)"),
      .init("TensorFlow", "keras.layers.GlobalAveragePooling2D(keepdims=True)"),
      .init("Caffe", "Pooling { pool: AVE global_pooling: true }"), .init("ONNX", "GlobalAveragePool"),
    ],
    example: "x -> global_mean")

  public init(_ arguments: Arguments) {}

  public var facts: StageFacts {
    StageFacts(wholeImage: "the mean over the whole image", keepsChannels: true, numbers: .fromInputs)
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return [try Self.singlePixel(inputs[0], channels: inputs[0].channels)]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    SpatialAccess(rows: .whole, columns: .whole)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let pixels = input.height * input.width
    let means = (0..<input.channels).map { channel in
      // Millions of pixels in 32 bits would lose several digits.
      let sum = input.values[channel * pixels..<(channel + 1) * pixels].reduce(0.0) { $0 + Double($1) }
      return Float(sum / Double(pixels))
    }
    return [Tensor(channels: input.channels, height: 1, width: 1, values: means)]
  }
}
