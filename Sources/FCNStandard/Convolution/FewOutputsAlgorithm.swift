import FCNCore

/// Input channels in the lanes: for convolutions, also transposed ones, to fewer planar channels than there are lanes.
struct FewOutputsAlgorithm: ConvolutionAlgorithm {
  let place: ConvolutionPlace

  /// Partial sums beyond this leave too few columns in the registers.
  private static let mostSums = 8

  static func candidates(_ place: ConvolutionPlace) -> [any ConvolutionAlgorithm] {
    let form = place.form
    guard form.groups == 1, place.isPlanar, !place.input.isPlanar, place.epilogueOperands.isEmpty,
      form.outputChannels * form.phaseColumns <= mostSums, form.columns <= 7
    else { return [] }
    return [FewOutputsAlgorithm(place: place)]
  }

  private var form: ConvolutionForm { place.form }
  private var lanes: Int { place.target.lanes }

  var cost: KernelCost {
    let taps = Double(form.rows * form.columns * place.input.blocks * form.outputChannels)
    let sums = Double(form.outputChannels) * place.target.cost.totalOperations
    return KernelCost(multiplyAdds: taps + sums, efficiency: place.target.cost.fewOutputsEfficiency)
  }

  func lowering() -> Lowering {
    let kernel = FewOutputsConvolution(
      rows: form.rows, columns: form.columns, columnStep: form.columnStep, columnMultiply: form.columnMultiply,
      phaseRows: form.phaseRows, phaseColumns: form.phaseColumns, tapRows: form.tapRows, tapColumns: form.tapColumns,
      rowShift: form.rowShift, lead: form.lead, inputBlocks: place.input.blocks, channels: form.outputChannels,
      outputBlocks: place.output.blocks, epilogue: place.epilogue,
      channelParameterCount: place.channelParameterCount, target: place.target)
    let count =
      form.phaseRows * place.input.blocks * form.rows * form.columns * form.outputChannels * form.phaseColumns * lanes
    return Lowering(kernel: kernel, operands: place.operands, packed: place.packed(count: count) { pack() })
  }

  /// Row phase, input block, row, column, output channel, column phase, lane.
  private func pack() -> [Float] {
    let input = place.input
    var channels = [Int](repeating: -1, count: input.blocks * lanes)
    for (channel, position) in input.positions.enumerated() { channels[position] = channel }
    var result: [Float] = []
    for phaseRow in 0..<form.phaseRows {
      for block in 0..<input.blocks {
        for row in 0..<form.rows {
          for column in 0..<form.columns {
            for output in 0..<form.outputChannels {
              for phaseColumn in 0..<form.phaseColumns {
                for channel in channels[(block * lanes)..<((block + 1) * lanes)] {
                  result.append(channel < 0 ? 0 : form.weight(output, channel, phaseRow, phaseColumn, row, column))
                }
              }
            }
          }
        }
      }
    }
    return result
  }
}
