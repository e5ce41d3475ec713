import FCNCore

/// All numbers of a value as the channels of one pixel.
public struct Flatten: ConvolutionizableStage {
  public static let signature = StageSignature(
    name: "flatten",
    summary: "All numbers of the value as the channels of one pixel.",
    discussion: """
      Flattening a map makes the number of channels depend on the size of the image: the network is not fully \
      convolutional. On a value of fixed size, such as a `global_mean`, it is fine. `chw` counts channel, row, column \
      (PyTorch, Caffe), `hwc` row, column, channel (TensorFlow); weights of the next dense layer that were trained in the \
      other order give wrong answers without an error, so `order` is always written.
      """,
    parameters: [
      Parameter(
        "order", .word(["chw", "hwc"]), "In which order the numbers are counted.",
        elsewhere: ["PyTorch": "chw", "TensorFlow": "hwc", "Caffe": "chw", "ONNX": "chw"])
    ],
    equivalents: [
      .init("PyTorch", "nn.Flatten() (chw)"), .init("TensorFlow", "keras.layers.Flatten() (hwc)"),
      .init("Caffe", "Flatten (chw)"), .init("ONNX", "Flatten(axis=1) (chw)"),
    ],
    example: "x -> global_mean -> flatten(order: chw)")

  /// Channels are counted last.
  public var countsChannelsLast: Bool

  public init(_ arguments: Arguments) { countsChannelsLast = arguments.word("order") == "hwc" }

  public var facts: StageFacts { StageFacts(fixesSize: "its channels are the pixels of the image") }

  public func facts(for inputs: [TensorType]) -> StageFacts {
    inputs[0].constantCount == nil ? facts : StageFacts(isIdentity: inputs[0].isPerChannel)
  }

  /// One pixel; for a map whose size is not known, with the channels of the map.
  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var output = try Self.singlePixel(inputs[0], channels: inputs[0].constantCount ?? inputs[0].channels)
    output.element = inputs[0].element
    return [output]
  }

  /// The weights behind it are counted in its order.
  public func convolutionized(over map: MapShape) -> Convolutionized? {
    .counting(countsChannelsLast ? .rowColumnChannel : .channelRowColumn)
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    inputs[0].isPerChannel ? .pointwise : SpatialAccess(rows: .whole, columns: .whole)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    var values = input.values
    if countsChannelsLast {
      let pixels = input.height * input.width
      values = (0..<pixels).flatMap { pixel in
        (0..<input.channels).map { channel in input.values[channel * pixels + pixel] }
      }
    }
    return [Tensor(channels: values.count, height: 1, width: 1, values: values)]
  }
}
