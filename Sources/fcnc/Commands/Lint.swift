import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import Foundation

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check networks and look for what is probably not meant.",
    discussion: """
      Exit status: 0 if nothing at or above `--fail-on` was found, 1 if something was, 2 if a file cannot be read.

      EXAMPLES:
        fcnc lint unet.fcn
        fcnc lint Networks/*/*.fcn --format concise --fail-on warning
      """)

  @Argument(help: "Network files, or - for standard input.", completion: .file())
  var networks: [String]

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @Option(help: "How findings are printed: text, concise or json.")
  var format = "text"

  @Option(help: "The least severity that makes the exit status 1: error or warning.")
  var failOn: FailOn = .error

  enum FailOn: String, ExpressibleByArgument, CaseIterable { case error, warning }

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let reporter = try Reporting.reporter(format, session)
    var all: [Diagnostic] = []
    for path in networks {
      var sink = DiagnosticSink()
      let (tree, graph) = try session.graph(path, settings: Settings.parse(settings), report: &sink)
      if let graph {
        UnusedNames.check(tree, graph: graph, report: &sink)
        Alignment.check(graph, report: &sink)
        let network = AnalyzedNetwork(syntax: tree, graph: graph)
        for rule in session.registry.lintRules { rule.check(network, report: &sink) }
      }
      all += sink.sorted
    }
    Swift.print(reporter.report(all, limit: Findings.limit(all: allFindings)), terminator: "")
    let least: Diagnostic.Severity = failOn == .error ? .error : .warning
    if all.contains(where: { $0.severity >= least }) { throw ExitCode(1) }
  }
}
