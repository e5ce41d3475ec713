import FCNCore

/// Linear interpolation between two rows and two columns that tables tell, with their weights.
struct BilinearKernel: Kernel {
  let input: Storage
  /// The channels of a few pixels are taken apart while they are in the first-level cache.
  let isPlanar: Bool
  let target: Target

  var algorithm: String { "bilinear" }
  var columnTile: Int { isPlanar ? target.lanes : 1 }
  var scratchSize: Int { isPlanar ? target.lanes * target.lanes : 0 }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let columns = writer.define("t", "UnsafePointer<Int32>", "a.pointee.columns[0]")
      let columnWeights = writer.define("t", KernelText.pointer, "a.pointee.columnWeights[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let pair = writer.product(y, "2")
        let table = writer.define("t", KernelText.rows, "a.pointee.tables[0] + \(pair)")
        let rowWeights = writer.define("t", KernelText.pointer, "a.pointee.rowWeights[0] + \(pair)")
        let rowWeight = (0..<2).map { writer.define("w", target.vector, "fcn_broadcast\(n)(\(rowWeights) + \($0))") }
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("b", to: "\(input.blocks)") { writer, block in
          let from = writer.define("i", "Int", "\(block) &* \(inputStride)")
          let rows = (0..<2).map { writer.define("r", KernelText.pointer, "\(table)[\($0)] + \(from)") }
          let pixel = { (writer: inout SwiftWriter, x: String) -> String in
            let both = writer.product(x, "2")
            let columnPair = writer.define("t", "UnsafePointer<Int32>", "\(columns) + \(both)")
            let weightPair = writer.define("t", KernelText.pointer, "\(columnWeights) + \(both)")
            var sums: [String] = []
            let offsets = (0..<2).map { side in
              let wide = writer.define("i", "Int", "Int(\(columnPair)[\(side)])")
              return writer.product(wide, "\(lanes)")
            }
            let weights = (0..<2).map { writer.define("w", target.vector, "fcn_broadcast\(n)(\(weightPair) + \($0))") }
            for row in rows {
              let left = writer.define("v", target.vector, "fcn_load\(n)(\(row) + \(offsets[0]))")
              let right = writer.define("v", target.vector, "fcn_load\(n)(\(row) + \(offsets[1]))")
              let scaled = writer.define("v", target.vector, "fcn_multiply\(n)(\(left), \(weights[0]))")
              sums.append(writer.define("v", target.vector, "fcn_fma\(n)(\(right), \(weights[1]), \(scaled))"))
            }
            let scaled = writer.define("v", target.vector, "fcn_multiply\(n)(\(sums[0]), \(rowWeight[0]))")
            return writer.define("v", target.vector, "fcn_fma\(n)(\(sums[1]), \(rowWeight[1]), \(scaled))")
          }
          guard isPlanar else {
            let to = writer.define("i", "Int", "\(block) &* \(outputStride)")
            let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(to)")
            writer.loop("x", to: "a.pointee.width") { writer, x in
              let result = pixel(&writer, x)
              let position = writer.product(x, "\(lanes)")
              writer.line("fcn_store\(n)(\(place) + \(position), \(result))")
            }
            return
          }
          let first = writer.product(block, "\(lanes)")
          let plane = writer.define("i", "Int", "\(first) &* \(outputStride)")
          let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(plane)")
          let left = writer.define("n", "Int", "\(input.channels) &- \(first)")
          let channels = writer.define("n", "Int", "\(left) < \(lanes) ? \(left) : \(lanes)")
          writer.loop("x", to: "a.pointee.width", by: lanes) { writer, x in
            let rest = writer.define("n", "Int", "a.pointee.width &- \(x)")
            let count = writer.define("n", "Int", "\(rest) < \(lanes) ? \(rest) : \(lanes)")
            writer.loop("p", to: count) { writer, p in
              let column = writer.sum(x, p)
              let result = pixel(&writer, column)
              let position = writer.product(p, "\(lanes)")
              writer.line("fcn_store\(n)(a.pointee.scratch + \(position), \(result))")
            }
            let own = writer.define("o", KernelText.mutablePointer, "\(place) + \(x)")
            writer.line("fcn_separate\(lanes)(a.pointee.scratch, \(own), \(outputStride), \(channels))")
          }
        }
      }
    }
  }
}
