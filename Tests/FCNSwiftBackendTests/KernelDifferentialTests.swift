import FCNCore
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// Every kernel against the reference interpreter, over random attributes and odd sizes.
///
/// `FCNC_DIFFERENTIAL_CASES` and `FCNC_DIFFERENTIAL_SEED` make a longer or another run.
@Suite struct KernelDifferentialTests {
  /// The largest difference that passes, as a part of the largest number of an output. Sums in another order than the
  /// reference's differ by some units in the last place per thousand terms.
  static let bound: Float = 2e-5

  static let environment = ProcessInfo.processInfo.environment
  static let count = Int(environment["FCNC_DIFFERENTIAL_CASES"] ?? "") ?? 440
  static let seed = UInt64(environment["FCNC_DIFFERENTIAL_SEED"] ?? "") ?? 1

  struct Case: Sendable {
    var text: String
    var graph: Graph
    var program: LoweredProgram
  }

  /// This machine's own target first; then its wide vectors only, and the other targets that run on it.
  static let targets = {
    var wide = Target.native
    wide.narrowLanes = nil
    let others = [wide] + Target.known.filter(\.canRunHere)
    return others.reduce(into: [Target.native]) { if !$0.contains($1) { $0.append($1) } }
  }()

  @Test(arguments: targets)
  func kernelsAgreeWithTheReference(_ target: Target) throws {
    // The whole count for this machine's target, a part for the portable form.
    let cases = try Self.cases(target == .native ? Self.count : Self.count / 4, target) { $0.text($1) }
    try check(cases, target, bound: Self.bound)
  }

  /// Convolutions for minimal filtering, in pictures of more tiles than a batch has. Its rounding errors are within
  /// what `Accuracy` states for a whole network.
  @Test(arguments: targets.map { ($0, Accuracy.normal, Float(2e-5)) } + [(.native, .fast, 1e-4)])
  func minimalFilteringAgreesWithTheReference(_ target: Target, _ accuracy: Accuracy, _ bound: Float) throws {
    let count = target == .native ? max(Self.count / 8, 16) : 24
    let cases = try Self.cases(count, target, accuracy) { generator, _ in generator.minimalFiltering() }
    let filtered = cases.count { $0.program.kernelText.contains("_products_") }
    #expect(filtered * 4 >= cases.count * 3, "minimal filtering serves \(filtered) of \(cases.count)")
    try check(
      cases, target, bound: bound,
      sizes: { generator in
        (0..<2).map { _ in (generator.number(10...70), generator.number(10...90)) }
      })
  }

  /// Rows of every width up to several tiles: whole vectors and the rest of them, transposed convolutions whose phases
  /// differ in columns, last layers of few channels, and channels that move into space.
  @Test(arguments: targets) func rowsOfEveryWidthAgreeWithTheReference(_ target: Target) throws {
    let stages = [
      "conv(64, kernel: 1) -> deconv(64, kernel: 4, stride: 2, pad: 1) -> conv(20, kernel: 3, pad: same)",
      "conv(48, kernel: 3, pad: same) -> deconv(32, kernel: 3, stride: 3, pad: 1) -> conv(2, kernel: 5, pad: same)",
      "conv(32, kernel: 1) -> conv(16, kernel: 3, pad: same, stride: 2) -> deconv(1, kernel: 4, stride: 2, pad: 1)",
      "conv(12, kernel: 1) -> pixel_shuffle(2, order: crd)", "conv(27, kernel: 1) -> pixel_shuffle(3, order: dcr)",
      "conv(32, kernel: 1) -> pixel_shuffle(4, order: crd)", "conv(25, kernel: 1) -> pixel_shuffle(5, order: crd)",
    ]
    let cases = try Self.cases(stages.count, target, .strict) { _, index in
      "network rows\ninput x[3]\noutput y = x -> \(stages[index % stages.count])\n"
    }
    try check(cases, target, bound: Self.bound, sizes: { _ in (1...50).map { (2, $0) } })
  }

  /// What is computed on demand only changes nothing of the rest.
  @Test func classesAreTheSameWhoeverAsksHowSureTheyAre() throws {
    let text = """
      network labels
      input x[3]
      output y: labels = x -> conv(9, kernel: 3, pad: same) -> upsample(2, mode: bilinear, grid: half_pixel) -> argmax

      """
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "labels.fcn", text: text), report: &sink)
    let graph = try #require(Elaborator(registry: Registry([StandardPlugin.self])).elaborate(tree, report: &sink))
    let bound = RandomWeights.bind(graph.withConfidence, seed: 3, report: &sink)
    let program = try Lowerer(Optimizer.optimize(bound).graph, target: .native).lower()
    #expect(program.description.steps.last?.isOnDemand == true)
    let library = try KernelLibrary(
      [program], toolchain: try Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    var input = Tensor(channels: 3, height: 29, width: 31)
    for index in input.values.indices { input.values[index] = Float(index * 7919 % 1009) / 1009 }
    let expected = try Interpreter(bound).run([input]).outputs
    for (threads, bandRows, shares) in [(1, nil, nil), (2, 3, nil), (3, 8, nil), (2, 3, 2)] as [(Int, Int?, Int?)] {
      let all = try library.run(0, inputs: [input], threads: threads, bandRows: bandRows, shares: shares)
      let some = try library.run(
        0, inputs: [input], threads: threads, all: false, bandRows: bandRows, shares: shares)
      #expect(all[0].values == some[0].values && Self.difference(all[1], expected[1]) < 1e-5)
      #expect(some[1].values != all[1].values, "nobody asked for it")
    }
  }

  private func check(
    _ cases: [Case], _ target: Target, bound: Float, sizes: ((inout RandomNetworks) -> [(Int, Int)])? = nil
  ) throws {
    let toolchain = try Toolchain.find()
    let cache = NSTemporaryDirectory() + "/fcnc-tests"
    var generator = RandomNetworks(seed: Self.seed &+ 77)
    var worst: (difference: Float, text: String) = (0, "")
    let batch = 120
    for start in stride(from: 0, to: cases.count, by: batch) {
      let part = Array(cases[start..<min(cases.count, start + batch)])
      let library = try KernelLibrary(part.map(\.program), toolchain: toolchain, cache: cache)
      for (index, item) in part.enumerated() {
        let interpreter = try Interpreter(item.graph)
        for (height, width) in sizes?(&generator) ?? Self.sizes(item.graph, &generator) {
          let inputs = item.graph.inputs.map { input -> Tensor in
            let type = item.graph.values[input.value].type
            var tensor = Tensor(channels: type.channels, height: height, width: width)
            for position in tensor.values.indices {
              tensor.values[position] = Float(Int(generator.next() % 2001) - 1000) / 1000
            }
            return tensor
          }
          let expected = try interpreter.run(inputs).outputs
          // Step after step; in bands of the least height, of some rows, and of more than there are; in shares.
          let ways: [(threads: Int, bandRows: Int?, shares: Int?)] = [
            (1, nil, nil), (2, nil, nil), (3, 1, nil), (1, 1, nil), (2, 7, nil), (3, 1000, nil), (2, 1, 2), (1, 7, 3),
            (3, 1000, 2),
          ]
          let results = try ways.map { way in
            try library.run(
              index, inputs: inputs, threads: way.threads, bandRows: way.bandRows, shares: way.shares)
          }
          for (number, tensor) in expected.enumerated() {
            let result = results[0][number]
            let difference = Self.difference(result, tensor)
            if difference > worst.difference { worst = (difference, item.text) }
            #expect(
              difference <= bound,
              "\(target.name), \(height)x\(width), output \(number), seed \(Self.seed): \(difference)\n\(item.text)")
            for other in results.dropFirst() {
              let same = zip(other[number].values, result.values).allSatisfy { $0.bitPattern == $1.bitPattern }
              #expect(same, "\(target.name): other threads, bands or shares give another result\n\(item.text)")
            }
          }
        }
      }
    }
    print(
      "differential, \(target.name): \(cases.count) networks, largest difference \(worst.difference) in\n\(worst.text)")
  }

  /// The largest difference as a part of the largest number; infinite where something is NaN or the shapes differ.
  static func difference(_ result: Tensor, _ expected: Tensor) -> Float {
    guard result.values.count == expected.values.count, result.width == expected.width else { return .infinity }
    var largest: Float = 1e-3
    var difference: Float = 0
    for (a, b) in zip(result.values, expected.values) {
      largest = max(largest, abs(b))
      let distance = abs(a - b)
      if !(distance <= difference) { difference = distance.isNaN ? .infinity : distance }
    }
    return difference / largest
  }

  /// A few accepted sizes: the smallest, one pixel wide or high, and odd ones.
  static func sizes(_ graph: Graph, _ generator: inout RandomNetworks) -> [(Int, Int)] {
    func accepted(_ axis: KeyPath<TensorType, Extent>) -> [Int] {
      (1...24).filter { size in graph.values.allSatisfy { $0.type[keyPath: axis](size) != nil } }
    }
    let heights = accepted(\.height)
    let widths = accepted(\.width)
    guard let low = heights.first, let narrow = widths.first else { return [] }
    return [
      (low, generator.pick(widths)), (generator.pick(heights), narrow),
      (generator.pick(heights), generator.pick(widths)),
    ]
  }

  static func cases(
    _ count: Int, _ target: Target, _ accuracy: Accuracy = .normal,
    _ text: (inout RandomNetworks, Int) -> String
  ) throws -> [Case] {
    var generator = RandomNetworks(seed: seed)
    let registry = Registry([StandardPlugin.self])
    let language = NetworkLanguage()
    var cases: [Case] = []
    var index = 0
    while cases.count < count {
      try #require(index < count * 3, "most random networks should be valid")
      let text = text(&generator, index)
      index += 1
      var sink = DiagnosticSink()
      let tree = language.parse(SourceFile(path: "case.fcn", text: text), report: &sink)
      guard let graph = Elaborator(registry: registry).elaborate(tree, report: &sink), !sink.hasErrors else {
        // Arguments that exclude each other by chance; anything else is a mistake of the generator.
        let allowed = sink.diagnostics.allSatisfy { ["stage-rejected", "empty-size-domain"].contains($0.id.name) }
        #expect(allowed, "\(text)\n\(sink.diagnostics.map(\.message))")
        continue
      }
      let bound = RandomWeights.bind(graph, seed: UInt64(index), report: &sink)
      let optimized = Optimizer.optimize(bound).graph
      cases.append(
        Case(text: text, graph: bound, program: try Lowerer(optimized, target: target, accuracy: accuracy).lower()))
    }
    return cases
  }
}

extension Target: CustomTestStringConvertible {
  public var testDescription: String { name }
}
