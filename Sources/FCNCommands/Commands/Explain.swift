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
        fcnc explain unet.fcn --kernels --measure
        fcnc explain missing-weight
        fcnc explain checkerboard
      """)

  @Argument(help: "A network file, or the id of a finding or a rule such as `missing-weight`.", completion: .file())
  var subject: String

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var inputSize: InputSizeOption

  @OptionGroup var sizes: SizesOption

  @Option(help: "How it is printed: text, json or markdown.")
  var format: DocumentFormat = .text

  @OptionGroup var target: TargetOption

  @Flag(help: "Show the network as the compiler sees it, one line a stage, instead.")
  var graph = false

  @Flag(help: "List what the optimiser does, instead.")
  var passes = false

  @Flag(help: "Show how each step of the program is computed and the time that is predicted, instead.")
  var kernels = false

  @Flag(help: "With --kernels: measure the steps on this machine too, on one thread (see `fcnc bench`).")
  var measure = false

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func validate() throws {
    guard kernels || !measure else { throw ValidationError("`--measure` belongs to `--kernels`: add it") }
  }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let linter = Linter(session)
    if let rule = session.registry.lintRules.map { $0.description }.first(where: {
      $0.id.name == subject || $0.formerNames.contains(subject)
    }) {
      try printRule(rule, linter)
      return
    }
    if let id = Catalog.ids.first(where: { $0.name == subject }) {
      Swift.print("\(id.name)\n\n\(id.explanation)")
      return
    }
    if subject != "-" && !subject.contains(".") && !subject.contains("/") {
      let suggestion = Suggestion.nearest(to: subject, in: Catalog.ids.map(\.name) + linter.rules.keys.sorted())
      throw Session.Failure(
        "there is no finding `\(subject)`", help: suggestion.map { "did you mean `\($0)`" })
    }
    var options = NetworkOptions()
    options.network = subject
    options.settings = settings
    options.inputSize = inputSize
    options.allFindings = allFindings
    let network = try options.load(session).graph
    let sizes = try sizes.value(for: network)
    if graph { Swift.print(GraphPrinter.text(of: network), terminator: "") }
    if passes { printPasses(network) }
    if kernels { try printKernels(network, sizes) }
    if graph || passes || kernels { return }
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

  private func printRule(_ rule: RuleDescription, _ linter: Linter) throws {
    switch format {
    case .text: Swift.print(RuleManual.explanation(rule, linter), terminator: "")
    case .markdown: Swift.print(RuleManual.section(rule, linter), terminator: "")
    case .json: Swift.print(try RuleManual.json([rule]), terminator: "")
    }
  }

  private func printKernels(_ network: Graph, _ sizes: [(height: Int, width: Int)]) throws {
    var sink = DiagnosticSink()
    let bound = RandomWeights.bind(network.withConfidence, seed: 1, report: &sink)
    let profiler = try Profiler(bound, target: try target.resolved())
    let profiles =
      measure
      ? try profiler.measured(sizes, threads: 1, runs: 10, cache: try CacheFolder.path(nil)) { complain("fcnc: \($0)") }
      : sizes.map { profiler.predicted($0, threads: 1) }
    try format.print(profiles)
  }

  private func printPasses(_ network: Graph) {
    var sink = DiagnosticSink()
    let remarks = Optimizer.optimize(RandomWeights.bind(network, seed: 1, report: &sink)).remarks
    for pass in Optimizer.passes {
      Swift.print("\(pass.name): \(pass.summary)")
      for remark in remarks where remark.pass == pass.name { Swift.print("  \(remark.remark)") }
    }
  }
}

/// Every finding that has an explanation.
enum Catalog {
  static let ids: [DiagnosticID] =
    DiagnosticID.languageCatalog + DiagnosticID.yamlCatalog + DiagnosticID.elaborationCatalog
    + DiagnosticID.surgeryCatalog + DiagnosticID.weightCatalog + DiagnosticID.geometryCatalog
    + DiagnosticID.comparisonCatalog + DiagnosticID.exportCatalog + DiagnosticID.lintCatalog
    + DiagnosticID.breakingCatalog
}
