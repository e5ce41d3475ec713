import FCNCore

/// Channels rearranged into blocks of pixels.
public struct PixelShuffle: Stage {
  public static let signature = StageSignature(
    name: "pixel_shuffle",
    summary: "Every factor² channels become a block of factor x factor pixels.",
    discussion: """
      Sub-pixel convolution (Shi et al. 2016, "Real-time single image and video super-resolution"). Frameworks number the \
      channels differently and a wrong order gives a scrambled picture without an error, so `order` is always written.
      """,
    parameters: ShuffleOrder.parameters,
    equivalents: [
      .init("PyTorch", "nn.PixelShuffle(factor) (crd)"), .init("TensorFlow", "tf.nn.depth_to_space(x, factor) (dcr)"),
      .init("Caffe", "none"), .init("ONNX", "DepthToSpace(blocksize, mode)"),
    ],
    example: "x -> pixel_shuffle(2, order: crd)")

  public var factor: Int
  var order: ShuffleOrder

  public init(_ arguments: Arguments) {
    factor = arguments.integer("factor")
    order = ShuffleOrder(rawValue: arguments.word("order")) ?? .crd
  }

  public var facts: StageFacts { StageFacts(readsPlanar: true, storesPlanar: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var output = inputs[0]
    guard output.channels.isMultiple(of: factor * factor) else {
      throw Rejection(
        "\(output.channels) channels cannot be divided into blocks of \(factor) x \(factor) pixels",
        .argument("factor"), related: [(.input(0), "\(output.channels) channels")],
        help: "give the value a multiple of \(factor * factor) channels")
    }
    output.channels /= factor * factor
    try Self.sizes { () throws(Extent.Failure) in
      output.height = try output.height.multiplied(by: factor)
      output.width = try output.width.multiplied(by: factor)
    }
    return [output]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    SpatialAccess(rows: .window(Window(divide: factor)), columns: .window(Window(divide: factor)))
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let channels = input.channels / (factor * factor)
    var output = Tensor(channels: channels, height: input.height * factor, width: input.width * factor)
    for channel in 0..<channels {
      for row in 0..<output.height {
        for column in 0..<output.width {
          let source = order.position(
            channel: channel, of: channels, row: row % factor, column: column % factor, factor: factor)
          output[channel, row, column] = input[source, row / factor, column / factor]
        }
      }
    }
    return [output]
  }
}
