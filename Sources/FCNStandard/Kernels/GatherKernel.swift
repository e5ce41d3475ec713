import FCNCore

/// Copies pixels from places that tables tell: crop, pad and nearest enlargement. Column -1 is the border's number.
struct GatherKernel: Kernel {
  let border: Float
  let blocks: Int
  let target: Target

  var algorithm: String { "copy of pixels" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let columns = writer.define("t", "UnsafePointer<Int32>", "a.pointee.columns[0]")
      let filler = writer.define(
        "c", target.vector, "fcn_splat\(n)(\(border == -.infinity ? "-Float.infinity" : "\(border)"))")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)]")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("b", to: "\(blocks)") { writer, block in
          let from = writer.define("i", "Int", "\(block) &* \(inputStride)")
          let to = writer.define("i", "Int", "\(block) &* \(outputStride)")
          let source = writer.define("r", KernelText.pointer, "\(row) + \(from)")
          let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(to)")
          writer.loop("x", to: "a.pointee.width") { writer, x in
            let column = writer.define("i", "Int32", "\(columns)[\(x)]")
            let value = writer.variable("v", target.vector, filler)
            writer.block("if \(column) >= 0") { writer in
              let wide = writer.define("i", "Int", "Int(\(column))")
              let offset = writer.product(wide, "\(lanes)")
              writer.assign(value, "fcn_load\(n)(\(source) + \(offset))")
            }
            let position = writer.product(x, "\(lanes)")
            writer.line("fcn_store\(n)(\(place) + \(position), \(value))")
          }
        }
      }
    }
  }
}
