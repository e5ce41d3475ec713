import FCNCore

extension PixelUnshuffle {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let (input, output) = (site.inputStorage[0], site.outputStorage[0])
    var moves: [Float] = []
    for channel in 0..<input.channels {
      for row in 0..<factor {
        for column in 0..<factor {
          let target = order.position(channel: channel, of: input.channels, row: row, column: column, factor: factor)
          moves += [Float(input.positions[channel]), Float(output.positions[target]), Float(row), Float(column)]
        }
      }
    }
    let kernel = PixelShuffleKernel(
      factor: factor, isUnshuffle: true, inputLanes: input.lanes, outputLanes: output.lanes,
      outputBlocks: output.blocks, moves: input.channels * factor * factor)
    return Lowering(
      kernel: kernel, operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs))], parameters: moves)
  }
}
