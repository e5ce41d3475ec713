import FCNCore
import FCNInterchange
import FCNStandard
import Foundation
import Testing

/// What a plugin may register, and what happens where two claim the same.
@Suite struct RegistrationTests {
  @Test func aNameThatIsTakenIsRefusedAndBothPluginsAreNamed() {
    let registry = Registry([StandardPlugin.self, Stranger.self, Rival.self])
    #expect(
      registry.conflicts == [
        "stage `relu` is registered by the plugins `standard` and `rival`",
        "stage `negate` is registered by the plugins `stranger` and `rival`",
        "reporter `text` is registered by the plugins `standard` and `rival`",
        "lint rule `sad-name` is registered by the plugins `stranger` and `rival`",
        "weight format `plain` is registered by the plugins `stranger` and `rival`",
        "front end `lines` is registered by the plugins `stranger` and `rival`",
      ])
    #expect(registry.stages["relu"] is ReLU.Type, "the first one stays")
    #expect(registry.stages["negate"] is Negate.Type)
  }

  @Test func theEndOfAFileNameHasOneReader() {
    let registry = Registry([StandardPlugin.self, InterchangePlugin.self, Grabber.self])
    #expect(
      registry.conflicts == [
        "weight files ending in `.safetensors` are claimed by the plugins `interchange` and `grabber`",
        "network files ending in `.fcn` are claimed by the plugins `standard` and `grabber`",
      ])
    #expect(registry.weightFormats.allSatisfy { $0.name != "grabbed" })
    #expect(registry.frontEnds.allSatisfy { $0.name != "grabbed" })
  }

  @Test func aPluginTwiceIsAConflictWithItself() {
    let registry = Registry([Stranger.self, Stranger.self])
    #expect(registry.conflicts.first == "stage `negate` is registered by the plugins `stranger` and `stranger`")
  }

  @Test func nothingConflictsInWhatIsBuiltIn() {
    #expect(Registry([StandardPlugin.self, InterchangePlugin.self, Stranger.self]).conflicts.isEmpty)
  }

  // MARK: The same door

  private func elaborated(_ text: String) -> (graph: Graph?, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink()
    let registry = Registry([StandardPlugin.self, Stranger.self])
    let tree = NetworkLanguage().parse(SourceFile(path: "main.fcn", text: text), report: &sink)
    return (Elaborator(registry: registry).elaborate(tree, report: &sink), sink.sorted)
  }

  @Test func aStageOfAPluginIsUsedLikeABuiltInOne() throws {
    let text = """
      network n
      input x[3]
      a = x -> conv(4, kernel: 1) -> negate(times: 2) @mine
      output y = a -> negate -> relu
      """
    let (elaborated, diagnostics) = elaborated(text)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    let graph = try #require(elaborated)
    #expect(graph.weightUses().map(\.name) == ["a.conv.weight", "a.conv.bias", "mine.offset", "y.negate.offset"])
    var sink = DiagnosticSink()
    let bound = RandomWeights.bind(graph, seed: 3, report: &sink)
    let input = Tensor(channels: 3, height: 2, width: 2, values: (0..<12).map { Float($0) / 12 })
    let values = try Interpreter(bound).run([input], keeping: ["a", "y"]).values
    let (a, y) = (try #require(values["a"]), try #require(values["y"]))
    let offsets = bound.nodes[2].weights[0].values
    for channel in 0..<4 {
      for place in 0..<4 {
        let expected = max(0, offsets[channel] - a.values[channel * 4 + place])
        #expect(abs(y.values[channel * 4 + place] - expected) < 1e-6)
      }
    }
    // A pass knows what a stage declares, not which stage it is.
    #expect(Optimizer.optimize(bound).graph.nodes.count == 1)
  }

  @Test func itsArgumentsAreCheckedByItsSignature() throws {
    let (graph, diagnostics) = elaborated("network n\ninput x[3]\noutput y = x -> negate(times: 99)\n")
    #expect(graph == nil || !diagnostics.isEmpty)
    let found = try #require(diagnostics.first)
    #expect(diagnostics.count == 1 && found.id.name == "argument-out-of-range", "\(found.message)")
    #expect(found.range.map { "\($0.start.line):\($0.start.column)" } == "3:31")
  }

  @Test func whatItRejectsIsToldAtItsPlace() throws {
    let (_, diagnostics) = elaborated("network n\ninput x[3]\noutput y = x -> negate(times: 7)\n")
    let found = try #require(diagnostics.first)
    #expect(diagnostics.count == 1 && found.id.name == "stage-rejected")
    #expect(found.message == "seven times is too often")
    #expect(found.range.map { "\($0.start.line):\($0.start.column)" } == "3:31")
  }

  @Test func whatIsBuiltInUsesNoOtherDoor() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/FCNStandard")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      count += 1
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "(" })
        let isImport = words.contains("import")
        #expect(
          !words.contains("@testable") && !words.contains("@_spi") && !words.contains("package"), "\(file): \(line)")
        if isImport, words.first == "import" {
          #expect(["FCNCore", "FCNRuntime", "Foundation", "Glibc", "Musl", "Darwin"].contains(words[1]), "\(file)")
        }
      }
    }
    #expect(count > 50)
  }
}

// MARK: Plugins

/// A plugin as somebody outside writes it.
private enum Stranger: Plugin {
  static let name = "stranger"

  static func register(in registry: inout Registry) {
    registry.register(Negate.self)
    registry.register(SadName.self)
    registry.register(NoWeights(name: "plain", fileExtensions: ["plain"]))
    registry.register(NoNetworks(name: "lines", fileExtensions: ["lines"]))
  }
}

/// Claims names that others have.
private enum Rival: Plugin {
  static let name = "rival"

  static func register(in registry: inout Registry) {
    registry.register(OtherReLU.self)
    registry.register(Negate.self)
    registry.register(TextReporter())
    registry.register(SadName.self)
    registry.register(NoWeights(name: "plain", fileExtensions: ["other"]))
    registry.register(NoNetworks(name: "lines", fileExtensions: ["other"]))
  }
}

/// Claims the ends of file names that others read.
private enum Grabber: Plugin {
  static let name = "grabber"

  static func register(in registry: inout Registry) {
    registry.register(NoWeights(name: "grabbed", fileExtensions: ["grab", "safetensors"]))
    registry.register(NoNetworks(name: "grabbed", fileExtensions: ["grab", "fcn"]))
  }
}

/// `offset - times * x`, with an offset per channel.
private struct Negate: PointwiseStage {
  static let signature = StageSignature(
    name: "negate", summary: "an offset less the input",
    parameters: [Parameter("times", .integer(1...9), default: .value(.integer(1)), "a factor")],
    example: "x -> negate")

  let times: Int

  init(_ arguments: Arguments) throws(Rejection) {
    times = arguments.integer("times")
    if times == 7 { throw Rejection("seven times is too often", .argument("times")) }
  }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }
  func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    [WeightRequirement("offset", [inputs[0].channels], .uniform(1, 2))]
  }
  func channelParameters(weights: [WeightTensor], channels: Int) -> [[Float]] { [weights[0].values] }
  func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .channelParameter(0) - .constant(Float(times)) * .input(0)
  }
}

private struct OtherReLU: Stage {
  static let signature = StageSignature(name: "relu", summary: "another one", example: "x -> relu")
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { inputs }
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { inputs }
}

private enum SadName: LintRule {
  static let description = RuleDescription(
    "sad-name", .style, since: "1.0.0", summary: "A sad name.", explanation: "A sad name.", examples: [])
}

private struct NoWeights: WeightFormat {
  let name: String
  let fileExtensions: [String]
  func open(path: String) throws(WeightFileError) -> any WeightSource {
    throw WeightFileError(path: path, message: "there is nothing")
  }
}

private struct NoNetworks: FrontEnd {
  let name: String
  let fileExtensions: [String]
  func parse(_ file: SourceFile, report: inout DiagnosticSink) -> NetworkSyntax {
    NetworkLanguage().parse(file, report: &report)
  }
  func print(_ tree: NetworkSyntax) -> String { "" }
}
