import FCNCore

extension PixelShuffle {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let (input, output) = (site.inputStorage[0], site.outputStorage[0])
    var moves: [Float] = []
    for row in 0..<factor {
      for channel in 0..<output.channels {
        for column in 0..<factor {
          let source = order.position(
            channel: channel, of: output.channels, row: row, column: column, factor: factor)
          moves += [Float(input.positions[source]), Float(output.positions[channel]), 0, Float(column)]
        }
      }
    }
    let operand = Lowering.Operand(input: 0, access: access(toInput: 0, of: site.inputs))
    if output.isPlanar, !input.isPlanar, PlanarShuffleKernel.factors.contains(factor) {
      let kernel = PlanarShuffleKernel(
        factor: factor, input: input, outputChannels: output.channels, target: site.target)
      let lanes = stride(from: 0, to: moves.count, by: 4).map { moves[$0] }
      return Lowering(kernel: kernel, operands: [operand], parameters: lanes)
    }
    let kernel = PixelShuffleKernel(
      factor: factor, isUnshuffle: false, inputLanes: input.lanes, outputLanes: output.lanes,
      outputBlocks: output.blocks, moves: output.channels * factor)
    return Lowering(kernel: kernel, operands: [operand], parameters: moves)
  }
}
