import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import FCNYAML
import Foundation

struct Stages: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the stages, or print the manual of one.",
    discussion: """
      EXAMPLES:
        fcnc stages
        fcnc stages conv
        fcnc stages --format schema > fcn.schema.json
      """)

  @Argument(help: "A stage.")
  var stage: String?

  @Option(help: "How they are listed: text, or schema (a JSON Schema of networks as YAML, for editors).")
  var format: Form = .text

  enum Form: String, ExpressibleByArgument, CaseIterable { case text, schema }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    if format == .schema {
      Swift.print(SchemaWriter(session.registry).text, terminator: "")
      return
    }
    let stages = session.registry.stages
    guard let stage else {
      let width = stages.keys.map(\.count).max() ?? 0
      for name in stages.keys.sorted() {
        guard let signature = stages[name]?.signature else { continue }
        Swift.print(name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + signature.summary)
      }
      return
    }
    guard let found = stages[stage] else {
      let suggestion = Suggestion.nearest(to: stage, in: stages.keys)
      throw ValidationError(
        "there is no stage `\(stage)`" + (suggestion.map { "; did you mean `\($0)`" } ?? "; `fcnc stages` lists them"))
    }
    Swift.print(StageManual.text(for: found.signature))
  }
}
