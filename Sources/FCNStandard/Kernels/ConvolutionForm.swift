import FCNCore

/// A convolution or transposed convolution as the direct kernel computes it: its taps, its phases, its weights.
struct ConvolutionForm {
  var groups: Int
  var inputChannels: Int
  var outputChannels: Int
  /// Taps of one phase.
  var rows: Int
  var columns: Int
  var columnStep = 1
  var columnMultiply = 1
  var phaseRows = 1
  var phaseColumns = 1
  var rowShift = 0
  var lead = 0
  var bias: [Float]
  /// The weight from input channel `i` of the output's group to output channel `o` at a phase and tap.
  var weight: (_ o: Int, _ i: Int, _ phaseRow: Int, _ phaseColumn: Int, _ row: Int, _ column: Int) -> Float
  var access: SpatialAccess

  /// The kernel and its packed weights for a place in a program.
  func lowering(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let target = site.target
    let lanes = target.lanes
    let input = site.inputStorage[0]
    let isPlanar = site.outputStorage[0].isPlanar
    let output = isPlanar ? Storage(lanes: lanes, channels: outputChannels) : site.outputStorage[0]
    var operands = [Lowering.Operand(input: 0, access: access)]
    var epilogueOperands: [EpilogueOperand] = []
    if let epilogue = site.epilogue {
      for index in epilogue.firstInput..<site.inputs.count {
        guard
          let operand = EpilogueOperand(
            type: site.inputs[index], storage: site.inputStorage[index], output: output, outputType: site.outputs[0])
        else { throw Rejection("the fused input \(index) has another memory form than the output", .input(index)) }
        epilogueOperands.append(operand)
        operands.append(Lowering.Operand(input: index, access: operand.access(site.inputs[index])))
      }
    }
    var channelParameters = site.epilogue?.channelParameters ?? []
    let masks = site.epilogue?.expression.mayLeaveFiniteNumbers == true && output.blocks * lanes > outputChannels
    if masks { channelParameters.append(Array(repeating: 1, count: outputChannels)) }
    var parameters = output.spread(bias)
    for list in channelParameters { parameters += output.spread(list) }
    if isDepthwise(input: input, output: site.outputStorage[0]) {
      let kernel = DepthwiseConvolution(
        rows: rows, columns: columns, columnStep: columnStep, columnMultiply: columnMultiply, blocks: output.blocks,
        epilogue: site.epilogue?.expression, epilogueOperands: epilogueOperands,
        channelParameterCount: channelParameters.count, masksPadding: masks, target: target)
      parameters += packDepthwise(output)
      return Lowering(kernel: kernel, operands: operands, parameters: parameters)
    }
    let tiles = tiles(input: input, output: output)
    let kernel = DirectConvolution(
      rows: rows, columns: columns, columnStep: columnStep, columnMultiply: columnMultiply, inputLanes: input.lanes,
      phaseRows: phaseRows, phaseColumns: phaseColumns, rowShift: rowShift, lead: lead, tiles: tiles,
      outputBlocks: output.blocks, planarChannels: isPlanar ? outputChannels : nil,
      epilogue: site.epilogue?.expression, epilogueOperands: epilogueOperands,
      channelParameterCount: channelParameters.count, masksPadding: masks, target: target)
    parameters += pack(tiles, input: input, output: output)
    return Lowering(kernel: kernel, operands: operands, parameters: parameters)
  }

  private func isDepthwise(input: Storage, output: Storage) -> Bool {
    groups == inputChannels && groups == outputChannels && input == output && !input.isPlanar && phaseRows == 1
      && phaseColumns == 1
  }

  /// Block, row, column, lane.
  private func packDepthwise(_ output: Storage) -> [Float] {
    var result = [Float](repeating: 0, count: output.blocks * rows * columns * output.lanes)
    for (channel, position) in output.positions.enumerated() {
      let (block, lane) = (position / output.lanes, position % output.lanes)
      for row in 0..<rows {
        for column in 0..<columns {
          result[((block * rows + row) * columns + column) * output.lanes + lane] =
            weight(channel, 0, 0, 0, row, column)
        }
      }
    }
    return result
  }

  /// Output vectors in groups of up to four, none alone where it can be helped: a single vector has too few
  /// accumulators per load.
  private func tiles(input: Storage, output: Storage) -> [DirectConvolution.Tile] {
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
      let inputs = inputRange(block..<(block + size), input: input, output: output)
      result.append(.init(firstBlock: block, vectors: size, inputs: inputs, weights: weights))
      weights += inputs.count * input.lanes * rows * columns * size * output.lanes * phaseRows * phaseColumns
      block += size
    }
    return result
  }

  /// The input blocks (or planar channels) that the channels of some output blocks need.
  private func inputRange(_ blocks: Range<Int>, input: Storage, output: Storage) -> Range<Int> {
    guard groups > 1 else { return 0..<input.blocks }
    let perInput = inputChannels / groups
    let perOutput = outputChannels / groups
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
  private func pack(_ tiles: [DirectConvolution.Tile], input: Storage, output: Storage) -> [Float] {
    var inputChannel = [Int](repeating: -1, count: input.blocks * input.lanes)
    for (channel, position) in input.positions.enumerated() { inputChannel[position] = channel }
    var outputChannel = [Int](repeating: -1, count: output.blocks * output.lanes)
    for (channel, position) in output.positions.enumerated() { outputChannel[position] = channel }
    let perInput = inputChannels / groups
    let perOutput = outputChannels / groups
    var result: [Float] = []
    for tile in tiles {
      let outputs = (tile.firstBlock * output.lanes)..<((tile.firstBlock + tile.vectors) * output.lanes)
      for phaseRow in 0..<phaseRows {
        for phaseColumn in 0..<phaseColumns {
          for block in tile.inputs {
            for row in 0..<rows {
              for column in 0..<columns {
                for lane in 0..<input.lanes {
                  let i = inputChannel[block * input.lanes + lane]
                  for position in outputs {
                    let o = outputChannel[position]
                    guard i >= 0, o >= 0, i / perInput == o / perOutput else {
                      result.append(0)
                      continue
                    }
                    result.append(weight(o, i % perInput, phaseRow, phaseColumn, row, column))
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
