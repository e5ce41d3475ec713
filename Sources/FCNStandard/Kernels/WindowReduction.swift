import FCNCore

/// The largest number or the mean of each window, per channel.
struct WindowReduction: Kernel {
  enum Reduction: Hashable, Sendable {
    case maximum
    /// The sum divided by the number of taps.
    case mean
    /// The sum divided by the number of taps that count, which the planner's weights tell.
    case meanOfPresent
  }

  let reduction: Reduction
  let rows: Int
  let columns: Int
  let columnMultiply: Int
  let blocks: Int
  let target: Target

  var algorithm: String { "\(reduction == .maximum ? "maximum" : "mean") of \(rows)x\(columns)" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let skipped = writer.product(y, "\(rows)")
        let table = writer.define("t", KernelText.rows, "a.pointee.tables[0] + \(skipped)")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        let rowCount = reduction == .meanOfPresent ? count(of: "rowWeights", rows, skipped, into: &writer) : ""
        writer.loop("b", to: "\(blocks)") { writer, block in
          let input = writer.define("i", "Int", "\(block) &* \(inputStride)")
          let start = writer.define("i", "Int", "\(block) &* \(outputStride)")
          let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(start)")
          writer.loop("x", to: "a.pointee.width") { writer, x in
            let pixel = writer.product(x, "\(columnMultiply * lanes)")
            let offset = writer.sum(input, pixel)
            let neutral = reduction == .maximum ? "-Float.infinity" : "0.0"
            let accumulator = writer.variable("acc", target.vector, "fcn_splat\(n)(\(neutral))")
            let take = { (writer: inout SwiftWriter, row: String, column: String) in
              let value = writer.define("v", target.vector, "fcn_load\(n)(\(row) + \(column))")
              let operation = reduction == .maximum ? "maximum" : "add"
              writer.assign(accumulator, "fcn_\(operation)\(n)(\(accumulator), \(value))")
            }
            let visit = { (writer: inout SwiftWriter, ky: String) in
              let row = writer.define("r", KernelText.pointer, "\(table)[\(ky)] + \(offset)")
              if columns <= 4 {
                for kx in 0..<columns { take(&writer, row, "\(kx * lanes)") }
              } else {
                writer.loop("kx", to: "\(columns * lanes)", by: lanes) { writer, kx in take(&writer, row, kx) }
              }
            }
            if rows <= 4 {
              for ky in 0..<rows { visit(&writer, "\(ky)") }
            } else {
              writer.loop("ky", to: "\(rows)") { writer, ky in visit(&writer, ky) }
            }
            let result = finish(accumulator, rowCount, x, into: &writer)
            let position = writer.product(x, "\(lanes)")
            writer.line("fcn_store\(n)(\(place) + \(position), \(result))")
          }
        }
      }
    }
  }

  private func finish(_ sum: String, _ rowCount: String, _ x: String, into writer: inout SwiftWriter) -> String {
    let n = target.suffix
    switch reduction {
    case .maximum:
      return sum
    case .mean:
      let count = writer.define("n", target.vector, "fcn_splat\(n)(\(Float(rows * columns)))")
      return writer.define("v", target.vector, "fcn_divide\(n)(\(sum), \(count))")
    case .meanOfPresent:
      let skipped = writer.product(x, "\(columns)")
      let columnCount = count(of: "columnWeights", columns, skipped, into: &writer)
      let product = writer.define("n", "Float", "\(rowCount) * \(columnCount)")
      let count = writer.define("n", target.vector, "fcn_splat\(n)(\(product))")
      return writer.define("v", target.vector, "fcn_divide\(n)(\(sum), \(count))")
    }
  }

  /// How many of the taps from `start` on count.
  private func count(of weights: String, _ taps: Int, _ start: String, into writer: inout SwiftWriter) -> String {
    let total = writer.variable("n", "Float", "0.0")
    let table = writer.define("w", KernelText.pointer, "a.pointee.\(weights)[0] + \(start)")
    writer.loop("k", to: "\(taps)") { writer, k in writer.assign(total, "\(total) + \(table)[\(k)]") }
    return total
  }
}
