import FCNCore

/// Convolution by minimal filtering, fused over batches of tiles: the transformed input of a batch, its products and
/// its results stay in the caches, so scratch memory does not grow with the picture.
///
/// For each batch: the input of each tile is transformed, 8 channels at a time, into one plane for each of the n x n
/// products; each plane is a matrix product with the transformed weights (register tiles as in the direct kernel); the
/// products are transformed back, the epilogue is applied, and rows are stored.
///
/// Invariant TILES: tiles lie at absolute places (multiples of the results of a tile, for each phase of the dilation),
/// so a result does not depend on how the picture is divided among threads or bands.
struct WinogradConvolution: Kernel {
  /// A run of `count` groups of `vectors` output vectors.
  struct Group: Hashable, Sendable {
    var firstBlock: Int
    var vectors: Int
    var count: Int
    /// Where its weights begin, in floats from the first weight.
    var weights: Int
  }

  let rows: WinogradTransform
  let columns: WinogradTransform
  let rowStep: Int
  let columnStep: Int
  let inputBlocks: Int
  let outputBlocks: Int
  let groups: [Group]
  /// Tiles of a batch.
  let batch: Int
  let epilogue: PointwiseExpression?
  let epilogueOperands: [EpilogueOperand]
  let channelParameterCount: Int
  let masksPadding: Bool
  let target: Target

  var columnTile: Int { columns.results * columnStep }
  var rowTile: Int { rows.results * rowStep }
  var readsWholeTiles: Bool { true }
  /// Only a program whose groups are all alike is divided.
  var blockTile: Int { groups.count == 1 ? groups[0].vectors : 0 }

  private var lanes: Int { target.lanes }
  private var products: Int { rows.size * columns.size }
  /// Places for tiles: a register tile may reach past the batch.
  private var slots: Int {
    groups.map { target.columnsPerTile[$0.vectors] }.map { (batch + $0 - 1) / $0 * $0 }.max() ?? batch
  }
  /// Floats of a plane of the transformed input. The padding keeps the planes apart in the first-level cache.
  private var inputPlane: Int { inputBlocks * slots * lanes + 16 }
  /// Tiles that are transformed along the height, before they are along the width: a strip that stays in the first-level
  /// cache.
  private var stripTiles: Int { min(batch, 8) }
  /// Columns of a row that was transformed along the height.
  private var stripColumns: Int { stripTiles * columns.results + columns.size - columns.results }
  private var stripPlane: Int { stripColumns * lanes + 16 }
  private var widest: Int { groups.map(\.vectors).max() ?? 1 }
  private var productPlane: Int { widest * slots * lanes + 16 }

  // The parts of the scratch memory, in floats from its begin.
  private var productsStart: Int { products * inputPlane }
  private var stripStart: Int { productsStart + products * productPlane }
  private var placesStart: Int { stripStart + rows.size * stripPlane }
  var scratchSize: Int { placesStart + batch * 4 + 64 }

  /// Input channels whose weights for one product and group fit the first-level cache.
  private func chunk(_ vectors: Int) -> Int {
    let block = vectors * lanes * lanes * 4
    return block * inputBlocks <= 20_480 ? inputBlocks : max(1, 16_384 / block)
  }

  /// Cache lines of the next weights that are fetched while one input block is multiplied with those at hand.
  private func linesAhead(_ vectors: Int) -> Int {
    let lines = lanes * vectors * lanes * 4 / 64
    let turns = max(1, batch / target.columnsPerTile[vectors])
    return (lines + turns - 1) / turns
  }

  // MARK: Functions

  var algorithm: String {
    "minimal filtering F(\(rows.results)x\(columns.results), \(rows.taps)x\(columns.taps))"
  }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    emitInput(name, into: &writer)
    for vectors in Set(groups.map(\.vectors)).sorted() {
      emitProducts(name, vectors, into: &writer)
    }
    emitResults(name, into: &writer)
    KernelText.function(name, into: &writer) { writer in
      let scratch = "a.pointee.scratch"
      let planes = writer.define("v", KernelText.mutablePointer, scratch)
      let start = writer.define("p", KernelText.mutablePointer, "\(scratch) + \(placesStart)")
      let places = writer.define("p", "UnsafeMutableRawPointer", "UnsafeMutableRawPointer(\(start))")
      let place = writer.define("p", Self.integers, "\(places).assumingMemoryBound(to: Int.self)")
      let limit = self.tilesOfBatch(into: &writer)
      let filled = writer.variable("filled", "Int", "0")
      writer.loop("y", from: "begin", to: "end", by: rowTile) { writer, y in
        writer.loop("py", to: "\(rowStep)") { writer, rowPhase in
          let row = writer.sum(y, rowPhase)
          writer.loop("px", to: "\(columnStep)") { writer, columnPhase in
            let tiles = self.tileCount(columnPhase, into: &writer)
            let next = writer.variable("next", "Int", "0")
            writer.block("while \(next) < \(tiles)") { writer in
              let rest = writer.define("n", "Int", "\(tiles) &- \(next)")
              let room = writer.define("n", "Int", "\(limit) &- \(filled)")
              let count = writer.define("n", "Int", "\(rest) < \(room) ? \(rest) : \(room)")
              let skipped = writer.product(next, "\(columnTile)")
              let column = writer.sum(skipped, columnPhase)
              writer.line("\(name)_input(a, \(row), \(column), \(filled), \(count))")
              writer.loop("i", to: count) { writer, i in
                let slot = writer.sum(filled, i)
                let offset = writer.product(i, "\(columnTile)")
                let x = writer.sum(column, offset)
                let index = writer.product(slot, "2")
                writer.line("\(place)[\(index)] = \(row)")
                writer.line("\(place)[\(index) &+ 1] = \(x)")
              }
              writer.assign(next, "\(next) &+ \(count)")
              writer.assign(filled, "\(filled) &+ \(count)")
              writer.block("if \(filled) == \(limit)") { writer in
                writer.line("\(name)_batch(a, \(planes), \(place), \(filled), end)")
                writer.assign(filled, "0")
              }
            }
          }
        }
      }
      writer.block("if \(filled) > 0") { writer in
        writer.line("\(name)_batch(a, \(planes), \(place), \(filled), end)")
      }
    }
    emitBatch(name, into: &writer)
  }

  /// The tiles of the call in batches of one size: a small one at the end would read the weights for a few tiles.
  private func tilesOfBatch(into writer: inout SwiftWriter) -> String {
    let inRow = tileCount("0", into: &writer)
    let perRow = writer.product(inRow, "\(rowStep * columnStep)")
    let height = writer.define("n", "Int", "end &- begin")
    let raised = writer.sum(height, "\(rowTile - 1)")
    let rows = writer.define("n", "Int", "\(raised) / \(rowTile)")
    let total = writer.define("n", "Int", "\(rows) &* \(perRow)")
    let rest = writer.sum(total, "\(batch - 1)")
    let batches = writer.define("n", "Int", "\(rest) / \(batch)")
    let above = writer.sum(total, batches)
    let dividend = writer.define("n", "Int", "\(above) &- 1")
    let share = writer.define("n", "Int", "\(dividend) / \(batches)")
    let width = target.columnsPerTile[widest]
    let tiles = writer.sum(share, "\(width - 1)")
    let whole = writer.define("n", "Int", "\(tiles) / \(width)")
    let size = writer.product(whole, "\(width)")
    return writer.define("n", "Int", "\(size) < \(batch) ? \(size) : \(batch)")
  }

  private static let integers = "UnsafeMutablePointer<Int>"

  /// Tiles of a row in one phase of the columns.
  private func tileCount(_ phase: String, into writer: inout SwiftWriter) -> String {
    let shifted = writer.define("n", "Int", "a.pointee.width &- \(phase)")
    let raised = writer.sum(shifted, "\(columnTile - 1)")
    return writer.define("n", "Int", "\(raised) / \(columnTile)")
  }

  /// All groups of output channels for the tiles whose transformed input is there.
  private func emitBatch(_ name: String, into writer: inout SwiftWriter) {
    writer.line("@inline(never)")
    let signature =
      "func \(name)_batch(_ a: \(KernelText.arguments), _ planes: \(KernelText.mutablePointer), "
      + "_ places: \(Self.integers), _ tiles: Int, _ end: Int)"
    writer.block(signature) { writer in
      let head = (1 + channelParameterCount) * outputBlocks * lanes
      let weights = writer.define("w", KernelText.pointer, "a.pointee.parameters + \(head)")
      for group in groups {
        let perGroup = products * inputBlocks * lanes * group.vectors * lanes
        let last = group.firstBlock + group.count * group.vectors
        let from = blockTile > 0 ? "a.pointee.firstBlock" : "\(group.firstBlock)"
        let to = blockTile > 0 ? "a.pointee.endBlock" : "\(last)"
        let start = writer.define("w", KernelText.pointer, "\(weights) + \(group.weights)")
        writer.loop("b", from: from, to: to, by: group.vectors) { writer, block in
          let past = writer.define("b", "Int", "\(block) &- \(group.firstBlock)")
          let number = writer.define("b", "Int", "\(past) / \(group.vectors)")
          let skipped = writer.product(number, "\(perGroup)")
          let own = writer.define("w", KernelText.pointer, "\(start) + \(skipped)")
          let width = target.columnsPerTile[group.vectors]
          writer.line("\(name)_products_\(group.vectors)_\(width)(\(own), planes, planes + \(productsStart), tiles)")
          writer.line(
            "\(name)_results(a, planes + \(productsStart), places, tiles, \(block), \(group.vectors), end)")
        }
      }
    }
  }

  /// B^T d B of `count` tiles side by side: first along the height for all columns of the strip, of which neighbours
  /// share two, then along the width.
  private func emitInput(_ name: String, into writer: inout SwiftWriter) {
    let n = target.suffix
    writer.line("@inline(never)")
    let signature =
      "func \(name)_input(_ a: \(KernelText.arguments), _ row: Int, _ column: Int, _ first: Int, _ count: Int)"
    writer.block(signature) { writer in
      let strip = writer.define("s", KernelText.mutablePointer, "a.pointee.scratch + \(stripStart)")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let pixel = writer.product("column", "\(lanes)")
      // Tap k of result i is number i + k of the tile.
      let lines = (0..<rows.size).map { line -> String in
        let result = min(line, rows.results - 1)
        let output = writer.sum("row", "\(result * rowStep)")
        let table = writer.product(output, "\(rows.taps)")
        let index = writer.sum(table, "\(line - result)")
        return writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(index)] + \(pixel)")
      }
      let slot = writer.product("first", "\(lanes)")
      let planes = writer.define("v", KernelText.mutablePointer, "a.pointee.scratch + \(slot)")
      writer.loop("b", to: "\(inputBlocks)") { writer, block in
        let skipped = writer.define("i", "Int", "\(block) &* \(inputStride)")
        let blockLines = lines.map { writer.define("r", KernelText.pointer, "\($0) + \(skipped)") }
        let blockStart = writer.product(block, "\(slots * lanes)")
        let target1 = writer.define("v", KernelText.mutablePointer, "\(planes) + \(blockStart)")
        writer.loop("s", to: "count", by: stripTiles) { writer, begin in
          let rest = writer.define("n", "Int", "count &- \(begin)")
          let tiles = writer.define("n", "Int", "\(rest) < \(stripTiles) ? \(rest) : \(stripTiles)")
          let width = writer.product(tiles, "\(columns.results)")
          let stripEnd = writer.sum(width, "\(columns.size - columns.results)")
          let behind = writer.product(begin, "\(columnTile * lanes)")
          writer.loop("x", to: stripEnd) { writer, x in
            let distance = writer.product(x, "\(columnStep * lanes)")
            let offset = writer.sum(behind, distance)
            if columnStep > 1 {
              let beside = writer.sum(offset, "\(lanes)")
              for line in blockLines { writer.line("fcn_prefetch(\(line) + \(beside))") }
            }
            let d = blockLines.map { writer.define("d", target.vector, "fcn_load\(n)(\($0) + \(offset))") }
            let place = writer.product(x, "\(lanes)")
            for (index, value) in rows.emitInput(d, into: &writer, target: target).enumerated() {
              let at = writer.sum(place, "\(index * stripPlane)")
              writer.line("fcn_store\(n)(\(strip) + \(at), \(value))")
            }
          }
          writer.loop("t", to: tiles) { writer, t in
            let from = writer.product(t, "\(columns.results * lanes)")
            let slot = writer.sum(begin, t)
            let to = writer.product(slot, "\(lanes)")
            let source = writer.define("s", KernelText.mutablePointer, "\(strip) + \(from)")
            let place = writer.define("v", KernelText.mutablePointer, "\(target1) + \(to)")
            writer.loop("l", to: "\(rows.size)") { writer, line in
              let skipped = writer.product(line, "\(stripPlane)")
              let first = writer.define("s", KernelText.mutablePointer, "\(source) + \(skipped)")
              let d = (0..<columns.size).map {
                writer.define("d", target.vector, "fcn_load\(n)(\(first) + \($0 * lanes))")
              }
              let plane = writer.product(line, "\(columns.size * inputPlane)")
              let own = writer.define("v", KernelText.mutablePointer, "\(place) + \(plane)")
              for (index, value) in columns.emitInput(d, into: &writer, target: target).enumerated() {
                writer.line("fcn_store\(n)(\(own) + \(index * inputPlane), \(value))")
              }
            }
          }
        }
      }
    }
  }

  /// The matrix product of each plane: `vectors` output vectors by a few tiles in registers.
  private func emitProducts(_ name: String, _ vectors: Int, into writer: inout SwiftWriter) {
    let n = target.suffix
    let width = target.columnsPerTile[vectors]
    let chunk = chunk(vectors)
    writer.line("@inline(never)")
    let signature =
      "func \(name)_products_\(vectors)_\(width)(_ weights: \(KernelText.pointer), _ planes: \(KernelText.mutablePointer), "
      + "_ products: \(KernelText.mutablePointer), _ tiles: Int)"
    writer.block(signature) { writer in
      let perPlane = inputBlocks * lanes * vectors * lanes
      writer.loop("xi", to: "\(products)") { writer, product in
        let planeStart = writer.product(product, "\(inputPlane)")
        let productStart = writer.product(product, "\(productPlane)")
        let weightStart = writer.product(product, "\(perPlane)")
        writer.loop("c", to: "\(inputBlocks)", by: chunk) { writer, c in
          let end = writer.sum(c, "\(chunk)")
          let limit = writer.define("n", "Int", "\(end) < \(inputBlocks) ? \(end) : \(inputBlocks)")
          let skippedWeights = writer.product(c, "\(lanes * vectors * lanes)")
          let own = writer.sum(weightStart, skippedWeights)
          let first = writer.define("w", KernelText.pointer, "weights + \(own)")
          let skipped = writer.product(c, "\(slots * lanes)")
          let start = writer.sum(planeStart, skipped)
          let ahead = writer.variable("q", KernelText.pointer, "\(first) + \(chunk * lanes * vectors * lanes)")
          let last = writer.define("n", "Int", "\(limit) &* \(slots * lanes)")
          let stop = writer.sum(planeStart, last)
          writer.loop("t", to: "tiles", by: width) { writer, t in
            let tile = writer.product(t, "\(lanes)")
            let at = writer.sum(productStart, tile)
            let place = writer.define("m", KernelText.mutablePointer, "products + \(at)")
            let accumulators = (0..<vectors).map { _ in
              (0..<width).map { _ in writer.variable("acc", target.vector, "fcn_splat\(n)(0.0)") }
            }
            if chunk < inputBlocks {
              writer.block("if \(c) > 0") { writer in
                for v in 0..<vectors {
                  for p in 0..<width {
                    writer.assign(
                      accumulators[v][p], "fcn_load\(n)(\(place) + \((v * slots + p) * lanes))")
                  }
                }
              }
            }
            let weight = writer.variable("w", KernelText.pointer, first)
            let block = writer.variable("q", "Int", writer.sum(start, tile))
            let blockEnd = writer.sum(stop, tile)
            writer.block("while \(block) < \(blockEnd)") { writer in
              for line in 0..<linesAhead(vectors) { writer.line("fcn_prefetch(\(ahead) + \(line * 16))") }
              writer.assign(ahead, "\(ahead) + \(linesAhead(vectors) * 16)")
              let lane = writer.variable("q", KernelText.pointer, "UnsafePointer<Float>(planes + \(block))")
              for line in 0..<((width * lanes + 15) / 16) {
                writer.line("fcn_prefetch_near(\(lane) + \(width * lanes + line * 16))")
              }
              let laneEnd = writer.define("q", KernelText.pointer, "\(lane) + \(lanes)")
              writer.block("while \(lane) < \(laneEnd)") { writer in
                OuterProduct(accumulators: accumulators, target: target).emit(
                  into: &writer,
                  factor: { "fcn_load\(n)(\(weight) + \($0 * lanes))" },
                  input: { "fcn_broadcast\(n)(\(lane) + \($0 * lanes))" })
                writer.assign(weight, "\(weight) + \(vectors * lanes)")
                writer.assign(lane, "\(lane) + 1")
              }
              writer.assign(block, "\(block) &+ \(slots * lanes)")
            }
            for v in 0..<vectors {
              for p in 0..<width {
                writer.line("fcn_store\(n)(\(place) + \((v * slots + p) * lanes), \(accumulators[v][p]))")
              }
            }
          }
        }
      }
    }
  }

  /// A^T M A of each tile, bias, epilogue, and the rows that lie in the picture are stored.
  private func emitResults(_ name: String, into writer: inout SwiftWriter) {
    let n = target.suffix
    writer.line("@inline(never)")
    let signature =
      "func \(name)_results(_ a: \(KernelText.arguments), _ products: \(KernelText.mutablePointer), "
      + "_ places: \(Self.integers), _ tiles: Int, _ block: Int, _ vectors: Int, _ end: Int)"
    writer.block(signature) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let strip = writer.define("s", KernelText.mutablePointer, "a.pointee.scratch + \(stripStart)")
      writer.loop("v", to: "vectors") { writer, v in
        let own = writer.sum("block", v)
        let blockStart = writer.define("o", "Int", "\(own) &* \(outputStride)")
        let channel = writer.product(own, "\(lanes)")
        let bias = writer.define("k", KernelText.pointer, "a.pointee.parameters + \(channel)")
        let skipped = writer.product(v, "\(slots * lanes)")
        writer.loop("t", to: "tiles") { writer, t in
          let tile = writer.product(t, "\(lanes)")
          let at = writer.sum(skipped, tile)
          let source = writer.define("m", KernelText.mutablePointer, "products + \(at)")
          let index = writer.product(t, "2")
          let row = writer.define("y", "Int", "places[\(index)]")
          let column = writer.define("x", "Int", "places[\(index) &+ 1]")
          writer.loop("n", to: "\(columns.size)") { writer, number in
            let skipped = writer.product(number, "\(productPlane)")
            let first = writer.define("m", KernelText.mutablePointer, "\(source) + \(skipped)")
            let m = (0..<rows.size).map {
              writer.define("m", target.vector, "fcn_load\(n)(\(first) + \($0 * columns.size * productPlane))")
            }
            let place = writer.product(number, "\(lanes)")
            let own = writer.define("s", KernelText.mutablePointer, "\(strip) + \(place)")
            for (line, value) in rows.emitOutput(m, into: &writer, target: target).enumerated() {
              writer.line("fcn_store\(n)(\(own) + \(line * columns.size * lanes), \(value))")
            }
          }
          let pixel = writer.product(column, "\(lanes)")
          let offset = writer.sum(blockStart, pixel)
          let below = writer.define("n", "Int", "end &- \(row)")
          let raised = writer.sum(below, "\(rowStep - 1)")
          let left = writer.define("n", "Int", "\(raised) / \(rowStep)")
          let lines = writer.define("n", "Int", "\(left) < \(rows.results) ? \(left) : \(rows.results)")
          writer.loop("l", to: lines) { writer, line in
            let skippedRows = writer.product(line, "\(rowStep)")
            let y = writer.sum(row, skippedRows)
            let place = writer.define(
              "o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)] + \(offset)")
            let skipped = writer.product(line, "\(columns.size * lanes)")
            let first = writer.define("s", KernelText.mutablePointer, "\(strip) + \(skipped)")
            let m = (0..<columns.size).map {
              writer.define("m", target.vector, "fcn_load\(n)(\(first) + \($0 * lanes))")
            }
            let shift = writer.define("k", target.vector, "fcn_load\(n)(\(bias))")
            for (x, value) in columns.emitOutput(m, into: &writer, target: target).enumerated() {
              let sum = writer.define("v", target.vector, "fcn_add\(n)(\(value), \(shift))")
              let position = writer.sum(column, "\(x * columnStep)")
              let result = finish(sum, own, bias, position, y, into: &writer)
              writer.line("fcn_store\(n)(\(place) + \(x * columnStep * lanes), \(result))")
              if columnStep > 1 { writer.line("fcn_prefetch(\(place) + \((x * columnStep + 1) * lanes))") }
            }
          }
        }
      }
    }
  }

  private func finish(
    _ value: String, _ block: String, _ bias: String, _ column: String, _ y: String, into writer: inout SwiftWriter
  ) -> String {
    guard let epilogue else { return value }
    let n = target.suffix
    let load = { (writer: inout SwiftWriter, index: Int) -> String in
      let offset = (1 + index) * outputBlocks * lanes
      return writer.define("k", target.vector, "fcn_load\(n)(\(bias) + \(offset))")
    }
    let emitter = ExpressionEmitter(target: target) { writer, index in
      guard index > 0 else { return value }
      let row = writer.define("r", KernelText.pointer, "a.pointee.tables[\(index)][\(y)]")
      let offset = writer.define("i", "Int", "\(block) &* a.pointee.inputStrides[\(index)]")
      return epilogueOperands[index - 1].load(row: row, blockOffset: offset, x: column, target: target, into: &writer)
    } parameter: { writer, index in
      load(&writer, index)
    }
    let result = emitter.emit(epilogue, into: &writer)
    guard masksPadding else { return result }
    let mask = load(&writer, channelParameterCount - 1)
    let zero = writer.define("c", target.vector, "fcn_splat\(n)(0.0)")
    return writer.define("v", target.vector, "fcn_selectLess\(n)(\(zero), \(mask), \(result), \(zero))")
  }
}
