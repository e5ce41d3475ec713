import FCNCore

/// The lowest channel that has the largest number, for as many pixels at once as there are lanes.
struct ArgMaxKernel: Kernel {
  let pixels: SeparatedPixels
  let output: Storage

  var algorithm: String { "argmax of channels" }
  var columnTile: Int { pixels.target.lanes }
  var scratchSize: Int { pixels.scratchSize }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let one = writer.define("c", target.vector, "fcn_splat\(n)(1.0)")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)]")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("x", to: "a.pointee.width", by: target.lanes) { writer, x in
          pixels.emitTaking(row, x, into: &writer)
          let first = pixels.emitChannel(0, into: &writer)
          let best = writer.variable("best", target.vector, first)
          let winner = writer.variable("winner", target.vector, "fcn_splat\(n)(0.0)")
          let number = writer.variable("number", target.vector, one)
          pixels.emitChannels(from: 1, into: &writer) { writer, value in
            writer.assign(winner, "fcn_selectLess\(n)(\(best), \(value), \(number), \(winner))")
            writer.assign(best, "fcn_maximum\(n)(\(best), \(value))")
            writer.assign(number, "fcn_add\(n)(\(number), \(one))")
          }
          self.output.emitStore([winner], output, x, target: target, into: &writer)
        }
      }
    }
  }
}
