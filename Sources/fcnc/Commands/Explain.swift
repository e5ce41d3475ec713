import ArgumentParser
import FCNCore
import FCNDriver
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import FCNYAML
import Foundation

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is proved of a network: sizes, places, receptive fields, cost; or explain a finding.",
    discussion: """
      EXAMPLES:
        fcnc explain unet.fcn
        fcnc explain unet.fcn --size 480x640 --size 1080x1920
        fcnc explain unet.fcn --format markdown > unet.md
        fcnc explain unet.fcn --passes
        fcnc explain missing-weight
      """)

  @Argument(help: "A network file, or the id of a finding such as `missing-weight`.", completion: .file())
  var subject: String

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var inputSize: InputSizeOption

  @Option(
    name: .customLong("size"),
    help: ArgumentHelp(
      "A picture size for cost, memory and edges; may be given more than once. An accepted one near 512x512 if none is.",
      valueName: "HEIGHTxWIDTH"))
  var sizes: [String] = []

  @Option(help: "How it is printed: text, json or markdown.")
  var format: Format = .text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

  @OptionGroup var target: TargetOption

  @Flag(help: "Show the network as the compiler sees it, one line a stage, instead.")
  var graph = false

  @Flag(help: "List what the optimiser does, instead.")
  var passes = false

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    if let id = Catalog.ids.first(where: { $0.name == subject }) {
      Swift.print("\(id.name)\n\n\(id.explanation)")
      return
    }
    if subject != "-" && !subject.contains(".") && !subject.contains("/") {
      let suggestion = Suggestion.nearest(to: subject, in: Catalog.ids.map(\.name))
      throw Session.Failure(
        "there is no finding `\(subject)`", help: suggestion.map { "did you mean `\($0)`" })
    }
    let session = try Session(plugins: Fcnc.plugins)
    var options = NetworkOptions()
    options.network = subject
    options.settings = settings
    options.inputSize = inputSize
    options.allFindings = allFindings
    let network = try options.load(session).graph
    let sizes = try sizes(of: network)
    if graph { Swift.print(GraphPrinter.text(of: network), terminator: "") }
    if passes { printPasses(network) }
    if graph || passes { return }
    let cost = NetworkCost(network, target: try target.resolved()) { Optimizer.optimize($0).graph }
    let explanation = Explanation(
      network, file: subject == "-" ? "<stdin>" : subject, cost: cost, sizes: sizes)
    switch format {
    case .text: Swift.print(ExplanationText.plain(explanation), terminator: "")
    case .markdown: Swift.print(ExplanationText.markdown(explanation), terminator: "")
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      Swift.print(String(decoding: try encoder.encode(explanation), as: UTF8.self))
    }
  }

  private func printPasses(_ network: Graph) {
    var sink = DiagnosticSink()
    let remarks = Optimizer.optimize(RandomWeights.bind(network, seed: 1, report: &sink)).remarks
    for pass in Optimizer.passes {
      Swift.print("\(pass.name): \(pass.summary)")
      for remark in remarks where remark.pass == pass.name { Swift.print("  \(remark.remark)") }
    }
  }

  /// The sizes that were asked for, or one near 512 x 512.
  private func sizes(of network: Graph) throws -> [(height: Int, width: Int)] {
    let rules = try Session.sizeRules(of: network)
    guard sizes.isEmpty else {
      return try sizes.map { text in
        let size = try PictureSize.parse(text)
        let refusals = rules.refusals(height: size.height, width: size.width)
        guard refusals.isEmpty else {
          throw Session.Failure("a picture of \(text) is not accepted", help: refusals.joined(separator: "; "))
        }
        return size
      }
    }
    func usual(_ domain: ExtentTable) -> Int? {
      (512...512 + Extent.periodLimit).first { domain.value(at: $0) != nil }
        ?? (1..<512).last { domain.value(at: $0) != nil }
    }
    guard let height = usual(rules.rows.domain), let width = usual(rules.columns.domain) else { return [] }
    return [(height, width)]
  }
}

/// Sizes on the command line: `HEIGHTxWIDTH`.
enum PictureSize {
  static func parse(_ text: String) throws -> (height: Int, width: Int) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let height = Int(parts[0]), let width = Int(parts[1]), height > 0, width > 0 else {
      throw Session.Failure("`\(text)` is not a size", help: "write HEIGHTxWIDTH, such as 480x640")
    }
    return (height, width)
  }
}

/// Every finding that has an explanation.
enum Catalog {
  static let ids: [DiagnosticID] =
    DiagnosticID.languageCatalog + DiagnosticID.yamlCatalog + DiagnosticID.elaborationCatalog
    + DiagnosticID.surgeryCatalog + DiagnosticID.weightCatalog + DiagnosticID.geometryCatalog
    + DiagnosticID.comparisonCatalog + DiagnosticID.exportCatalog
}
