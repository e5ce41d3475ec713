/// Copies a value into another memory form: planar to blocks, blocks to planar, or blocks to blocks with other gaps.
/// Lanes of the new form that hold no channel become zero.
struct RelayoutKernel: Kernel {
  let source: Storage
  let destination: Storage

  /// Blocks whose channels follow each other as the planes do are taken apart a whole square of numbers at a time.
  private var takesApart: Bool { destination.isPlanar && !source.isPlanar && runs.count == 1 && runs[0].from == 0 }

  var columnTile: Int { takesApart ? source.lanes : 1 }

  var algorithm: String {
    destination.isPlanar ? "copy into planes" : source.isPlanar ? "copy into blocks" : "copy"
  }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let pointer = "UnsafePointer<Float>"
    let mutable = "UnsafeMutablePointer<Float>"
    if takesApart { return emitTakingApart(name, into: &writer) }
    writer.line("@inline(never)")
    writer.block(
      "func \(name)_copy(_ source: \(pointer), _ destination: \(mutable), _ width: Int)"
    ) { writer in
      writer.loop("x", to: "width") { writer, x in
        let from = writer.product(x, "\(source.lanes)")
        let to = writer.product(x, "\(destination.lanes)")
        writer.line("destination[\(to)] = source[\(from)]")
      }
    }
    writer.line("@inline(never)")
    writer.block("func \(name)_clear(_ destination: \(mutable), _ count: Int)") { writer in
      writer.loop("i", to: "count") { writer, i in writer.line("destination[\(i)] = 0.0") }
    }
    writer.line("@_cdecl(\"\(name)\")")
    writer.block(
      "public func \(name)(_ a: UnsafePointer<fcn_kernel_arguments>, _ begin: Int, _ end: Int)"
    ) { writer in
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let source = writer.define("r", pointer, "a.pointee.tables[0][\(y)]")
        let destination = writer.define("o", mutable, "a.pointee.outputs[0][\(y)]")
        for block in gappedBlocks {
          let start = writer.define("o", "Int", "\(outputStride) &* \(block)")
          let count = writer.define("n", "Int", "a.pointee.width &* \(self.destination.lanes)")
          let place = writer.define("o", mutable, "\(destination) + \(start)")
          writer.line("\(name)_clear(\(place), \(count))")
        }
        for run in runs {
          writer.loop("c", to: "\(run.count)") { writer, c in
            let from = self.address(c, run.from, self.source.lanes, inputStride, &writer)
            let to = self.address(c, run.to, self.destination.lanes, outputStride, &writer)
            let first = writer.define("p", pointer, "\(source) + \(from)")
            let second = writer.define("p", mutable, "\(destination) + \(to)")
            writer.line("\(name)_copy(\(first), \(second), a.pointee.width)")
          }
        }
      }
    }
  }

  private func emitTakingApart(_ name: String, into writer: inout SwiftWriter) {
    let pointer = "UnsafePointer<Float>"
    let mutable = "UnsafeMutablePointer<Float>"
    let lanes = source.lanes
    writer.line("@_cdecl(\"\(name)\")")
    writer.block(
      "public func \(name)(_ a: UnsafePointer<fcn_kernel_arguments>, _ begin: Int, _ end: Int)"
    ) { writer in
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let source = writer.define("r", pointer, "a.pointee.tables[0][\(y)]")
        let destination = writer.define("o", mutable, "a.pointee.outputs[0][\(y)]")
        let channels = runs[0].count
        let take = { (writer: inout SwiftWriter, block: String, count: Int) in
          let from = writer.define("i", "Int", "\(block) &* \(inputStride)")
          let to = writer.product(block, "\(lanes)")
          let plane = writer.define("i", "Int", "\(to) &* \(outputStride)")
          let first = writer.define("p", pointer, "\(source) + \(from)")
          let second = writer.define("p", mutable, "\(destination) + \(plane)")
          writer.loop("x", to: "a.pointee.width", by: lanes) { writer, x in
            let pixel = writer.product(x, "\(lanes)")
            let own = writer.define("p", pointer, "\(first) + \(pixel)")
            let place = writer.define("p", mutable, "\(second) + \(x)")
            writer.line("fcn_separate\(lanes)(\(own), \(place), \(outputStride), \(count))")
          }
        }
        if channels >= lanes { writer.loop("b", to: "\(channels / lanes)") { take(&$0, $1, lanes) } }
        if channels % lanes > 0 { take(&writer, "\(channels / lanes)", channels % lanes) }
      }
    }
  }

  /// Channels that lie side by side in both forms.
  private var runs: [(from: Int, to: Int, count: Int)] {
    var result: [(from: Int, to: Int, count: Int)] = []
    for (from, to) in zip(source.positions, destination.positions) {
      if let last = result.last, last.from + last.count == from, last.to + last.count == to {
        result[result.count - 1].count += 1
      } else {
        result.append((from, to, 1))
      }
    }
    return result
  }

  private var gappedBlocks: [Int] {
    (0..<destination.blocks).filter { block in
      let lanes = destination.lanes
      return destination.positions.count { $0 / lanes == block } < lanes
    }
  }

  /// The float at which channel `start + c` begins.
  private func address(
    _ c: String, _ start: Int, _ lanes: Int, _ stride: String, _ writer: inout SwiftWriter
  ) -> String {
    let position = writer.sum(c, "\(start)")
    if lanes == 1 { return writer.define("a", "Int", "\(position) &* \(stride)") }
    let block = writer.define("a", "Int", "\(position) / \(lanes)")
    let lane = writer.define("a", "Int", "\(position) % \(lanes)")
    let offset = writer.define("a", "Int", "\(block) &* \(stride)")
    return writer.define("a", "Int", "\(offset) &+ \(lane)")
  }
}
