import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import Foundation

struct Stages: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the stages, or print the manual of one.",
    discussion: """
      EXAMPLES:
        fcnc stages
        fcnc stages conv
      """)

  @Argument(help: "A stage.")
  var stage: String?

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
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
