import FCNCore

/// Each channel by itself.
struct DepthwiseAlgorithm: ConvolutionAlgorithm {
  let place: ConvolutionPlace

  static func candidates(_ place: ConvolutionPlace) -> [any ConvolutionAlgorithm] {
    let form = place.form
    guard form.groups == form.inputChannels, form.groups == form.outputChannels, !place.isPlanar,
      place.input == place.output, form.phaseRows == 1, form.phaseColumns == 1
    else { return [] }
    return [DepthwiseAlgorithm(place: place)]
  }

  var cost: KernelCost {
    KernelCost(
      multiplyAdds: Double(place.output.blocks * place.form.rows * place.form.columns),
      efficiency: place.target.cost.depthwiseEfficiency)
  }

  func lowering() -> Lowering {
    let form = place.form
    let kernel = DepthwiseConvolution(
      rows: form.rows, columns: form.columns, columnStep: form.columnStep, columnMultiply: form.columnMultiply,
      blocks: place.output.blocks, epilogue: place.epilogue, epilogueOperands: place.epilogueOperands,
      channelParameterCount: place.channelParameterCount, masksPadding: place.masksPadding, target: place.target)
    let count = place.output.blocks * form.rows * form.columns * place.output.lanes
    return Lowering(kernel: kernel, operands: place.operands, packed: place.packed(count: count) { pack() })
  }

  /// Block, row, column, lane.
  private func pack() -> [Float] {
    let form = place.form
    let (rows, columns, output) = (form.rows, form.columns, place.output)
    var result = [Float](repeating: 0, count: output.blocks * rows * columns * output.lanes)
    for (channel, position) in output.positions.enumerated() {
      let (block, lane) = (position / output.lanes, position % output.lanes)
      for row in 0..<rows {
        for column in 0..<columns {
          result[((block * rows + row) * columns + column) * output.lanes + lane] =
            form.weight(channel, 0, 0, 0, row, column)
        }
      }
    }
    return result
  }
}
