import FCNCore

/// The mean of each channel over the whole value. Rows are summed by themselves and then added up in order, so the
/// result does not depend on threads.
struct GlobalMeanKernel: Kernel {
  let blocks: Int

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let height = writer.define("n", "Int", "a.pointee.inputHeights[0]")
      let width = writer.define("n", "Int", "a.pointee.inputWidths[0]")
      let pixels = writer.define("n", "Int", "\(height) &* \(width)")
      let count = writer.define("n", "Float", "Float(\(pixels))")
      let divisor = writer.define("v", target.vector, "fcn_splat\(n)(\(count))")
      writer.loop("b", to: "\(blocks)") { writer, block in
        let skipped = writer.define("i", "Int", "\(block) &* \(inputStride)")
        let total = writer.variable("total", target.vector, "fcn_splat\(n)(0.0)")
        writer.loop("y", to: height) { writer, y in
          let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)] + \(skipped)")
          let sum = writer.variable("sum", target.vector, "fcn_splat\(n)(0.0)")
          writer.loop("x", to: width) { writer, x in
            let offset = writer.product(x, "\(lanes)")
            let value = writer.define("v", target.vector, "fcn_load\(n)(\(row) + \(offset))")
            writer.assign(sum, "fcn_add\(n)(\(sum), \(value))")
          }
          writer.assign(total, "fcn_add\(n)(\(total), \(sum))")
        }
        let result = writer.define("v", target.vector, "fcn_divide\(n)(\(total), \(divisor))")
        let place = writer.define("o", "Int", "\(block) &* \(outputStride)")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][0] + \(place)")
        writer.line("fcn_store\(n)(\(output), \(result))")
      }
    }
  }
}
