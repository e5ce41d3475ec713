import FCNCore

/// Convolution to a few planar channels: the lanes of a vector hold input channels, so none is empty where there are
/// fewer output channels than lanes. A tile of (output channels and column phases) x columns of partial sums stays in
/// registers while the taps of some input blocks pass by, and in scratch memory in between; the lanes of each are added up
/// at the end.
struct FewOutputsConvolution: Kernel {
  /// Taps of one phase.
  let rows: Int
  let columns: Int
  /// Input columns between taps, and between output columns of a phase.
  let columnStep: Int
  let columnMultiply: Int
  let phaseRows: Int
  let phaseColumns: Int
  /// The taps that each phase has along each axis: all, or one less.
  let tapRows: [Int]
  let tapColumns: [Int]
  let rowShift: Int
  let lead: Int
  let inputBlocks: Int
  let channels: Int
  let outputBlocks: Int
  let epilogue: PointwiseExpression?
  let channelParameterCount: Int
  let target: Target

  /// Columns whose partial sums are in scratch memory at once: a multiple of every tile and of the lanes.
  private static let strip = 96

  private var lanes: Int { target.lanes }
  /// Partial sums of one column.
  private var sums: Int { channels * phaseColumns }
  /// Columns of a tile, as many as leave registers for its sums and for the weights or the inputs that they share.
  private static let widths = [24, 12, 6, 4, 3, 2]
  private var width: Int {
    Self.widths.first { sums * $0 + min(sums, $0) + 1 < target.registers } ?? 1
  }
  /// Rows of input blocks that a tile reads side by side: more streams than the processor foresees would come late.
  private static let streams = 12
  private var blocksAtOnce: Int { min(inputBlocks, max(1, Self.streams / rows)) }

  /// Whole tiles of sums are read, up to the end of whole vectors of results, which are written.
  var columnTile: Int { (lanes + width - 1) / width * width * phaseColumns }
  var leadingColumns: Int { lead }
  var scratchSize: Int { (sums * Self.strip + phaseColumns) * lanes }

  var algorithm: String {
    "few outputs \(rows)x\(columns)" + (phaseRows * phaseColumns > 1 ? " by \(phaseRows)x\(phaseColumns) phases" : "")
  }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    emitSums(name, into: &writer)
    emitResults(name, into: &writer)
    KernelText.function(name, into: &writer) { writer in
      let head = (1 + channelParameterCount) * outputBlocks * lanes
      let weights = writer.define("w", KernelText.pointer, "a.pointee.parameters + \(head)")
      let reach = writer.define("n", "Int", "a.pointee.width &+ \(lead + phaseColumns - 1)")
      let extent = writer.define("n", "Int", "\(reach) / \(phaseColumns)")
      // A strip goes down through the rows, which are still in the cache where the next row reads them again.
      writer.loop("x", to: extent, by: Self.strip) { writer, x in
        let rest = writer.define("n", "Int", "\(extent) &- \(x)")
        let count = writer.define("n", "Int", "\(rest) < \(Self.strip) ? \(rest) : \(Self.strip)")
        writer.loop("y", from: "begin", to: "end") { writer, y in
          let shifted = writer.sum(y, "\(rowShift)")
          let phase = writer.define("p", "Int", "\(shifted) % \(phaseRows)")
          let skipped = writer.product(phase, "\(inputBlocks * rows * columns * sums * lanes)")
          let own = writer.define("w", KernelText.pointer, "\(weights) + \(skipped)")
          writer.line("\(name)_sums(a, \(own), \(y), \(phase), \(x), \(count))")
          writer.line("\(name)_results(a, \(y), \(x), \(count))")
        }
      }
    }
  }

  /// The partial sums of `count` columns.
  private func emitSums(_ name: String, into writer: inout SwiftWriter) {
    let n = target.suffix
    writer.line("@inline(never)")
    let signature =
      "func \(name)_sums(_ a: \(KernelText.arguments), _ weights: \(KernelText.pointer), _ y: Int, _ phase: Int, "
      + "_ start: Int, _ count: Int)"
    writer.block(signature) { writer in
      let skipped = writer.product("y", "\(rows)")
      let table = writer.define("t", KernelText.rows, "a.pointee.tables[0] + \(skipped)")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let most = tapRows.max() ?? rows
      let whole = tapRows.count { $0 == most }
      let taps = writer.define("n", "Int", whole == phaseRows ? "\(most)" : "phase < \(whole) ? \(most) : \(most - 1)")
      // Unrolled, the loop over the taps would share inputs between them, and those do not fit the registers.
      let common = tapColumns.min() ?? columns
      let extent = writer.define("n", "Int", "fcn_opaque(\(common * sums * lanes))")
      let tiles = { (writer: inout SwiftWriter, from: String, to: String) in
        writer.loop("x", to: "count", by: width) { writer, x in
          let place = writer.product(x, "\(lanes)")
          let scratch = writer.define("m", KernelText.mutablePointer, "a.pointee.scratch + \(place)")
          let accumulators = (0..<sums).map { _ in
            (0..<width).map { _ in writer.variable("acc", target.vector, "fcn_splat\(n)(0.0)") }
          }
          if blocksAtOnce < inputBlocks {
            writer.block("if \(from) > 0") { writer in
              for (sum, columns) in accumulators.enumerated() {
                for (p, accumulator) in columns.enumerated() {
                  writer.assign(accumulator, "fcn_load\(n)(\(scratch) + \((sum * Self.strip + p) * lanes))")
                }
              }
            }
          }
          let column = writer.sum("start", x)
          let pixel = writer.product(column, "\(columnMultiply * lanes)")
          writer.loop("b", from: from, to: to) { writer, block in
            let blockStart = writer.define("i", "Int", "\(block) &* \(inputStride)")
            let offset = writer.sum(blockStart, pixel)
            let perBlock = writer.product(block, "\(rows * columns * sums * lanes)")
            let first = writer.define("w", KernelText.pointer, "weights + \(perBlock)")
            writer.loop("ky", to: taps) { writer, ky in
              let row = writer.define("r", KernelText.pointer, "\(table)[\(ky)] + \(offset)")
              let perRow = writer.product(ky, "\(columns * sums * lanes)")
              let weight = writer.variable("w", KernelText.pointer, "\(first) + \(perRow)")
              let input = writer.variable("q", KernelText.pointer, row)
              let end = writer.define("w", KernelText.pointer, "\(weight) + \(extent)")
              writer.block("while \(weight) < \(end)") { writer in
                emitTap(Array(0..<sums), weight, input, accumulators, into: &writer)
                writer.assign(weight, "\(weight) + \(sums * lanes)")
                writer.assign(input, "\(input) + \(columnStep * lanes)")
              }
              for kx in common..<columns {
                let present = (0..<sums).filter { kx < tapColumns[$0 % phaseColumns] }
                emitTap(present, weight, input, accumulators, into: &writer)
                if kx < columns - 1 {
                  writer.assign(weight, "\(weight) + \(sums * lanes)")
                  writer.assign(input, "\(input) + \(columnStep * lanes)")
                }
              }
            }
          }
          for (sum, columns) in accumulators.enumerated() {
            for (p, accumulator) in columns.enumerated() {
              writer.line("fcn_store\(n)(\(scratch) + \((sum * Self.strip + p) * lanes), \(accumulator))")
            }
          }
        }
      }
      guard blocksAtOnce < inputBlocks else { return tiles(&writer, "0", "\(inputBlocks)") }
      writer.loop("c", to: "\(inputBlocks)", by: blocksAtOnce) { writer, c in
        let end = writer.sum(c, "\(blocksAtOnce)")
        let limit = writer.define("n", "Int", "\(end) < \(inputBlocks) ? \(end) : \(inputBlocks)")
        tiles(&writer, c, limit)
      }
    }
  }

  /// One tap: the weights of the sums that have it, times the inputs of all columns.
  private func emitTap(
    _ present: [Int], _ weight: String, _ input: String, _ accumulators: [[String]], into writer: inout SwiftWriter
  ) {
    let n = target.suffix
    OuterProduct(accumulators: present.map { accumulators[$0] }, target: target).emit(
      into: &writer,
      factor: { "fcn_load\(n)(\(weight) + \(present[$0] * lanes))" },
      input: { "fcn_load\(n)(\(input) + \($0 * columnMultiply * lanes))" })
  }

  /// The lanes of the partial sums added up, bias and epilogue, and the rows of the planes.
  private func emitResults(_ name: String, into writer: inout SwiftWriter) {
    let n = target.suffix
    writer.line("@inline(never)")
    let signature =
      "func \(name)_results(_ a: \(KernelText.arguments), _ y: Int, _ start: Int, _ count: Int)"
    writer.block(signature) { writer in
      let row = writer.define("r", KernelText.mutablePointer, "a.pointee.outputs[0][y]")
      let stride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let numbers = writer.define("k", KernelText.pointer, "a.pointee.parameters")
      let scratch = writer.define("m", KernelText.mutablePointer, "a.pointee.scratch")
      for channel in 0..<channels {
        let plane = writer.product(stride, "\(channel)")
        let output = writer.define("o", KernelText.mutablePointer, "\(row) + \(plane)")
        let bias = writer.define("k", target.vector, "fcn_broadcast\(n)(\(numbers) + \(channel))")
        let parameters = (0..<channelParameterCount).map { index in
          let offset = (1 + index) * outputBlocks * lanes + channel
          return writer.define("k", target.vector, "fcn_broadcast\(n)(\(numbers) + \(offset))")
        }
        writer.loop("x", to: "count", by: lanes) { writer, x in
          let place = writer.product(x, "\(lanes)")
          let results = (0..<phaseColumns).map { phase -> String in
            let sum = channel * phaseColumns + phase
            let vectors = (0..<lanes).map { column -> String in
              let offset = writer.sum(place, "\((sum * Self.strip + column) * lanes)")
              return writer.define("v", target.vector, "fcn_load\(n)(\(scratch) + \(offset))")
            }
            let total = writer.define("v", target.vector, "fcn_totals\(n)(\(vectors.joined(separator: ", ")))")
            let shifted = writer.define("v", target.vector, "fcn_add\(n)(\(total), \(bias))")
            guard let epilogue else { return shifted }
            let emitter = ExpressionEmitter(target: target) { _, _ in
              shifted
            } parameter: { _, index in
              parameters[index]
            }
            return emitter.emit(epilogue, into: &writer)
          }
          let column = writer.sum("start", x)
          let scaled = writer.product(column, "\(phaseColumns)")
          let position = lead == 0 ? scaled : writer.define("x", "Int", "\(scaled) &- \(lead)")
          let own = writer.define("o", KernelText.mutablePointer, "\(output) + \(position)")
          emitStore(results, own, into: &writer)
        }
      }
    }
  }

  /// Stores the vectors of all column phases so that their lanes take turns.
  private func emitStore(_ results: [String], _ place: String, into writer: inout SwiftWriter) {
    let n = target.suffix
    switch results.count {
    case 1:
      writer.line("fcn_store\(n)(\(place), \(results[0]))")
    case 2:
      for (half, name) in ["Low", "High"].enumerated() {
        let zipped = writer.define("v", target.vector, "fcn_zip\(name)\(n)(\(results[0]), \(results[1]))")
        writer.line("fcn_store\(n)(\(place) + \(half * lanes), \(zipped))")
      }
    default:
      for lane in 0..<lanes {
        for (phase, result) in results.enumerated() {
          writer.line("\(place)[\(lane * results.count + phase)] = fcn_lane\(n)(\(result), \(lane))")
        }
      }
    }
  }
}
