import FCNCore

/// The mean of each channel over each part of the value, which is cut into `rows` x `columns` parts: part i of k along
/// an axis of n pixels is floor(i * n / k) ..< ceil((i + 1) * n / k). The rows of a part are summed by themselves and
/// then added up in order, so the result does not depend on threads.
struct MeanOfParts: Kernel {
  let rows: Int
  let columns: Int
  let blocks: Int

  var algorithm: String { rows * columns == 1 ? "mean" : "mean of \(rows)x\(columns) parts" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let height = writer.define("n", "Int", "a.pointee.inputHeights[0]")
      let width = writer.define("n", "Int", "a.pointee.inputWidths[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let (top, bottom) = part(y, of: rows, size: height, into: &writer)
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("b", to: "\(blocks)") { writer, block in
          let skipped = writer.define("i", "Int", "\(block) &* \(inputStride)")
          let start = writer.define("i", "Int", "\(block) &* \(outputStride)")
          let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(start)")
          writer.loop("x", to: "\(columns)") { writer, x in
            let (left, right) = part(x, of: columns, size: width, into: &writer)
            let total = writer.variable("total", target.vector, "fcn_splat\(n)(0.0)")
            writer.loop("v", from: top, to: bottom) { writer, line in
              let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(line)] + \(skipped)")
              let sum = writer.variable("sum", target.vector, "fcn_splat\(n)(0.0)")
              writer.loop("u", from: left, to: right) { writer, column in
                let offset = writer.product(column, "\(lanes)")
                let value = writer.define("v", target.vector, "fcn_load\(n)(\(row) + \(offset))")
                writer.assign(sum, "fcn_add\(n)(\(sum), \(value))")
              }
              writer.assign(total, "fcn_add\(n)(\(total), \(sum))")
            }
            let lines = writer.define("n", "Int", "\(bottom) &- \(top)")
            let pixelsOfLine = writer.define("n", "Int", "\(right) &- \(left)")
            let pixels = writer.define("n", "Int", "\(lines) &* \(pixelsOfLine)")
            let count = writer.define("n", "Float", "Float(\(pixels))")
            let divisor = writer.define("v", target.vector, "fcn_splat\(n)(\(count))")
            let result = writer.define("v", target.vector, "fcn_divide\(n)(\(total), \(divisor))")
            let position = writer.product(x, "\(lanes)")
            writer.line("fcn_store\(n)(\(place) + \(position), \(result))")
          }
        }
      }
    }
  }

  /// The first pixel of part `index` and the first behind it.
  private func part(
    _ index: String, of count: Int, size: String, into writer: inout SwiftWriter
  ) -> (first: String, end: String) {
    let from = writer.define("m", "Int", "\(index) &* \(size)")
    let to = writer.define("m", "Int", "\(from) &+ \(size)")
    let raised = writer.sum(to, "\(count - 1)")
    return (writer.define("p", "Int", "\(from) / \(count)"), writer.define("p", "Int", "\(raised) / \(count)"))
  }
}
