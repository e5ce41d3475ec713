import ArgumentParser
import FCNCore
import FCNDriver
import Foundation

struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the rules of `fcnc lint`.",
    discussion: """
      `fcnc explain RULE` explains one, with examples.

      EXAMPLES:
        fcnc rules
        fcnc rules --format json
        fcnc rules --format markdown
      """)

  @Option(help: "How they are listed: text, json or markdown (the manual page with every rule).")
  var format: DocumentFormat = .text

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let rules = session.registry.lintRules.map { $0.description }
    switch format {
    case .text: Swift.print(RuleManual.list(rules), terminator: "")
    case .json: Swift.print(try RuleManual.json(rules), terminator: "")
    case .markdown: Swift.print(RuleManual.page(rules, Linter(session)), terminator: "")
    }
  }
}
