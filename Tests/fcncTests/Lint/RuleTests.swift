import FCNCore
import FCNDriver
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

@testable import FCNCommands

/// The examples of every rule are its tests: what they mark is found, and nothing else.
@Suite struct RuleTests {
  static let names = StandardPlugin.lintRules.map { $0.description.id.name }

  private let linter: Linter

  init() throws { linter = Linter(try Session(plugins: Fcnc.plugins)) }

  private func rule(_ name: String) throws -> RuleDescription { try #require(linter.rules[name]) }

  @Test func everyFileOfARuleIsListed() throws {
    let folder = Repository.file("Sources/FCNStandard/LintRules").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let listed = StandardPlugin.lintRules.map { "\($0).swift" }
    #expect(files == listed)
    #expect(Set(Self.names).count == Self.names.count)
    #expect(Self.names.count >= 35)
  }

  @Test(arguments: names)
  func itIsDescribed(name: String) throws {
    let rule = try rule(name)
    #expect(name.wholeMatch(of: #/[a-z]+(-[a-z]+)*/#) != nil)
    // Names state the bad thing, to be read behind "allow".
    #expect(!name.hasPrefix("no-") && !name.hasPrefix("disallow-"))
    #expect(rule.summary.hasSuffix(".") && !rule.summary.contains("\n"))
    #expect(rule.summary.count <= 1024 && rule.id.explanation.count > 80)
    #expect(rule.examples.contains(where: \.isBad) && rule.examples.contains { !$0.isBad })
  }

  @Test(arguments: names)
  func itFindsWhatItsExamplesMark(name: String) throws {
    let rule = try rule(name)
    for fault in linter.faults(of: rule) { Issue.record("\(fault)") }
    for example in rule.examples {
      for finding in linter.findings(of: rule, in: example) { #expect(finding.help != nil) }
      if let fixed = example.fixedText {
        #expect(linter.findings(of: rule, in: .good(fixed, options: example.options)).isEmpty)
      }
    }
  }

  /// The check itself can fail.
  @Test func aRuleThatDoesNotHoldToItsExamplesIsFound() {
    let wrong = RuleDescription(
      "checkerboard", .suspicious, since: "0.2.0", summary: "Wrong", explanation: "None.",
      examples: [
        .bad(
          "network n\n\ninput x[3] = picture -> rgb\n\noutput y: raw = «x» -> deconv(3, kernel: 3, stride: 2, pad: 1)"),
        .bad("network n\n\noutput y = «x»"),
      ])
    let faults = linter.faults(of: wrong)
    #expect(faults.contains { $0.hasPrefix("it finds") } && faults.contains { $0.hasPrefix("its example is wrong") })
    #expect(faults.contains { $0.hasPrefix("its summary") } && faults.contains { $0.contains("finds nothing") })
  }

  /// A change that `--fix` makes without being asked twice changes no weight and no number.
  @Test(arguments: names)
  func automaticFixesChangeNoNumber(name: String) throws {
    let rule = try rule(name)
    for example in rule.examples.filter(\.isBad) {
      let findings = linter.findings(of: rule, in: example)
      guard findings.contains(where: { $0.fixIts.contains { $0.applicability == .automatic } }) else { continue }
      let fixed = linter.fixed(example, of: rule)
      #expect(fixed != example.text + "\n")
      #expect(try answer(example.text) == answer(fixed), "\(fixed)")
    }
  }

  /// The numbers of all outputs for a picture of odd size, with weights that depend on their names alone.
  private func answer(_ text: String) throws -> [[Float]] {
    var sink = DiagnosticSink()
    let tree = try linter.session.parse(SourceFile(path: "example.fcn", text: text), report: &sink)
    let graph = try #require(linter.session.elaborate(tree, settings: [:], report: &sink))
    let bound = RandomWeights.bind(graph, seed: 3, report: &sink)
    var generator = SeededGenerator(seed: 5)
    let inputs = bound.inputs.map { input in
      Tensor(
        channels: input.description.channels, height: 23, width: 31,
        values: (0..<input.description.channels * 23 * 31).map { _ in Float.random(in: -1...1, using: &generator) })
    }
    return try Interpreter(bound).run(inputs).outputs.map(\.values)
  }
}
