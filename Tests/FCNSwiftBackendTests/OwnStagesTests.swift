import FCNConformance
import FCNCore
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// `x / (1 + |x|)`.
struct Softsign: PointwiseStage {
  static let signature = StageSignature(
    name: "softsign",
    summary: "Every number divided by one more than its size.",
    discussion: "x / (1 + |x|), between -1 and 1.",
    equivalents: [.init("PyTorch", "nn.Softsign()"), .init("ONNX", "Softsign")],
    example: "x -> softsign")

  init(_ arguments: Arguments) {}

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }

  func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .input(0) / (.constant(1) + .unary(.absolute, .input(0)))
  }
}

/// The sum of the absolute differences to the four pixels at a distance; beyond the edge the edge pixel is repeated.
struct Roughness: Stage {
  static let signature = StageSignature(
    name: "roughness",
    summary: "How much every number differs from the four at a distance.",
    discussion: "The sum of |x - n| over the pixels n above, below, left and right; the edge pixel is repeated.",
    parameters: [
      Parameter("distance", .integer(1...64), default: .value(.integer(1)), "Pixels to each of the four.")
    ],
    example: "x -> roughness(2)")

  let distance: Int

  init(_ arguments: Arguments) { distance = arguments.integer("distance") }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    guard inputs[0].element == .real else {
      throw Rejection("`roughness` takes real numbers, not class indexes", .input(0), help: "use it before `argmax`")
    }
    return inputs
  }

  func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    let window = AxisAccess.window(Window(taps: 3, step: distance, offset: .constant(-distance)))
    return SpatialAccess(rows: window, columns: window, border: .replicate)
  }

  var facts: StageFacts { StageFacts(keepsChannels: true) }

  func multiplyAdds(for inputs: [TensorType]) -> Int { 4 * inputs[0].channels }

  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    var output = Tensor(channels: input.channels, height: input.height, width: input.width)
    for c in 0..<input.channels {
      for y in 0..<input.height {
        for x in 0..<input.width {
          let (above, below) = (max(y - distance, 0), min(y + distance, input.height - 1))
          let (left, right) = (max(x - distance, 0), min(x + distance, input.width - 1))
          let center = input[c, y, x]
          output[c, y, x] =
            abs(input[c, above, x] - center) + abs(input[c, below, x] - center)
            + abs(input[c, y, left] - center) + abs(input[c, y, right] - center)
        }
      }
    }
    return [output]
  }

  func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    Lowering(
      kernel: RoughnessKernel(distance: distance, blocks: site.inputStorage[0].blocks),
      operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs))])
  }
}

struct RoughnessKernel: Kernel {
  let distance: Int
  let blocks: Int

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let first = writer.product(y, "3")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("b", to: "\(blocks)") { writer, block in
          let read = writer.define("i", "Int", "\(block) &* a.pointee.inputStrides[0]")
          let written = writer.define("i", "Int", "\(block) &* a.pointee.outputStrides[0]")
          writer.loop("x", to: "a.pointee.width") { writer, x in
            let pixel = writer.product(x, "\(target.lanes)")
            let from = writer.sum(read, pixel)
            // The address of a row is that of the column which the first tap reads.
            let load = { (writer: inout SwiftWriter, row: Int, column: Int) -> String in
              let index = writer.sum(first, "\(row)")
              let place = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(index)] + \(from)")
              let offset = column * distance * target.lanes
              return writer.define("v", target.vector, "fcn_load\(n)(\(place) + \(offset))")
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

enum OwnStages: Plugin {
  static let name = "own"

  static func register(in registry: inout Registry) {
    registry.register(Softsign.self)
    registry.register(Roughness.self)
  }
}

@Suite struct OwnDeclarationsTests {
  @Test func theStagesDoWhatTheyDeclare() {
    for stage in [Softsign.self, Roughness.self] as [any Stage.Type] {
      for fault in Conformance.faults(of: stage) { Issue.record("\(fault)") }
    }
  }
}

@Suite struct OwnStagesTests {
  static let text = """
    network own
    input x[3]
    a = x -> conv(5, kernel: 1)
    b = x -> conv(3, kernel: 1) -> softsign
    output y = concat(a, b) -> roughness(2)
    output z = a -> roughness -> conv(2, kernel: 3, pad: same) -> softsign
    """

  @Test func kernelsAgreeWithTheReference() throws {
    let registry = Registry([StandardPlugin.self, OwnStages.self])
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "own.fcn", text: Self.text), report: &sink)
    let graph = try #require(Elaborator(registry: registry).elaborate(tree, report: &sink))
    let bound = RandomWeights.bind(graph, seed: 1, report: &sink)
    #expect(sink.diagnostics.isEmpty)

    let interpreter = try Interpreter(bound)
    let program = try Lowerer(Optimizer.optimize(bound).graph, target: .native).lower()
    let library = try KernelLibrary(
      [program], toolchain: Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    for (height, width) in [(1, 1), (1, 9), (7, 5), (16, 17)] {
      var input = Tensor(channels: 3, height: height, width: width)
      for index in input.values.indices { input.values[index] = Float((index * 37) % 101) / 50 - 1 }
      let expected = try interpreter.run([input]).outputs
      for threads in [1, 3] {
        let results = try library.run(0, inputs: [input], threads: threads)
        for (result, reference) in zip(results, expected) {
          let pairs = zip(result.values, reference.values)
          #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-5 }, "at \(height)x\(width), \(threads) threads")
        }
        #expect(results.count == 2)
      }
    }
  }

  @Test func argumentsAreChecked() {
    let registry = Registry([StandardPlugin.self, OwnStages.self])
    #expect(registry.conflicts.isEmpty)
    for (use, message) in [
      ("roughness(0)", "`distance` is 0, it can be from 1 to 64"),
      ("argmax -> roughness", "`roughness` takes real numbers, not class indexes"),
    ] {
      var sink = DiagnosticSink()
      let file = SourceFile(path: "own.fcn", text: "network n\ninput x[3]\noutput y = x -> \(use)\n")
      let tree = NetworkLanguage().parse(file, report: &sink)
      #expect(Elaborator(registry: registry).elaborate(tree, report: &sink) == nil)
      #expect(sink.diagnostics.map(\.message) == [message])
    }
  }
}
