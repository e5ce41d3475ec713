import FCNCore

/// Convolution of each channel by itself: vectors of channels, four columns at a time.
struct DepthwiseConvolution: Kernel {
  let rows: Int
  let columns: Int
  let columnStep: Int
  let columnMultiply: Int
  let blocks: Int
  let epilogue: PointwiseExpression?
  let epilogueOperands: [EpilogueOperand]
  let channelParameterCount: Int
  let masksPadding: Bool
  let target: Target

  private static let width = 4
  var columnTile: Int { Self.width }

  var algorithm: String { "depthwise \(rows)x\(columns)" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    let width = Self.width
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
      let weights = writer.define(
        "w", KernelText.pointer, "a.pointee.parameters + \((1 + channelParameterCount) * blocks * lanes)")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let skipped = writer.product(y, "\(rows)")
        let table = writer.define("t", KernelText.rows, "a.pointee.tables[0] + \(skipped)")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("b", to: "\(blocks)") { writer, block in
          let input = writer.define("i", "Int", "\(block) &* \(inputStride)")
          let start = writer.define("i", "Int", "\(block) &* \(outputStride)")
          let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(start)")
          let channel = writer.product(block, "\(lanes)")
          let bias = writer.define("k", KernelText.pointer, "a.pointee.parameters + \(channel)")
          let first = writer.product(block, "\(rows * columns * lanes)")
          let blockWeights = writer.define("w", KernelText.pointer, "\(weights) + \(first)")
          writer.loop("x", to: "a.pointee.width", by: width) { writer, x in
            let accumulators = (0..<width).map { _ in
              writer.variable("acc", target.vector, "fcn_load\(n)(\(bias))")
            }
            let pixel = writer.product(x, "\(columnMultiply * lanes)")
            let offset = writer.sum(input, pixel)
            let weight = writer.variable("w", KernelText.pointer, blockWeights)
            writer.loop("ky", to: "\(rows)") { writer, ky in
              let row = writer.define("r", KernelText.pointer, "\(table)[\(ky)] + \(offset)")
              let tap = { (writer: inout SwiftWriter, place: String) in
                let factor = writer.define("v", target.vector, "fcn_load\(n)(\(weight))")
                for (p, accumulator) in accumulators.enumerated() {
                  let value = writer.define(
                    "v", target.vector, "fcn_load\(n)(\(place) + \(p * columnMultiply * lanes))")
                  writer.assign(accumulator, "fcn_fma\(n)(\(factor), \(value), \(accumulator))")
                }
                writer.assign(weight, "\(weight) + \(lanes)")
              }
              if columns <= 9 {
                for kx in 0..<columns {
                  let place = writer.define("q", KernelText.pointer, "\(row) + \(kx * columnStep * lanes)")
                  tap(&writer, place)
                }
              } else {
                writer.loop("kx", to: "\(columns)") { writer, kx in
                  let distance = writer.product(kx, "\(columnStep * lanes)")
                  let place = writer.define("q", KernelText.pointer, "\(row) + \(distance)")
                  tap(&writer, place)
                }
              }
            }
            for (p, accumulator) in accumulators.enumerated() {
              let column = writer.sum(x, "\(p)")
              let result = self.finish(accumulator, block, bias, column, y, into: &writer)
              let position = writer.product(column, "\(lanes)")
              writer.line("fcn_store\(n)(\(place) + \(position), \(result))")
            }
          }
        }
      }
    }
  }

  private func finish(
    _ accumulator: String, _ block: String, _ bias: String, _ column: String, _ y: String,
    into writer: inout SwiftWriter
  ) -> String {
    guard let epilogue else { return accumulator }
    let n = target.suffix
    let load = { (writer: inout SwiftWriter, index: Int) -> String in
      let offset = (1 + index) * blocks * target.lanes
      return writer.define("k", target.vector, "fcn_load\(n)(\(bias) + \(offset))")
    }
    let emitter = ExpressionEmitter(target: target) { writer, index in
      guard index > 0 else { return accumulator }
      let row = writer.define("r", KernelText.pointer, "a.pointee.tables[\(index)][\(y)]")
      let offset = writer.define("i", "Int", "\(block) &* a.pointee.inputStrides[\(index)]")
      return epilogueOperands[index - 1].load(row: row, blockOffset: offset, x: column, target: target, into: &writer)
    } parameter: { writer, index in
      load(&writer, index)
    }
    let result = emitter.emit(epilogue, into: &writer)
    guard masksPadding else { return result }
    let mask = load(&writer, channelParameterCount - 1)
    let zero = writer.define("c", target.vector, "fcn_splat\(n)(0.0)")
    return writer.define("v", target.vector, "fcn_selectLess\(n)(\(zero), \(mask), \(result), \(zero))")
  }
}
