import FCNCore

/// Direct summation: serves every form.
struct DirectAlgorithm: ConvolutionAlgorithm {
  let place: ConvolutionPlace

  static func candidates(_ place: ConvolutionPlace) -> [any ConvolutionAlgorithm] { [DirectAlgorithm(place: place)] }

  var cost: KernelCost {
    var operations = 0.0
    for tile in tiles {
      operations += Double(tile.vectors * tile.inputs.count * place.input.lanes * form.rows * form.columns)
    }
    return KernelCost(multiplyAdds: operations, efficiency: place.target.cost.directEfficiency)
  }

  func lowering() -> Lowering {
    let tiles = tiles
    let kernel = DirectConvolution(
      rows: form.rows, columns: form.columns, columnStep: form.columnStep, columnMultiply: form.columnMultiply,
      inputLanes: input.lanes, phaseRows: form.phaseRows, phaseColumns: form.phaseColumns, rowShift: form.rowShift,
      lead: form.lead, tiles: tiles, outputBlocks: output.blocks,
      planarChannels: place.isPlanar ? form.outputChannels : nil, epilogue: place.epilogue,
      epilogueOperands: place.epilogueOperands, channelParameterCount: place.channelParameterCount,
      masksPadding: place.masksPadding, target: place.target)
    let packed = place.packed(count: tiles.reduce(0) { $0 + numbers(of: $1) }) { pack(tiles) }
    return Lowering(kernel: kernel, operands: place.operands, packed: packed)
  }

  private var form: ConvolutionForm { place.form }
  private var input: Storage { place.input }
  private var output: Storage { place.output }

  /// Output vectors in groups of up to four, none alone where it can be helped: a single vector has too few
  /// accumulators per load.
  private var tiles: [DirectConvolution.Tile] {
    let (groups, outputChannels) = (form.groups, form.outputChannels)
    let widest = groups == 1 ? 4 : max(1, min(4, outputChannels / groups / output.lanes))
    var sizes: [Int] = []
    var rest = output.blocks
    while rest > 0 {
      let size = rest == 5 && widest == 4 ? 3 : min(rest, widest)
      sizes.append(size)
      rest -= size
    }
    var result: [DirectConvolution.Tile] = []
    var block = 0
    var weights = 0
    for size in sizes {
      let inputs = inputRange(block..<(block + size))
      let tile = DirectConvolution.Tile(firstBlock: block, vectors: size, inputs: inputs, weights: weights)
      result.append(tile)
      weights += numbers(of: tile)
      block += size
    }
    return result
  }

  /// How many weights a tile has.
  private func numbers(of tile: DirectConvolution.Tile) -> Int {
    tile.inputs.count * input.lanes * form.rows * form.columns * tile.vectors * output.lanes * form.phaseRows
      * form.phaseColumns
  }

  /// The input blocks (or planar channels) that the channels of some output blocks need.
  private func inputRange(_ blocks: Range<Int>) -> Range<Int> {
    let groups = form.groups
    guard groups > 1 else { return 0..<input.blocks }
    let perInput = form.inputChannels / form.groups
    let perOutput = form.outputChannels / form.groups
    var low = Int.max
    var high = 0
    for (channel, position) in output.positions.enumerated() where blocks.contains(position / output.lanes) {
      let group = channel / perOutput
      for inputChannel in (group * perInput)..<((group + 1) * perInput) {
        low = min(low, input.positions[inputChannel] / input.lanes)
        high = max(high, input.positions[inputChannel] / input.lanes + 1)
      }
    }
    return low < high ? low..<high : 0..<1
  }

  /// The weights in the order in which the kernel reads them: tile, phase, input block, row, column, lane, output
  /// lanes. Lanes without a channel are zero.
  private func pack(_ tiles: [DirectConvolution.Tile]) -> [Float] {
    var inputChannel = [Int](repeating: -1, count: input.blocks * input.lanes)
    for (channel, position) in input.positions.enumerated() { inputChannel[position] = channel }
    var outputChannel = [Int](repeating: -1, count: output.blocks * output.lanes)
    for (channel, position) in output.positions.enumerated() { outputChannel[position] = channel }
    let perInput = form.inputChannels / form.groups
    let perOutput = form.outputChannels / form.groups
    var result: [Float] = []
    result.reserveCapacity(tiles.reduce(0) { $0 + numbers(of: $1) })
    for tile in tiles {
      let outputs = (tile.firstBlock * output.lanes)..<((tile.firstBlock + tile.vectors) * output.lanes)
      for phaseRow in 0..<form.phaseRows {
        for phaseColumn in 0..<form.phaseColumns {
          for block in tile.inputs {
            for row in 0..<form.rows {
              for column in 0..<form.columns {
                for lane in 0..<input.lanes {
                  let i = inputChannel[block * input.lanes + lane]
                  for position in outputs {
                    let o = outputChannel[position]
                    guard i >= 0, o >= 0, i / perInput == o / perOutput else {
                      result.append(0)
                      continue
                    }
                    result.append(form.weight(o, i % perInput, phaseRow, phaseColumn, row, column))
                  }
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
