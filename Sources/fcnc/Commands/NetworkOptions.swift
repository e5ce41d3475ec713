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

  /// Reads the network, printing its findings; ends the program where it has errors.
  func load(_ session: Session) throws -> (tree: NetworkSyntax, graph: Graph) {
    var sink = DiagnosticSink()
    let (tree, graph) = try session.graph(network, settings: Settings.parse(settings), report: &sink)
    try Findings.print(sink, to: .standardError)
    if tree.isLibrary && !sink.hasErrors {
      throw Session.Failure(
        "`\(network)` holds definitions only, not a network", help: "name a file with a `network` line")
    }
    guard let graph else { throw ExitCode(1) }
    return (tree, graph)
  }
}

/// Settings of network parameters on the command line: `name=value`.
enum Settings {
  static func parse(_ settings: [String]) throws -> [String: String] {
    var result: [String: String] = [:]
    for setting in settings {
      guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
        throw ValidationError("`--set \(setting)` has no value; write `--set name=value`")
      }
      result[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
    }
    return result
  }
}

/// What every command that needs weights takes.
struct WeightOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "A weight file (.safetensors, .npz); may be given more than once.", completion: .file())
  var weights: [String] = []

  @Option(help: "A file of lines `weight = tensor` for names that differ.", completion: .file())
  var weightMap: String?

  @Option(help: ArgumentHelp("Random weights, to try an architecture.", valueName: "seed"))
  var randomWeights: UInt64?

  @Flag(help: "Tensors that nothing uses are an error.")
  var strict = false

  func bind(_ graph: Graph, _ session: Session) throws -> Graph {
    var sink = DiagnosticSink()
    let source: Session.Weights
    if let randomWeights {
      guard weights.isEmpty else { throw ValidationError("`--weights` and `--random-weights` exclude each other") }
      source = .random(seed: randomWeights)
    } else {
      source = .files(weights, map: weightMap, strict: strict)
    }
    let bound = try session.bind(graph, source, report: &sink)
    try Findings.print(sink, to: .standardError)
    if sink.hasErrors {
      if weights.isEmpty && randomWeights == nil {
        complain("  = help: give the weights with `--weights FILE`, or try the network with `--random-weights 1`")
      }
      throw ExitCode(1)
    }
    return bound
  }
}

/// Prints findings for people.
enum Findings {
  static func print(_ sink: DiagnosticSink, to handle: FileHandle) throws {
    guard !sink.diagnostics.isEmpty else { return }
    let isTerminal = isatty(handle.fileDescriptor) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    let renderer = DiagnosticRenderer(usesColor: isTerminal)
    handle.write(Data(sink.sorted.map { renderer.render($0) }.joined(separator: "\n").utf8))
  }
}
