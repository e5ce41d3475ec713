import FCNCore

/// Convolution by direct summation: a tile of output channels x columns stays in registers while the taps and input
/// channels pass by. Transposed convolution is the same kernel, once for each phase of its stride.
///
/// Shapes of tiles and their speed: one weight vector serves all columns of the tile, one broadcast number all its
/// channel vectors; 4 x 3 reaches 95 % of the multiply-add peak with 16 registers. The innermost loop compares
/// addresses: a counted one of eight turns would be unrolled whole, and spill.
struct DirectConvolution: Kernel {
  /// A group of output vectors and the input channels that they need.
  struct Tile: Hashable, Sendable {
    var firstBlock: Int
    var vectors: Int
    /// Input blocks, or channels of a planar input.
    var inputs: Range<Int>
    /// Where its weights begin, in floats from the first weight.
    var weights: Int
  }

  /// Taps per phase.
  let rows: Int
  let columns: Int
  /// Input columns between taps: the dilation, or -1 in a transposed convolution.
  let columnStep: Int
  /// Input columns between output columns of a phase.
  let columnMultiply: Int
  let inputLanes: Int
  /// Phases of a transposed convolution along each axis: its stride.
  let phaseRows: Int
  let phaseColumns: Int
  /// Added to the output row before its phase is taken.
  let rowShift: Int
  /// Output columns that the first group of phases begins before column 0.
  let lead: Int
  let tiles: [Tile]
  let outputBlocks: Int
  /// Channels of a planar output; nil for one in blocks.
  let planarChannels: Int?
  let epilogue: PointwiseExpression?
  let epilogueOperands: [EpilogueOperand]
  let channelParameterCount: Int
  let masksPadding: Bool
  let target: Target

  var columnTile: Int { (tiles.flatMap { tileWidths($0.vectors) }.max() ?? 1) * phaseColumns }
  var leadingColumns: Int { lead }

  /// The widths of tiles, the greatest first. Neighbouring taps of a plane share inputs, which the compiler keeps in
  /// registers: a tile of one vector, which waits for its loads, is as wide as leaves room for them.
  private func tileWidths(_ vectors: Int) -> [Int] {
    let widths = target.tileWidths(vectors)
    guard inputLanes == 1, vectors == 1, let narrowest = widths.last else { return widths }
    let fitting = widths.filter { 2 * $0 + columns - 1 <= target.registers + 2 }
    return fitting.isEmpty ? [narrowest] : fitting
  }

  /// Whether the compiler is kept from sharing the inputs of neighbouring taps of a plane, where those and the
  /// accumulators are more than there are registers. With 16 registers it does better by itself.
  private func hidesTaps(_ vectors: Int, _ width: Int) -> Bool {
    let needed = vectors * width + width + columns
    return inputLanes == 1 && vectors > 1 && target.registers > 16 && needed > target.registers
  }

  /// Input blocks whose weights for one tile fit the first-level cache beside the rows.
  private func chunk(of tile: Tile) -> Int {
    guard planarChannels == nil else { return tile.inputs.count }
    let block = tile.vectors * target.lanes * 4 * rows * columns * inputLanes
    let whole = block * tile.inputs.count <= 20_480
    return whole ? tile.inputs.count : max(1, 18_432 / block)
  }

  var algorithm: String {
    "direct \(rows)x\(columns)" + (phaseRows * phaseColumns > 1 ? " by \(phaseRows)x\(phaseColumns) phases" : "")
  }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    for vectors in Set(tiles.map(\.vectors)).sorted() {
      for width in tileWidths(vectors) { emitTile(name, vectors, width, into: &writer) }
    }
    KernelText.function(name, into: &writer) { writer in
      let head = (1 + channelParameterCount) * outputBlocks * target.lanes
      let weights = writer.define("w", KernelText.pointer, "a.pointee.parameters + \(head)")
      var index = 0
      while index < tiles.count {
        // Tiles of one shape that read the same inputs are one loop.
        let first = tiles[index]
        var count = 1
        while index + count < tiles.count, tiles[index + count].vectors == first.vectors,
          tiles[index + count].inputs == first.inputs
        {
          count += 1
        }
        emitTiles(name, first, count, weights, into: &writer)
        index += count
      }
    }
  }

  private func emitTiles(
    _ name: String, _ tile: Tile, _ count: Int, _ weights: String, into writer: inout SwiftWriter
  ) {
    let perInput = rows * columns * inputLanes * tile.vectors * target.lanes
    let perPhase = perInput * tile.inputs.count
    let perTile = perPhase * phaseRows * phaseColumns
    let chunk = chunk(of: tile)
    writer.loop("t", to: "\(count)") { writer, t in
      let block = writer.sum(writer.product(t, "\(tile.vectors)"), "\(tile.firstBlock)")
      let offset = writer.sum(writer.product(t, "\(perTile)"), "\(tile.weights)")
      let base = writer.define("w", KernelText.pointer, "\(weights) + \(offset)")
      writer.loop("c", to: "\(tile.inputs.count)", by: chunk) { writer, c in
        let rest = writer.define("n", "Int", "\(tile.inputs.count) &- \(c)")
        let size = writer.define("n", "Int", "\(rest) < \(chunk) ? \(rest) : \(chunk)")
        let isFirst = writer.define("first", "Bool", "\(c) == 0")
        let isLast = writer.define("last", "Bool", "\(rest) <= \(chunk)")
        let input = writer.sum(c, "\(tile.inputs.lowerBound)")
        let skipped = writer.product(c, "\(perInput)")
        writer.loop("phase", to: "\(phaseColumns)") { writer, phase in
          writer.loop("y", from: "begin", to: "end") { writer, y in
            var position = skipped
            if phaseRows > 1 || phaseColumns > 1 {
              let shifted = writer.sum(y, "\(rowShift)")
              let row = writer.define("p", "Int", "\(shifted) % \(phaseRows)")
              let rowPhase = writer.product(row, "\(phaseColumns)")
              let number = writer.sum(rowPhase, phase)
              position = writer.sum(writer.product(number, "\(perPhase)"), skipped)
            }
            let start = writer.define("w", KernelText.pointer, "\(base) + \(position)")
            let place = "\(y), \(start), \(block), \(input), \(size), \(phase)"
            emitCall(name, tile.vectors, "\(place), \(isFirst), \(isLast)", into: &writer)
          }
        }
      }
    }
  }

  /// A row in tiles of the width that reaches least past its end; the widest, which is the quickest, where that is
  /// nearly as good. So no row reaches further than in the widest tiles, for which it has room.
  private func emitCall(_ name: String, _ vectors: Int, _ arguments: String, into writer: inout SwiftWriter) {
    let widths = tileWidths(vectors)
    guard widths.count > 1 else {
      writer.line("\(name)_\(vectors)_\(widths[0])(a, \(arguments))")
      return
    }
    // Those of the phase that has most.
    let reach = writer.sum("a.pointee.width", "\(lead + phaseColumns - 1)")
    let columns = writer.define("n", "Int", "\(reach) / \(phaseColumns)")
    let whole = widths.map { width in
      let tiles = writer.define("n", "Int", "(\(columns) &+ \(width - 1)) / \(width)")
      return writer.product(tiles, "\(width)")
    }
    let most = writer.define("n", "Int", "\(whole[0]) &- \(whole[0]) / 32")
    writer.block("if \(whole[1]) < \(most)") { writer in
      writer.line("\(name)_\(vectors)_\(widths[1])(a, \(arguments))")
    }
    writer.block("else") { writer in writer.line("\(name)_\(vectors)_\(widths[0])(a, \(arguments))") }
  }

  /// One output row of a tile of `vectors` channel vectors.
  private func emitTile(_ name: String, _ vectors: Int, _ width: Int, into writer: inout SwiftWriter) {
    let lanes = target.lanes
    let n = target.suffix
    writer.line("@inline(never)")
    let signature =
      "func \(name)_\(vectors)_\(width)(_ a: \(KernelText.arguments), _ y: Int, _ weights: \(KernelText.pointer), "
      + "_ block: Int, _ input: Int, _ inputs: Int, _ phase: Int, _ first: Bool, _ last: Bool)"
    writer.block(signature) { writer in
      let skipped = writer.product("y", "\(rows)")
      writer.line("let table: \(KernelText.rows) = a.pointee.tables[0] + \(skipped)")
      writer.line("let inputStride: Int = a.pointee.inputStrides[0]")
      writer.line("let outputStride: Int = a.pointee.outputStrides[0]")
      writer.line("let inputStart: Int = input &* inputStride")
      let channel = writer.define("b", "Int", "block &* \(lanes)")
      writer.line("let bias: \(KernelText.pointer) = a.pointee.parameters + \(channel)")
      let row = writer.define("r", KernelText.mutablePointer, "a.pointee.outputs[0][y]")
      let blockStart = planarChannels == nil ? writer.define("b", "Int", "block &* outputStride") : "0"
      writer.line("let output: \(KernelText.mutablePointer) = \(row) + \(blockStart)")
      let extent: String
      if phaseColumns > 1 {
        let shifted = writer.define("n", "Int", "a.pointee.width &+ \(lead + phaseColumns - 1)")
        let rest = writer.define("n", "Int", "\(shifted) &- phase")
        extent = writer.define("n", "Int", "\(rest) / \(phaseColumns)")
      } else {
        extent = writer.define("n", "Int", "a.pointee.width")
      }
      writer.loop("x", to: extent, by: width) { writer, x in
        let column: String
        if phaseColumns > 1 {
          let scaled = writer.product(x, "\(phaseColumns)")
          let shifted = writer.sum(scaled, "phase")
          column = lead == 0 ? shifted : writer.define("x", "Int", "\(shifted) &- \(lead)")
        } else {
          column = x
        }
        var accumulators: [[String]] = []
        for v in 0..<vectors {
          accumulators.append(
            (0..<width).map { _ in writer.variable("acc", target.vector, "fcn_load\(n)(bias + \(v * lanes))") })
        }
        if planarChannels == nil {
          let pixel = writer.product(column, "\(lanes)")
          let place = writer.define("o", KernelText.mutablePointer, "output + \(pixel)")
          var places = [place]
          for v in 1..<max(2, vectors) where v < vectors {
            places.append(writer.define("o", KernelText.mutablePointer, "\(places[v - 1]) + outputStride"))
          }
          writer.block("if !first") { writer in
            for v in 0..<vectors {
              for p in 0..<width {
                writer.assign(accumulators[v][p], "fcn_load\(n)(\(places[v]) + \(p * phaseColumns * lanes))")
              }
            }
          }
          emitSum(accumulators, x, into: &writer)
          if epilogue != nil {
            writer.block("if last") { writer in emitEpilogue(accumulators, column, into: &writer) }
          }
          for v in 0..<vectors {
            for p in 0..<width {
              writer.line("fcn_store\(n)(\(places[v]) + \(p * phaseColumns * lanes), \(accumulators[v][p]))")
            }
          }
        } else {
          emitSum(accumulators, x, into: &writer)
          emitEpilogue(accumulators, column, into: &writer)
          emitPlanarStore(accumulators, column, into: &writer)
        }
      }
    }
  }

  /// The loops over input channels and taps.
  private func emitSum(_ accumulators: [[String]], _ x: String, into writer: inout SwiftWriter) {
    let lanes = target.lanes
    let n = target.suffix
    let weight = writer.variable("w", KernelText.pointer, "weights")
    let pixel = writer.product(x, "\(columnMultiply * inputLanes)")
    let start = writer.define("i", "Int", "inputStart &+ \(pixel)")
    writer.loop("b", to: "inputs") { writer, block in
      let skipped = writer.define("i", "Int", "\(block) &* inputStride")
      let offset = writer.define("i", "Int", "\(start) &+ \(skipped)")
      writer.loop("ky", to: "\(rows)") { writer, ky in
        let row = writer.define("r", KernelText.pointer, "table[\(ky)] + \(offset)")
        let multiplyAdd = { (writer: inout SwiftWriter, place: String) in
          OuterProduct(accumulators: accumulators, target: target).emit(
            into: &writer,
            factor: { "fcn_load\(n)(\(weight) + \($0 * lanes))" },
            input: { "fcn_broadcast\(n)(\(place) + \($0 * columnMultiply * inputLanes))" })
          writer.assign(weight, "\(weight) + \(accumulators.count * lanes)")
        }
        let tap = { (writer: inout SwiftWriter, place: String) in
          guard inputLanes > 1 else { return multiplyAdd(&writer, place) }
          if rows * columns == 1 {
            // The columns of the next tile lie in as many places as there are blocks.
            let columns = accumulators[0].count * columnMultiply * inputLanes
            for line in 0..<((columns + 15) / 16) {
              writer.line("fcn_prefetch_near(\(place) + \(columns + line * 16))")
            }
          }
          let lane = writer.variable("q", KernelText.pointer, place)
          let end = writer.define("q", KernelText.pointer, "\(place) + \(inputLanes)")
          writer.block("while \(lane) < \(end)") { writer in
            multiplyAdd(&writer, lane)
            writer.assign(lane, "\(lane) + 1")
          }
        }
        if columns <= 7 {
          for kx in 0..<columns {
            let distance = kx * columnStep * inputLanes
            let offset =
              hidesTaps(accumulators.count, accumulators[0].count)
              ? writer.define("i", "Int", "fcn_opaque(\(distance))") : "\(distance)"
            let place = writer.define("q", KernelText.pointer, "\(row) + \(offset)")
            tap(&writer, place)
          }
        } else {
          writer.loop("kx", to: "\(columns)") { writer, kx in
            let distance = writer.product(kx, "\(columnStep * inputLanes)")
            let place = writer.define("q", KernelText.pointer, "\(row) + \(distance)")
            tap(&writer, place)
          }
        }
      }
    }
  }

  private func emitEpilogue(_ accumulators: [[String]], _ column: String, into writer: inout SwiftWriter) {
    guard let epilogue else { return }
    let lanes = target.lanes
    let n = target.suffix
    for (v, columns) in accumulators.enumerated() {
      // One load per channel parameter and vector, not one per column.
      var loaded: [Int: String] = [:]
      for index in 0..<channelParameterCount {
        let offset = (1 + index) * outputBlocks * lanes + v * lanes
        loaded[index] = writer.define("k", target.vector, "fcn_load\(n)(bias + \(offset))")
      }
      for (p, accumulator) in columns.enumerated() {
        let x = p == 0 ? column : writer.sum(column, "\(p * phaseColumns)")
        let emitter = ExpressionEmitter(target: target) { writer, index in
          guard index > 0 else { return accumulator }
          let number = operandNumber(index)
          let row = writer.define("r", KernelText.pointer, "a.pointee.tables[\(number)][y]")
          let block = writer.sum("block", "\(v)")
          let offset = writer.define("i", "Int", "\(block) &* a.pointee.inputStrides[\(number)]")
          return epilogueOperands[index - 1].load(row: row, blockOffset: offset, x: x, target: target, into: &writer)
        } parameter: { _, index in
          loaded[index] ?? ""
        }
        var result = emitter.emit(epilogue, into: &writer)
        if masksPadding, let mask = loaded[channelParameterCount - 1] {
          let zero = writer.define("c", target.vector, "fcn_splat\(n)(0.0)")
          result = writer.define("v", target.vector, "fcn_selectLess\(n)(\(zero), \(mask), \(result), \(zero))")
        }
        writer.assign(accumulator, result)
      }
    }
  }

  /// The table of a further input: the convolution's own operand is number 0.
  private func operandNumber(_ input: Int) -> Int { input }

  /// Lane `c` of column `p` goes to plane `c`.
  private func emitPlanarStore(_ accumulators: [[String]], _ column: String, into writer: inout SwiftWriter) {
    let lanes = target.lanes
    let channels = planarChannels ?? 0
    for (v, columns) in accumulators.enumerated() {
      for lane in 0..<lanes {
        let number = writer.define("n", "Int", "block &* \(lanes)")
        let channel = writer.sum(number, "\(v * lanes + lane)")
        if lane + v * lanes >= channels { break }
        let plane = writer.define("i", "Int", "\(channel) &* outputStride")
        let offset = writer.define("i", "Int", "\(plane) &+ \(column)")
        let place = writer.define("o", KernelText.mutablePointer, "output + \(offset)")
        for (p, accumulator) in columns.enumerated() {
          writer.line("\(place)[\(p * phaseColumns)] = fcn_lane\(target.suffix)(\(accumulator), \(lane))")
        }
      }
    }
  }
}
