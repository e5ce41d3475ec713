import FCNCore
import Testing

@Suite struct RandomWeightsTests {
  typealias Golden = (
    name: String, seed: UInt64, initialization: WeightRequirement.Initialization, numbers: [Float]
  )

  /// Made by `Tests/Scripts/random_weights.py`.
  static let goldens: [Golden] = [
    (
      "encoder.conv1.weight", 0, .he(fanIn: 27),
      [
        0.15091083943843842, -0.6942977905273438, -0.15031202137470245, 0.2451470047235489, 0.29215866327285767,
        0.0996624156832695, 0.07469525933265686,
      ]
    ),
    (
      "encoder.bn.running_var", 42, .uniform(0.5, 1.5),
      [1.495219111442566, 1.0765478610992432, 1.4633593559265137, 0.7986592650413513, 1.056480884552002]
    ),
    (
      "größe.weight", .max, .he(fanIn: 1),
      [-0.43912792205810547, 2.534226894378662, 2.8343753814697266, 0.502061128616333]
    ),
  ]

  @Test(arguments: goldens)
  func numbersAreThoseOfTheScript(
    _ golden: Golden
  ) {
    let requirement = WeightRequirement("weight", [golden.numbers.count], golden.initialization)
    let tensor = RandomWeights.tensor(golden.name, requirement, seed: golden.seed)
    #expect(tensor.values.count == golden.numbers.count)
    for (number, expected) in zip(tensor.values, golden.numbers) { #expect(abs(number - expected) < 1e-6) }
  }

  @Test func heHasTheVarianceItIsNamedFor() {
    let requirement = WeightRequirement("weight", [100, 1000], .he(fanIn: 8))
    let values = RandomWeights.tensor("w", requirement).values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    // Five standard errors of the mean and of the variance of 100000 normal numbers.
    #expect(abs(mean) < 5 * 0.5 / 316)
    #expect(abs(variance - 0.25) < 5 * 0.25 * 1.4142 / 316)
  }

  @Test func anInsertedStageChangesNoOtherWeight() throws {
    var sink = DiagnosticSink()
    let short = RandomWeights.bind(try chain([("b", TestConvolution(channels: 3))], channels: 3), report: &sink)
    let stages: [(path: String, stage: any Stage)] = [("a", TestNorm()), ("b", TestConvolution(channels: 3))]
    let long = RandomWeights.bind(try chain(stages, channels: 3), report: &sink)
    #expect(sink.diagnostics.isEmpty)
    #expect(long.nodes[0].weights.count == 4)
    #expect(long.nodes[1].weights.map(\.values) == short.nodes[0].weights.map(\.values))
    let other = RandomWeights.bind(try chain(stages, channels: 3), seed: 1, report: &sink)
    #expect(other.nodes[1].weights[0].values != long.nodes[1].weights[0].values)
  }

  /// What is drawn, written under its tensors' names and bound again is the same.
  @Test func exportedWeightsBindAgain() throws {
    var sink = DiagnosticSink()
    var network = try chain([("a", TestConvolution(channels: 3)), ("a", TestConvolution(channels: 3))], channels: 3)
    network.weightMap = ["a.bias": "elsewhere"]
    let drawn = RandomWeights.bind(network, report: &sink)
    let tensors = RandomWeights.tensors(of: drawn)
    #expect(tensors.map(\.name) == ["a.weight", "elsewhere"])
    let bound = WeightBinder([MemoryWeights(tensors)]).bind(network, report: &sink)
    #expect(sink.diagnostics.isEmpty)
    #expect(bound.nodes.map { $0.weights.map(\.values) } == drawn.nodes.map { $0.weights.map(\.values) })
  }

  @Test func weightsThatAreTooLargeAreReported() throws {
    for channels in [1 << 15, 1 << 40] {
      var sink = DiagnosticSink()
      let network = try chain([("a", TestConvolution(channels: channels))], channels: 1 << 24)
      _ = RandomWeights.bind(network, report: &sink)
      #expect(sink.diagnostics.map(\.id) == [.oversizedWeight])
    }
  }
}
