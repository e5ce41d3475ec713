import Foundation

/// Weights drawn at random, to try an architecture before it is trained.
///
/// The numbers are the same on every machine, to the last few bits of the logarithm and cosine in use, and can be
/// computed elsewhere by these rules:
///
/// - A weight has a state of 64 bits. It begins as the FNV-1a hash (offset 0xCBF29CE484222325, prime 0x100000001B3) of
///   the UTF-8 bytes of the name of its tensor, exclusive-or the seed. So a stage that is inserted changes the weights
///   of no other.
/// - A step is SplitMix64 (Steele, Lea and Flood 2014): add 0x9E3779B97F4A7C15 to the state; the word is `z` after
///   `z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9`, `z = (z ^ z >> 27) * 0x94D049BB133111EB`, `z = z ^ z >> 31`.
/// - A fraction `u` in 0..<1 is the upper 53 bits of a word, times 2^-53.
/// - `uniform(a, b)`: each number is `a + (b - a) * u`.
/// - `he(fanIn)`: from two fractions `u` and `v` come two numbers (Box and Muller 1958),
///   `s * sqrt(-2 * ln(1 - u)) * cos(2 * pi * v)` and the same with `sin`, where `s = sqrt(2 / max(fanIn, 1))`. The last
///   one is dropped where their count is odd.
///
/// All of this is computed in 64 bits and rounded to 32 bits at the end.
public enum RandomWeights {
  /// The most numbers that are drawn for a graph: 4 GiB of them.
  public static let sizeLimit = 1 << 30

  /// The graph with random weights in every node; a node whose weights would exceed the limit is reported.
  public static func bind(_ graph: Graph, seed: UInt64 = 0, report: inout DiagnosticSink) -> Graph {
    var result = graph
    for index in result.nodes.indices { result.nodes[index].weights = [] }
    var total = 0
    for use in graph.weightUses() {
      guard let count = count(of: use.requirement.shape), count <= sizeLimit - total else {
        report.report(
          Diagnostic(
            .oversizedWeight, "the weight `\(use.name)` of shape \(use.requirement.shape) is too large to be drawn",
            at: graph.nodes[use.node].origin.range, help: "give the stage fewer channels or a smaller kernel"))
        return result
      }
      total += count
      result.nodes[use.node].weights.append(tensor(use.tensor, use.requirement, seed: seed))
    }
    return result
  }

  private static func count(of shape: [Int]) -> Int? {
    shape.reduce(1) { (count: Int?, size) -> Int? in
      guard let (product, overflow) = count?.multipliedReportingOverflow(by: size), !overflow else { return nil }
      return product
    }
  }

  /// The weights of a bound graph with the names of their tensors, each name once, to be written to a file.
  /// - Precondition: the graph is bound.
  public static func tensors(of graph: Graph) -> [(name: String, tensor: WeightTensor)] {
    var seen: Set<String> = []
    return graph.weightUses().filter { seen.insert($0.tensor).inserted }.map {
      ($0.tensor, graph.nodes[$0.node].weights[$0.index])
    }
  }

  /// The numbers of one weight.
  public static func tensor(_ name: String, _ requirement: WeightRequirement, seed: UInt64 = 0) -> WeightTensor {
    var generator = SplitMix64(state: hash(name) ^ seed)
    let count = requirement.shape.reduce(1, *)
    var values: [Float] = []
    values.reserveCapacity(count)
    switch requirement.initialization {
    case .uniform(let least, let most):
      let (least, most) = (Double(least), Double(most))
      for _ in 0..<count { values.append(Float(least + (most - least) * generator.fraction())) }
    case .he(let fanIn):
      let scale = (2 / Double(max(fanIn, 1))).squareRoot()
      while values.count < count {
        let radius = scale * (-2 * log(1 - generator.fraction())).squareRoot()
        let angle = 2 * Double.pi * generator.fraction()
        values.append(Float(radius * cos(angle)))
        if values.count < count { values.append(Float(radius * sin(angle))) }
      }
    }
    return WeightTensor(shape: requirement.shape, values: values)
  }

  private static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private struct SplitMix64 {
    var state: UInt64

    mutating func fraction() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      return Double(word >> 11) * 0x1p-53
    }
  }
}
