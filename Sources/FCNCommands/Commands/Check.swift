import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import Foundation

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read networks, infer every size, and say whether they are fully convolutional.",
    discussion: """
      Exit status: 0 if every network is right and fully convolutional, 1 if not, 2 if a file cannot be read. With \
      `--input-size` the sizes are worked out for this one, and whether others fit is not judged.

      EXAMPLES:
        fcnc check unet.fcn
        fcnc check Networks/*/*.fcn --format concise
        fcnc check detector.fcn --require equivariant --require local
      """)

  @Argument(help: "Network files, or - for standard input.", completion: .file())
  var networks: [String]

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var inputSize: InputSizeOption

  @Option(help: "How findings are printed: text, concise or json.")
  var format = "text"

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "A property that every output must have besides `size`: equivariant or local; may be given more than once.",
      valueName: "property"))
  var required: [Verdict.Property] = []

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let reporter = try Reporting.reporter(format, session)
    var all: [Diagnostic] = []
    var verdicts: [String] = []
    var isClean = true
    for path in networks {
      var sink = DiagnosticSink()
      let (tree, graph) = try session.graph(
        path, settings: Settings.parse(settings), inputSize: inputSize.parsed(), report: &sink)
      all += sink.sorted
      guard let graph else {
        if tree.isLibrary && !sink.hasErrors {
          verdicts.append("\(path): definitions for other networks to include")
        } else {
          isClean = false
        }
        continue
      }
      let verdict = Verdict(of: graph)
      var judged = DiagnosticSink()
      verdict.report(to: &judged)
      verdict.reportReasons(requiring: Set(required + [.size]), to: &judged)
      Alignment.check(graph, report: &judged)
      if judged.hasErrors { isClean = false }
      all += judged.sorted
      verdicts.append(
        VerdictText.text(
          verdict, graph, path: path == "-" ? "<stdin>" : path, inputSize: try inputSize.parsed(), withReasons: false))
    }
    Swift.print(reporter.report(all, limit: Findings.limit(all: allFindings)), terminator: "")
    if format == "text" { for verdict in verdicts { Swift.print(verdict) } }
    if !isClean { throw ExitCode(1) }
  }
}

extension Verdict.Property: ExpressibleByArgument {}

/// The choice of a reporter by its name.
enum Reporting {
  /// - Parameter isForFile: whether the report is written to a file, where colours would be in the way.
  static func reporter(_ name: String, _ session: Session, isForFile: Bool = false) throws -> any Reporter {
    if name == "text", !isForFile, Color.isWanted(STDOUT_FILENO) { return TextReporter(usesColor: true) }
    if let found = session.registry.reporters.first(where: { $0.name == name }) { return found }
    let known = session.registry.reporters.map(\.name).sorted()
    throw Session.Failure("there is no format `\(name)`", help: "formats: \(known.joined(separator: ", "))")
  }
}
