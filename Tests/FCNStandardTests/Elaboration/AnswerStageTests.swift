import FCNCore
import FCNRuntime
import FCNStandard
import Testing

/// Answers at the end of a network, and the outputs that they and their confidence need.
@Suite struct AnswerStageTests {
  private func graph(_ text: String, plugin: any Plugin.Type = StandardPlugin.self) throws -> Graph {
    let result = Elaborated(text, plugin: plugin)
    return try #require(result.graph, "\(result.diagnostics.map(\.message))")
  }

  private let cells = """
    network cells
    input image[1]
    p = image -> conv(1, kernel: 3, pad: same) -> sigmoid
    inside = image -> conv(1, kernel: 3, pad: same)
    mask = p -> threshold(0.5)
    output cells: labels(names: ["ground", "cell"]) = inside -> threshold(0)
      -> components(connectivity: 8, least_area: 7, score: p, within: mask)
    output area = mask
    """

  /// The maps come in the order of the method, whatever the order of the arguments, and belong to no one else.
  @Test func anAnswerKeepsItsMaps() throws {
    let graph = try graph(cells)
    #expect(graph.outputs.map(\.description.role) == [.answer, .map, .map, .answer])
    #expect(graph.namedOutputs.map(\.description.name) == ["cells", "area"])
    let answer = try #require(graph.outputs[0].description.answer)
    guard case .components(let rule) = answer.method else {
      Issue.record("it is \(answer.method)")
      return
    }
    #expect(rule.joinsCorners && rule.leastArea == 7 && !rule.fillsHoles && rule.grows && rule.hasScore)
    let maps = answer.furtherMaps.map { graph.values[graph.outputs[$0].value].name }
    #expect(maps == ["mask", "p"])
    guard case .labels(let classes) = graph.outputs[0].description.kind else {
      Issue.record("it is \(graph.outputs[0].description.kind)")
      return
    }
    #expect(classes.names == ["ground", "cell"])
    #expect(GraphVerifier.faults(in: graph) == [])
  }

  /// Maps that something else needs anyway are left out for training; those that nothing else needs stay.
  @Test func mapsThatOnlyServeAnAnswer() throws {
    #expect(try graph(cells).withoutAnswerMaps.outputs.map(\.description.name) == ["cells", "area"])
    let alone = cells.replacing("output area = mask", with: "")
    #expect(try graph(alone).withoutAnswerMaps.outputs.map(\.description.role) == [.answer, .map])
  }

  @Test(arguments: [
    ("image -> conv(3, kernel: 1) -> argmax", "logits"),
    ("image -> conv(3, kernel: 1) -> softmax -> argmax", "probabilities"),
    ("image -> conv(1, kernel: 1) -> sigmoid -> threshold(0.25)", "probabilities"),
  ])
  func classesHaveAConfidence(stages: String, numbers: String) throws {
    let plain = try graph("network n\ninput image[2]\noutput mask = \(stages)\n")
    let graph = plain.withConfidence
    #expect(plain.outputs.count == 1 && graph.outputs.count == 2)
    #expect(graph.outputs[0].description.confidence == 1)
    #expect(graph.outputs[1].description.role == .confidence && graph.outputs[1].description.channels == 2)
    #expect(GraphVerifier.faults(in: graph) == [])
    let node = try #require(graph.nodes.last)
    #expect(type(of: node.stage).signature.name == "confidence")
    #expect("\(node.stage)".contains(numbers), "\(node.stage)")
  }

  /// Of what is no probability, nothing is known.
  @Test(arguments: [
    "image -> conv(1, kernel: 1) -> threshold(0.25)", "image -> conv(1, kernel: 1)",
    "image -> conv(1, kernel: 1) -> sigmoid -> threshold(3)",
  ])
  func othersHaveNone(stages: String) throws {
    let graph = try graph("network n\ninput image[2]\noutput y = \(stages)\n")
    #expect(graph.withConfidence.outputs.count == 1)
  }

  /// A stage from outside answers like a built-in one.
  @Test func anAnswerFromOutside() throws {
    let graph = try graph("network n\ninput image[2]\noutput top = image -> relu -> brightest\n", plugin: Answers.self)
    guard case .peaks(let rule)? = graph.outputs[0].description.answer?.method else {
      Issue.record("it is \(String(describing: graph.outputs[0].description.answer))")
      return
    }
    #expect(rule.distance == 65_536)
    let wrong = Elaborated("network n\ninput image[2]\noutput top = image -> brightest -> relu\n", plugin: Answers.self)
    #expect(wrong.diagnostics.map(\.id.name) == ["answer-not-last"])
  }
}

/// What is built in and one more answer.
private enum Answers: Plugin {
  static let name = "answers"

  static func register(in registry: inout Registry) {
    StandardPlugin.register(in: &registry)
    registry.register(Brightest.self)
  }
}

/// The brightest pixel of every channel.
private struct Brightest: AnswerStage {
  static let signature = StageSignature(
    name: "brightest", summary: "An answer: the brightest pixel of every channel.", example: "x -> brightest")

  init(_ arguments: Arguments) {}

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }

  func method(for inputs: [TensorType]) -> AnswerMethod {
    .peaks(PeakRule(threshold: -.greatestFiniteMagnitude, distance: 65_536))
  }
}
