import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

/// The networks of `Tests/UI/surgery`: the first line of each says at which size it is read, and whether it is rewritten
/// or refused. `NAME.expected.fcn` (or `.expected.fcn.yaml`) holds the rewritten text, `NAME.expected.txt` the findings as
/// they are printed.
@Suite struct SurgeryTextTests {
  static let folder = Repository.file("Tests/UI/surgery")

  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var isRewritten: Bool
    var size: (height: Int, width: Int)?

    var testDescription: String { name }

    /// Fails for files that are no networks to rewrite.
    init?(_ name: String) {
      guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8),
        !name.contains(".expected."),
        let line = text.firstMatch(of: /^(?:\/\/|#) (rewritten|refused) (?:at (\d+)x(\d+)|without a size)\n/)
      else { return nil }
      self.name = name
      self.text = text
      isRewritten = line.1 == "rewritten"
      if let height = line.2.flatMap({ Int($0) }), let width = line.3.flatMap({ Int($0) }) { size = (height, width) }
    }

    var rewriting: SurgeryCase { SurgeryCase(text, path: name, size: size, folder: folder) }
  }

  static let samples = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    .compactMap { Sample($0) }
  static let rewritten = samples.filter(\.isRewritten)

  @Test func thereAreManyOfBothKinds() {
    #expect(Self.rewritten.count >= 12)
    #expect(Self.samples.count - Self.rewritten.count >= 14)
  }

  @Test(arguments: samples) func theTextIsAsExpected(_ sample: Sample) throws {
    let rewriting = sample.rewriting
    let stem = sample.name.replacing(/\.fcn.*/, with: "")
    if sample.isRewritten {
      #expect(rewriting.findings.isEmpty, "\(rewriting.findings.map(\.message))")
      let text = try #require(rewriting.result?.text)
      let ending = sample.name.dropFirst(stem.count)
      let file = Self.folder.appendingPathComponent("\(stem).expected\(ending)")
      let difference = try ExpectedText.difference(text, from: file)
      #expect(difference == nil)
    } else {
      #expect(rewriting.result == nil)
      let text = rewriting.findings.map { DiagnosticRenderer().render($0) }.joined(separator: "\n")
      let file = Self.folder.appendingPathComponent("\(stem).expected.txt")
      let difference = try ExpectedText.difference(text, from: file)
      #expect(difference == nil)
    }
  }

  @Test(arguments: rewritten) func whatIsWrittenIsFullyConvolutional(_ sample: Sample) throws {
    let result = try #require(sample.rewriting.result)
    #expect(!result.steps.isEmpty)
    #expect(Verdict(of: result.graph).isFullyConvolutional)
    #expect(GraphVerifier.faults(in: result.graph) == [])
    let again = SurgeryCase(result.text, path: sample.name, size: sample.size).result
    #expect(again?.steps.count == 0, "there is nothing left to rewrite")
    if sample.name.hasSuffix(".fcn") { #expect(again?.text == result.text, "the canonical layout") }
    let names = { (graph: Graph) in Set(graph.weightUses().map(\.name)) }
    #expect(names(result.graph) == names(result.original), "weights keep their names")
  }

  @Test(arguments: rewritten) func theAnswerAtTheOriginalSizeStays(_ sample: Sample) throws {
    let size = try #require(sample.size)
    let (original, rewritten) = try sample.rewriting.bound(seed: 3)
    var generator = SeededGenerator(seed: 11)
    let inputs = SurgeryCase.inputs(rewritten, height: size.height, width: size.width, using: &generator)
    let expected = try Interpreter(original).run(inputs).outputs
    let found = try Interpreter(rewritten).run(inputs).outputs
    #expect(expected.count == found.count)
    for (a, b) in zip(found, expected) { #expect(SurgeryCase.difference(a, b) <= 1e-5) }
  }

  /// A network says the same in YAML, so it becomes the same network.
  @Test(arguments: rewritten.filter { !$0.name.hasSuffix(".yaml") })
  func theYAMLFormBecomesTheSameNetwork(_ sample: Sample) throws {
    let text = YAMLFrontEnd().print(sample.rewriting.tree)
    let converted = SurgeryCase(text, path: "case.fcn.yaml", size: sample.size)
    let result = try #require(converted.result, "\(converted.findings.map(\.message))\n\(text)")
    let expected = try #require(sample.rewriting.result)
    #expect(GraphPrinter.text(of: result.graph) == GraphPrinter.text(of: expected.graph), "\(result.text)")
  }
}
