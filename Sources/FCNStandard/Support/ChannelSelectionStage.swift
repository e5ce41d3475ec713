import FCNCore

/// A stage whose every output channel is one of the input's channels, unchanged: a selection, a permutation, repeats.
public protocol ChannelSelectionStage: Stage {
  /// For each channel of the output, the number of the channel of the input that it is. The numbers lie within the
  /// input, which `outputTypes(for:)` has checked.
  func sources(ofChannels channels: Int) -> [Int]
}

extension ChannelSelectionStage {
  public var facts: StageFacts { StageFacts(readsPlanar: true, storesPlanar: true, numbers: .fromInputs) }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let sources = sources(ofChannels: input.channels)
    let count = input.height * input.width
    return [
      Tensor(
        channels: sources.count, height: input.height, width: input.width,
        values: sources.flatMap { input.values[($0 * count)..<(($0 + 1) * count)] })
    ]
  }

  /// A shuffle of pixels with blocks of one pixel moves channels alone.
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let (input, output) = (site.inputStorage[0], site.outputStorage[0])
    let moves = sources(ofChannels: input.channels).enumerated().flatMap { channel, source -> [Float] in
      [Float(input.positions[source]), Float(output.positions[channel]), 0, 0]
    }
    let kernel = PixelShuffleKernel(
      factor: 1, isUnshuffle: false, inputLanes: input.lanes, outputLanes: output.lanes,
      outputBlocks: output.blocks, moves: output.channels)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: .pointwise)], parameters: moves)
  }
}
