import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import Foundation

/// What every command that reads a network takes.
struct NetworkOptions: ParsableArguments {
  @Argument(help: "The network file (.fcn, .fcn.yaml), or - for standard input.", completion: .file())
  var network: String

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var inputSize: InputSizeOption

  @Flag(help: Findings.allHelp)
  var allFindings = false

  /// Reads the network, printing its findings; ends the program where it has errors.
  func load(_ session: Session) throws -> (tree: NetworkSyntax, graph: Graph) {
    var sink = DiagnosticSink()
    let (tree, graph) = try session.graph(
      network, settings: Settings.parse(settings), inputSize: inputSize.parsed(), report: &sink)
    try Findings.print(sink, all: allFindings)
    if tree.isLibrary && !sink.hasErrors {
      throw Session.Failure(
        "`\(network)` holds definitions only, not a network", help: "name a file with a `network` line")
    }
    guard let graph else { throw ExitCode(1) }
    return (tree, graph)
  }
}

/// The size of the first input, for networks that work for one size only.
struct InputSizeOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the network for first inputs of this size and no other, as dense layers on a map need it.",
      valueName: "HEIGHTxWIDTH"))
  var inputSize: String?

  func parsed() throws -> (height: Int, width: Int)? { try inputSize.map(PictureSize.parse) }
}

/// Settings of network parameters on the command line: `name=value`.
enum Settings {
  static func parse(_ settings: [String]) throws -> [String: String] {
    var result: [String: String] = [:]
    for setting in settings {
      guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
        throw Session.Failure("`--set \(setting)` has no value", help: "write `--set name=value`")
      }
      result[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
    }
    return result
  }
}

/// Prints findings for people.
enum Findings {
  static let allHelp = ArgumentHelp("Print every finding, not the first \(FindingExcerpt.usualLimit) only.")

  /// Prints findings to standard error.
  static func print(_ sink: DiagnosticSink, all: Bool) throws {
    guard !sink.diagnostics.isEmpty else { return }
    let handle = FileHandle.standardError
    let renderer = DiagnosticRenderer(usesColor: Color.isWanted(handle.fileDescriptor))
    let excerpt = FindingExcerpt(sink.sorted, limit: limit(all: all))
    let text = excerpt.shown.map { renderer.render($0) } + (excerpt.remark.map { [$0 + "\n"] } ?? [])
    handle.write(Data(text.joined(separator: "\n").utf8))
  }

  static func limit(all: Bool) -> Int? { all ? nil : FindingExcerpt.usualLimit }
}
