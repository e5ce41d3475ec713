import FCNCore

/// Moves channels into space or back, number by number, by a table of places in the parameters.
///
/// Shuffle: output column `x * factor + j` of channel `c` in row phase `i` comes from input column `x`. Unshuffle: output
/// column `x` comes from input column `x * factor + j`. The parameters hold, for each move, the lane of the input, the
/// lane of the output, the row tap (or phase) and the column offset.
struct PixelShuffleKernel: Kernel {
  let factor: Int
  let isUnshuffle: Bool
  let inputLanes: Int
  let outputLanes: Int
  let outputBlocks: Int
  /// Moves per row phase (shuffle) or in all (unshuffle).
  let moves: Int

  var columnTile: Int { 1 }

  var algorithm: String { "moves of numbers" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        if outputLanes > 1 {
          // Lanes without a channel hold zero (Invariant LANES).
          let count = writer.define("n", "Int", "a.pointee.width &* \(outputLanes)")
          let start = writer.define("o", "Int", "\(outputStride) &* \(outputBlocks - 1)")
          writer.loop("i", to: count) { writer, i in
            let place = writer.define("o", "Int", "\(start) &+ \(i)")
            writer.line("\(output)[\(place)] = 0.0")
          }
        }
        let phase = isUnshuffle ? "0" : writer.define("p", "Int", "\(y) % \(factor)")
        let first = writer.product(phase, "\(moves * 4)")
        let moveTable = writer.define("t", KernelText.pointer, "a.pointee.parameters + \(first)")
        let rowStart = writer.product(y, isUnshuffle ? "\(factor)" : "1")
        let table = writer.define("t", KernelText.rows, "a.pointee.tables[0] + \(rowStart)")
        writer.loop("m", to: "\(moves)") { writer, move in
          let entry = writer.product(move, "4")
          let fields = (0..<4).map { field -> String in
            let index = writer.sum(entry, "\(field)")
            let number = writer.define("f", "Float", "\(moveTable)[\(index)]")
            return writer.define("f", "Int", "Int(\(number))")
          }
          let from = place(fields[0], inputLanes, inputStride, into: &writer)
          let to = place(fields[1], outputLanes, outputStride, into: &writer)
          let row = writer.define("r", KernelText.pointer, "\(table)[\(fields[2])] + \(from)")
          let target = writer.define("o", KernelText.mutablePointer, "\(output) + \(to)")
          let shift = writer.product(fields[3], "\(isUnshuffle ? inputLanes : outputLanes)")
          let width = writer.define("n", "Int", "a.pointee.width")
          let limit = isUnshuffle ? width : writer.define("n", "Int", "\(width) / \(factor)")
          writer.loop("x", to: limit) { writer, x in
            let wide = writer.product(x, "\(factor * (self.isUnshuffle ? self.inputLanes : self.outputLanes))")
            let fine = writer.sum(wide, shift)
            let coarse = writer.product(x, "\(self.isUnshuffle ? self.outputLanes : self.inputLanes)")
            if self.isUnshuffle {
              writer.line("\(target)[\(coarse)] = \(row)[\(fine)]")
            } else {
              writer.line("\(target)[\(fine)] = \(row)[\(coarse)]")
            }
          }
        }
      }
    }
  }

  private func place(_ position: String, _ lanes: Int, _ stride: String, into writer: inout SwiftWriter) -> String {
    if lanes == 1 { return writer.define("a", "Int", "\(position) &* \(stride)") }
    let block = writer.define("a", "Int", "\(position) / \(lanes)")
    let lane = writer.define("a", "Int", "\(position) % \(lanes)")
    let offset = writer.define("a", "Int", "\(block) &* \(stride)")
    return writer.define("a", "Int", "\(offset) &+ \(lane)")
  }
}
