import FCNCore
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// Programs for debugging: every value that the text names comes out as the author wrote it, whatever the passes do.
@Suite struct TapTests {
  @Test func everyNamedValueIsWhatTheReferenceComputes() throws {
    let cases = try Self.cases(150)
    let library = try KernelLibrary(
      cases.map(\.program), toolchain: try Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    var generator = RandomNetworks(seed: 5)
    var compared = 0
    for (index, item) in cases.enumerated() {
      let names = item.graph.uniqueNames
      let values = item.graph.namedValues
      let interpreter = try Interpreter(item.graph)
      for (height, width) in KernelDifferentialTests.sizes(item.graph, &generator) {
        let inputs = item.graph.inputs.map { input -> Tensor in
          let type = item.graph.values[input.value].type
          var tensor = Tensor(channels: type.channels, height: height, width: width)
          for position in tensor.values.indices {
            tensor.values[position] = Float(Int(generator.next() % 2001) - 1000) / 1000
          }
          return tensor
        }
        let expected = try interpreter.run(inputs, keeping: Set(values.map { names[$0] })).values
        let results = try library.run(index, inputs: inputs, threads: 2).dropFirst(item.graph.outputs.count)
        for (value, result) in zip(values, results) {
          let tensor = try #require(expected[names[value]])
          let difference = KernelDifferentialTests.difference(result, tensor)
          #expect(
            difference <= KernelDifferentialTests.bound,
            "\(height)x\(width), `\(names[value])`: \(difference)\n\(item.text)")
          compared += 1
        }
      }
    }
    #expect(compared > 1000)
  }

  /// Random networks that name values between their inputs and outputs, and one where everything would be fused.
  private static func cases(_ count: Int) throws -> [KernelDifferentialTests.Case] {
    let fused = """
      network fused
      input x[3]
      def block(v) {
        c = v -> conv(channels(v), kernel: 3, pad: same, bias: false)
        n = c -> batchnorm(eps: 1e-3)
        r = n -> relu
        d = r -> dropout
        d + v
      }
      a = x -> conv(9, kernel: 1)
      b = a -> repeat i < 2 { block }
      c = concat(a, b, x)
      output y = c -> conv(2, kernel: 3, pad: same) -> sigmoid
      output z = a
      """
    var generator = RandomNetworks(seed: 11)
    var texts = [fused]
    var index = 0
    while texts.count < count {
      let text = generator.text(index)
      index += 1
      if text.contains(" = ") && text.split(separator: "\n").count > 4 { texts.append(text) }
    }
    let registry = Registry([StandardPlugin.self])
    return try texts.enumerated().compactMap { number, text in
      var sink = DiagnosticSink()
      let tree = NetworkLanguage().parse(SourceFile(path: "case.fcn", text: text), report: &sink)
      let graph = Elaborator(registry: registry).elaborate(tree, report: &sink)
      // The arguments that random networks have may exclude each other by chance.
      guard let graph, !sink.hasErrors else {
        #expect(number > 0, "\(sink.diagnostics.map(\.message))")
        return nil
      }
      let bound = RandomWeights.bind(graph, seed: UInt64(number), report: &sink)
      let optimized = Optimizer.optimize(bound.showingNamedValues()).graph
      let program = try Lowerer(optimized, target: .native).lower()
      return KernelDifferentialTests.Case(text: text, graph: bound, program: program)
    }
  }

  /// By hand: the fused network's named values, in their order.
  @Test func namesAreUnique() throws {
    let item = try #require(Self.cases(1).first)
    #expect(
      item.graph.namedValues.map { item.graph.uniqueNames[$0] } == [
        "x", "a", "c", "n", "r", "d", "v", "c_2", "n_2", "r_2", "d_2", "b", "c_3", "y",
      ])
    var program = item.program
    program.turnIntoTaps(outputsFrom: 2)
    #expect(program.description.outputs.map(\.description.name) == ["y", "z"])
    #expect(program.description.taps.map(\.description.name).contains("n_2"))
    #expect(program.description.taps.count == 14)
  }
}
