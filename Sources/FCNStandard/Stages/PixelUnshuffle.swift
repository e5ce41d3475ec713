import FCNCore

/// Blocks of pixels rearranged into channels.
public struct PixelUnshuffle: Stage {
  public static let signature = StageSignature(
    name: "pixel_unshuffle",
    summary: "Every block of factor x factor pixels becomes factor² channels.",
    discussion: """
      The inverse of `pixel_shuffle`, defined for image sizes that give whole blocks. Frameworks number the channels \
      differently, so `order` is always written.
      """,
    parameters: ShuffleOrder.parameters,
    equivalents: [
      .init("PyTorch", "nn.PixelUnshuffle(factor) (crd)"), .init("TensorFlow", "tf.nn.space_to_depth(x, factor) (dcr)"),
      .init("Caffe", "Reorg"), .init("ONNX", "SpaceToDepth(blocksize) (dcr)"),
    ],
    example: "x -> pixel_unshuffle(2, order: crd)")

  public var factor: Int
  var order: ShuffleOrder

  public init(_ arguments: Arguments) {
    factor = arguments.integer("factor")
    order = ShuffleOrder(rawValue: arguments.word("order")) ?? .crd
  }

  public var facts: StageFacts { StageFacts(readsPlanar: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var output = inputs[0]
    try Self.sizes { () throws(Extent.Failure) in
      let (channels, overflow) = output.channels.multipliedReportingOverflow(by: factor * factor)
      guard !overflow else { throw Extent.Failure.overflow }
      output.channels = channels
      output.height = try blocks(output.height)
      output.width = try blocks(output.width)
    }
    try Self.requireSomeSize(
      [output], .argument("factor"), of: inputs[0],
      help: "the size must be a multiple of \(factor): pad or crop the value before")
    return [output]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    let window = AxisAccess.window(Window(taps: factor, multiply: factor))
    return SpatialAccess(rows: window, columns: window)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    var output = Tensor(
      channels: input.channels * factor * factor, height: input.height / factor, width: input.width / factor)
    for channel in 0..<input.channels {
      for row in 0..<input.height {
        for column in 0..<input.width {
          let target = order.position(
            channel: channel, of: input.channels, row: row % factor, column: column % factor, factor: factor)
          output[target, row / factor, column / factor] = input[channel, row, column]
        }
      }
    }
    return [output]
  }

  /// The number of blocks, where no pixel is left over.
  private func blocks(_ size: Extent) throws(Extent.Failure) -> Extent {
    let blocks = try size.dividedDown(by: factor)
    return try blocks.restricted(toDomainOf: blocks.multiplied(by: factor).matching(size)).requiring(atLeast: 1)
  }
}
