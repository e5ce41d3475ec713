import FCNCore
import Testing

@Suite struct WeightBinderTests {
  /// conv 3 -> 8 by 3 x 3, norm of 8, conv 8 -> 2.
  static func network() throws -> Graph {
    try chain(
      [("a", TestConvolution(channels: 8, kernel: 3)), ("n", TestNorm()), ("b", TestConvolution(channels: 2))],
      channels: 3)
  }

  static let shapes: [(String, [Int])] = [
    ("a.weight", [8, 3, 3, 3]), ("a.bias", [8]), ("n.weight", [8]), ("n.bias", [8]), ("n.running_mean", [8]),
    ("n.running_var", [8]), ("b.weight", [2, 8, 1, 1]), ("b.bias", [2]),
  ]

  private func bind(
    _ graph: Graph, _ sources: [any WeightSource], map: WeightMap = [:], strict: Bool = false
  ) -> (graph: Graph, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink()
    let bound = WeightBinder(sources, map: map, strict: strict).bind(graph, report: &sink)
    return (bound, sink.diagnostics)
  }

  private func changed(_ name: String, to shape: [Int]?) -> MemoryWeights {
    var shapes = Self.shapes.filter { $0.0 != name }
    if let shape { shapes.append((name, shape)) }
    return MemoryWeights(shapes: shapes)
  }

  @Test func everyNodeGetsItsWeightsInTheOrderOfItsStage() throws {
    let content = Self.shapes.enumerated().map { index, entry in
      (
        name: entry.0,
        tensor: WeightTensor(
          shape: entry.1, values: Array(repeating: Float(index), count: entry.1.reduce(1, *)))
      )
    }
    let (bound, diagnostics) = bind(try Self.network(), [MemoryWeights(content.reversed())])
    #expect(diagnostics.isEmpty)
    #expect(bound.nodes.map { $0.weights.map { $0.values[0] } } == [[0, 1], [2, 3, 4, 5], [6, 7]])
    #expect(bound.nodes[0].weights[0].shape == [8, 3, 3, 3])
  }

  @Test func weightsMayComeFromSeveralFiles() throws {
    let first = MemoryWeights(shapes: Array(Self.shapes.prefix(3)), path: "one")
    let second = MemoryWeights(shapes: Array(Self.shapes.dropFirst(3)), path: "two")
    let (bound, diagnostics) = bind(try Self.network(), [first, second])
    #expect(diagnostics.isEmpty)
    #expect(bound.nodes.allSatisfy { !$0.weights.isEmpty })
    let both = bind(try Self.network(), [first, second, first]).diagnostics
    #expect(both.map(\.id) == [.ambiguousTensor, .ambiguousTensor, .ambiguousTensor])
    #expect(both[0].notes == ["in one", "in one"])
  }

  @Test(arguments: [[8], [8, 1, 1], [1, 8, 1, 1], [1], [], [1, 1, 1]])
  func numbersPerChannelMayHaveOtherShapes(_ shape: [Int]) throws {
    let (bound, diagnostics) = bind(try Self.network(), [changed("n.bias", to: shape)])
    #expect(diagnostics.isEmpty)
    #expect(bound.nodes[1].weights[1].shape == [8])
    #expect(bound.nodes[1].weights[1].values.count == 8)
  }

  @Test(arguments: [[8, 1], [1, 8], [4, 2, 1], [9], [2, 8, 1, 1], [1, 1, 8]])
  func otherShapesPerChannelAreErrors(_ shape: [Int]) throws {
    let (bound, diagnostics) = bind(try Self.network(), [changed("n.bias", to: shape)])
    #expect(diagnostics.map(\.id) == [.misshapenWeight])
    #expect(diagnostics.first?.message.contains("`n.bias` has the shape \(shape)") == true)
    #expect(bound.nodes[1].weights.isEmpty)
  }

  @Test func everyFaultIsReportedAtItsStage() throws {
    var shapes = Self.shapes
    shapes[0].1 = [8, 3, 5, 5]
    shapes.removeAll { $0.0 == "b.bias" || $0.0 == "n.running_mean" }
    let (bound, diagnostics) = bind(try Self.network(), [MemoryWeights(shapes: shapes)])
    #expect(Set(diagnostics.map(\.id)) == [.misshapenWeight, .missingWeight])
    #expect(diagnostics.count == 3)
    let lines = diagnostics.compactMap { $0.range?.start.line }
    #expect(lines == [1, 2, 3])
    #expect(diagnostics[1].message == "no tensor for the weight `n.running_mean` of shape [8]")
    #expect(bound.nodes.allSatisfy { $0.weights.isEmpty })
  }

  @Test(arguments: [
    ([3, 3, 3, 8], "HWIO"), ([3, 8, 3, 3], "IOHW"), ([8, 3, 3, 3, 1], ""), ([3, 3, 8, 3], "HWOI"),
  ])
  func transposedKernelsAreRecognised(_ shape: [Int], _ order: String) throws {
    let diagnostics = bind(try Self.network(), [changed("a.weight", to: shape)]).diagnostics
    #expect(diagnostics.map(\.id) == [.misshapenWeight])
    #expect(diagnostics[0].message.contains("fits when") == !order.isEmpty)
    #expect(diagnostics[0].message.contains(order) || order.isEmpty)
  }

  @Test(arguments: [
    ([2, 8], "reshaped to [2, 8, 1, 1]"), ([8, 2], "transposed and reshaped"), ([8, 2, 1, 1], "IOHW"),
  ])
  func denseLayersAreRecognised(_ shape: [Int], _ words: String) throws {
    let diagnostics = bind(try Self.network(), [changed("b.weight", to: shape)]).diagnostics
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.message.contains(words) == true)
  }

  @Test func missingNamesGetTheNearestNameThatFits() throws {
    var shapes = Self.shapes.filter { $0.0 != "a.bias" }
    shapes += [("a.bios", [8]), ("a.biass", [4])]
    let diagnostics = bind(try Self.network(), [MemoryWeights(shapes: shapes)]).diagnostics
    #expect(diagnostics.map(\.id) == [.missingWeight, .unusedTensor])
    #expect(diagnostics[0].help?.contains("`a.bias = a.bios`") == true)
  }

  @Test func aPrefixOfTheNetworkIsRecognised() throws {
    var network = try Self.network()
    for index in network.nodes.indices { network.nodes[index].weightPath = "net." + network.nodes[index].weightPath }
    let shorter = bind(network, [MemoryWeights(shapes: Self.shapes)]).diagnostics
    #expect(shorter.first?.help?.contains("without `net.`") == true)
  }

  @Test func unusedTensorsAreOneWarning() throws {
    let spare: [(String, [Int])] = [("z.weight", [1]), ("n.num_batches_tracked", []), ("y", [2])]
    let source = MemoryWeights(shapes: Self.shapes + spare)
    let (bound, diagnostics) = bind(try Self.network(), [source])
    #expect(diagnostics.map(\.id) == [.unusedTensor])
    #expect(diagnostics.map(\.severity) == [.warning])
    #expect(diagnostics.first?.notes == ["in memory: `z.weight`, `y`"])
    #expect(bound.nodes.allSatisfy { !$0.weights.isEmpty })
    #expect(bind(try Self.network(), [source], strict: true).diagnostics.map(\.severity) == [.error])
  }

  @Test func theMapGoesBeforeTheGraphsOwn() throws {
    var network = try Self.network()
    network.weightMap = ["a.bias": "first", "b.bias": "second"]
    var shapes = Self.shapes.filter { $0.0 != "a.bias" && $0.0 != "b.bias" }
    shapes += [("third", [8]), ("second", [2])]
    let (_, diagnostics) = bind(network, [MemoryWeights(shapes: shapes)], map: ["a.bias": "third"])
    #expect(diagnostics.isEmpty)
  }

  @Test func weightsInTheMapThatDoNotExistAreReported() throws {
    let diagnostics = bind(try Self.network(), [MemoryWeights(shapes: Self.shapes)], map: ["a.bia": "x"]).diagnostics
    #expect(diagnostics.map(\.id) == [.unknownWeight])
    #expect(diagnostics.first?.help == "there is `a.bias`")
  }

  @Test func stagesMayShareWeightsIfTheyAreAlike() throws {
    let alike = try chain(
      [("a", TestConvolution(channels: 3)), ("a", TestConvolution(channels: 3))], channels: 3)
    let source = MemoryWeights(shapes: [("a.weight", [3, 3, 1, 1]), ("a.bias", [3])])
    let (bound, diagnostics) = bind(alike, [source])
    #expect(diagnostics.isEmpty)
    #expect(bound.nodes.allSatisfy { $0.weights.count == 2 })
    let different = try chain(
      [("a", TestConvolution(channels: 3)), ("a", TestConvolution(channels: 4))], channels: 3)
    let conflicts = bind(different, [source]).diagnostics.filter { $0.id == .conflictingWeights }
    #expect(conflicts.count == 2)
    #expect(conflicts.first?.range?.start.line == 2)
    #expect(conflicts.first?.related.first?.range.start.line == 1)
  }

  @Test func aTensorThatCannotBeReadIsReportedAtItsStage() throws {
    var content = MemoryWeights(shapes: Self.shapes).content
    content[2].tensor.values[3] = .nan
    let (bound, diagnostics) = bind(try Self.network(), [MemoryWeights(content)])
    #expect(diagnostics.map(\.id) == [.unreadableWeight])
    #expect(diagnostics.first?.range?.start.line == 2)
    #expect(bound.nodes[1].weights.isEmpty)
    #expect(!bound.nodes[0].weights.isEmpty)
  }

  @Test func everyFindingIsExplained() {
    let ids = DiagnosticID.weightCatalog
    #expect(Set(ids.map(\.name)).count == ids.count)
    #expect(ids.map(\.name) == ids.map(\.name).sorted())
    #expect(ids.allSatisfy { $0.explanation.count > 100 })
  }
}
