import FCNCore

/// Softmax over the channels of each pixel. Lanes that hold no channel take no part.
///
/// Parameters: per lane, 0 or -infinity added before the maximum; per lane, 1 or 0 times the exponential.
struct SoftmaxKernel: Kernel {
  let blocks: Int

  var algorithm: String { "softmax of channels" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let second = writer.define("k", KernelText.pointer, "a.pointee.parameters + \(blocks * lanes)")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)]")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("x", to: "a.pointee.width") { writer, x in
          let position = writer.product(x, "\(lanes)")
          let pixel = writer.define("r", KernelText.pointer, "\(row) + \(position)")
          let best = writer.variable("best", target.vector, "fcn_splat\(n)(-Float.infinity)")
          let masked = { (writer: inout SwiftWriter, block: String) -> (value: String, channel: String) in
            let skipped = writer.define("i", "Int", "\(block) &* \(inputStride)")
            let channel = writer.product(block, "\(lanes)")
            let value = writer.define("v", target.vector, "fcn_load\(n)(\(pixel) + \(skipped))")
            let mask = writer.define("k", target.vector, "fcn_load\(n)(a.pointee.parameters + \(channel))")
            return (writer.define("v", target.vector, "fcn_add\(n)(\(value), \(mask))"), channel)
          }
          writer.loop("b", to: "\(blocks)") { writer, block in
            let (value, _) = masked(&writer, block)
            writer.assign(best, "fcn_maximum\(n)(\(best), \(value))")
          }
          let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(position)")
          let largest = writer.define("n", "Float", "fcn_largest\(n)(\(best))")
          let shift = writer.define("v", target.vector, "fcn_splat\(n)(\(largest))")
          let sum = writer.variable("sum", target.vector, "fcn_splat\(n)(0.0)")
          writer.loop("b", to: "\(blocks)") { writer, block in
            let (value, channel) = masked(&writer, block)
            let lower = writer.define("v", target.vector, "fcn_subtract\(n)(\(value), \(shift))")
            let power = writer.define("v", target.vector, "fcn_exponential\(n)(\(lower))")
            let keep = writer.define("k", target.vector, "fcn_load\(n)(\(second) + \(channel))")
            let kept = writer.define("v", target.vector, "fcn_multiply\(n)(\(power), \(keep))")
            writer.assign(sum, "fcn_add\(n)(\(sum), \(kept))")
            let skipped = writer.define("i", "Int", "\(block) &* \(outputStride)")
            writer.line("fcn_store\(n)(\(place) + \(skipped), \(kept))")
          }
          let total = writer.define("n", "Float", "fcn_total\(n)(\(sum))")
          let divisor = writer.define("v", target.vector, "fcn_splat\(n)(\(total))")
          writer.loop("b", to: "\(blocks)") { writer, block in
            let skipped = writer.define("i", "Int", "\(block) &* \(outputStride)")
            let value = writer.define("v", target.vector, "fcn_load\(n)(\(place) + \(skipped))")
            let result = writer.define("v", target.vector, "fcn_divide\(n)(\(value), \(divisor))")
            writer.line("fcn_store\(n)(\(place) + \(skipped), \(result))")
          }
        }
      }
    }
  }
}
