import FCNCore
import FCNRuntime
import FCNSwiftBackend
import Foundation
import Testing

/// A stage as somebody outside writes it: the sum of absolute differences to the four neighbours, with a kernel of its
/// own that reads a window.
struct Roughness: Stage {
  static let signature = StageSignature(
    name: "roughness", summary: "the sum of the absolute differences to the four neighbours",
    example: "y = x -> roughness")

  init(_ arguments: Arguments) {}
  init() {}

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }

  func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    let window = AxisAccess.window(Window(taps: 3, offset: .constant(-1)))
    return SpatialAccess(rows: window, columns: window, border: .replicate)
  }

  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    var output = Tensor(channels: input.channels, height: input.height, width: input.width)
    for c in 0..<input.channels {
      for y in 0..<input.height {
        for x in 0..<input.width {
          let center = input[c, y, x]
          output[c, y, x] =
            abs(input[c, max(y - 1, 0), x] - center) + abs(input[c, min(y + 1, input.height - 1), x] - center)
            + abs(input[c, y, max(x - 1, 0)] - center) + abs(input[c, y, min(x + 1, input.width - 1)] - center)
        }
      }
    }
    return [output]
  }

  func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    Lowering(
      kernel: RoughnessKernel(blocks: site.outputStorage[0].blocks),
      operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs))])
  }
}

struct RoughnessKernel: Kernel {
  let blocks: Int

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let n = target.suffix
    writer.line("@_cdecl(\"\(name)\")")
    writer.block("public func \(name)(_ a: UnsafePointer<fcn_kernel_arguments>, _ begin: Int, _ end: Int)") { writer in
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let first = writer.product(y, "3")
        let output = writer.define("o", "UnsafeMutablePointer<Float>", "a.pointee.outputs[0][\(y)]")
        writer.loop("b", to: "\(blocks)") { writer, b in
          let skipped = writer.define("i", "Int", "\(b) &* a.pointee.inputStrides[0]")
          let written = writer.define("i", "Int", "\(b) &* a.pointee.outputStrides[0]")
          writer.loop("x", to: "a.pointee.width") { writer, x in
            let pixel = writer.product(x, "\(target.lanes)")
            let from = writer.sum(skipped, pixel)
            let load = { (writer: inout SwiftWriter, row: Int, column: Int) -> String in
              let index = writer.sum(first, "\(row)")
              let table = writer.define("r", "UnsafePointer<Float>", "a.pointee.tables[0][\(index)] + \(from)")
              return writer.define("v", target.vector, "fcn_load\(n)(\(table) + \(column * target.lanes))")
            }
            let center = load(&writer, 1, 1)
            let total = writer.variable("t", target.vector, "fcn_splat\(n)(0.0)")
            for (row, column) in [(0, 1), (2, 1), (1, 0), (1, 2)] {
              let neighbour = load(&writer, row, column)
              let difference = writer.define("d", target.vector, "fcn_subtract\(n)(\(neighbour), \(center))")
              let size = writer.define("d", target.vector, "fcn_absolute\(n)(\(difference))")
              writer.assign(total, "fcn_add\(n)(\(total), \(size))")
            }
            let to = writer.sum(written, pixel)
            writer.line("fcn_store\(n)(\(output) + \(to), \(total))")
          }
        }
      }
    }
  }
}

@Suite struct OwnKernelTests {
  @Test func aStageFromOutsideRunsLikeItsReference() throws {
    let toolchain = try Toolchain.find()
    let stage = Roughness()
    let type = TensorType(channels: 11, height: .input, width: .input)
    let graph = Graph(
      name: "own",
      inputs: [.init(value: 0, description: .init(name: "x", channels: 11, preprocessing: []), range: nil)],
      outputs: [.init(value: 1, description: .init(name: "y", channels: 11, kind: .raw), range: nil)],
      values: [.init(name: "x", type: type, range: nil), .init(name: "y", type: type, range: nil)],
      nodes: [.init(stage: stage, inputs: [0], outputs: [1], weightPath: "", origin: .init(range: nil))])
    let program = try Lowerer(graph, target: .x86v3).lower()
    let cache = NSTemporaryDirectory() + "/fcnc-tests"
    let library = try KernelLibrary([program], toolchain: toolchain, cache: cache)
    for (height, width) in [(1, 1), (1, 9), (7, 5), (16, 17)] {
      var input = Tensor(channels: 11, height: height, width: width)
      for index in input.values.indices { input.values[index] = Float((index * 37) % 101) / 101 }
      let expected = stage.evaluate([input], weights: [])[0]
      for threads in [1, 3] {
        let result = try library.run(0, inputs: [input], threads: threads)[0]
        #expect(result.values == expected.values, "at \(height)x\(width)")
      }
    }
  }
}
