import FCNCore
import FCNRuntime

/// Makes the self-test of a program: a small input and what the reference interpreter gives for it.
public enum SelfTestMaker {
  /// - Parameters:
  ///   - graph: as the author wrote it, with weights; not optimised, so that the optimiser is tested too.
  /// - Returns: a test whose checksum is still to be put in.
  public static func make(for graph: Graph) throws(Session.Failure) -> SelfTest {
    let rules = try Session.sizeRules(of: graph)
    guard let height = size(rules.rows), let width = size(rules.columns) else {
      throw Session.Failure("no size below 2048 is accepted by every value of the network")
    }
    var inputs: [Tensor] = []
    var state: UInt64 = 1
    for input in graph.inputs {
      let type = graph.values[input.value].type
      var tensor = Tensor(
        channels: type.channels, height: type.height(height) ?? 1, width: type.width(width) ?? 1)
      for index in tensor.values.indices {
        // Numerical Recipes' linear congruential generator; any spread of numbers in 0...1 would do.
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        tensor.values[index] = Float(state >> 40) / Float(1 << 24)
      }
      inputs.append(tensor)
    }
    let outputs: [Tensor]
    do {
      outputs = try Interpreter(graph).run(inputs).outputs
    } catch {
      throw Session.Failure("the reference cannot run this network: \(error.message)", help: error.help)
    }
    // Class indexes are left out: at a tie a difference in the last bit decides.
    return SelfTest(
      height: height, width: width, parameterChecksum: 0, inputs: inputs.map(\.values),
      outputs: zip(graph.outputs, outputs).map { output, tensor in
        graph.values[output.value].type.element == .real ? tensor.values : []
      })
  }

  /// The smallest size from 8 on that every value accepts.
  private static func size(_ rules: AxisRules) -> Int? {
    (8...2048).first { rules.domain.value(at: $0) != nil } ?? (1..<8).first { rules.domain.value(at: $0) != nil }
  }
}
