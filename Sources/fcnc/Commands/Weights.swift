import ArgumentParser
import FCNCore
import FCNDriver
import FCNInterchange
import Foundation

struct Weights: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the weights that a network needs, pair them with a file, or write random ones.",
    discussion: """
      EXAMPLES:
        fcnc weights unet.fcn
        fcnc weights unet.fcn --suggest checkpoint.safetensors > unet.weights
        fcnc weights unet.fcn --random-weights 1 -o random.safetensors
      """)

  @OptionGroup var source: NetworkOptions

  @Option(
    help: "Pair the weights with the tensors of a file by order and shape, and print a weight map.", completion: .file()
  )
  var suggest: String?

  @Option(help: ArgumentHelp("Draw random weights.", valueName: "seed"))
  var randomWeights: UInt64?

  @Option(
    name: .shortAndLong, help: "Where random weights (.safetensors) or the weight map are written.",
    completion: .file())
  var output: String?

  /// Where a stage fixes the size, the shapes of the weights depend on it.
  private func requireShapes(_ graph: Graph) throws {
    var sink = DiagnosticSink()
    Verdict(of: graph).reportReasons(to: &sink)
    guard sink.hasErrors else { return }
    try Findings.print(sink, all: source.allFindings)
    throw ExitCode(1)
  }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let (tree, graph) = try source.load(session)
    try requireShapes(graph)
    if let output {
      let inputs = [source.network] + OutputFile.includes(of: tree, at: source.network) + (suggest.map { [$0] } ?? [])
      try OutputFile.check(output, isNoneOf: inputs)
    }
    if let suggest {
      let text = WeightSuggestion(for: graph, from: [try session.openWeights(suggest)]).text
      if let output { try OutputFile.write(text, to: output) } else { Swift.print(text, terminator: "") }
    } else if let randomWeights {
      guard let output else {
        throw Session.Failure("no file is named for the weights", help: "say where to write: `-o FILE.safetensors`")
      }
      guard !output.hasSuffix(".npz") else {
        throw Session.Failure("weights are written as .safetensors, not as .npz", help: "change the end of `\(output)`")
      }
      var sink = DiagnosticSink()
      let bound = RandomWeights.bind(graph, seed: randomWeights, report: &sink)
      try Findings.print(sink, all: source.allFindings)
      if sink.hasErrors { throw ExitCode(1) }
      do {
        try SafetensorsWriter.write(RandomWeights.tensors(of: bound), to: output)
      } catch {
        throw Session.Failure("\(error.path): \(error.message)", help: error.help)
      }
    } else if output != nil {
      throw Session.Failure(
        "the list of weights goes to standard output", help: "leave `-o` out, or add `--suggest` or `--random-weights`")
    } else {
      var total = 0
      for node in graph.nodes {
        for requirement in graph.requirements(of: node) {
          let name = node.weightPath.isEmpty ? requirement.name : "\(node.weightPath).\(requirement.name)"
          Swift.print("\(name)  [\(requirement.shape.map(String.init).joined(separator: ", "))]")
          total += requirement.shape.reduce(1, *)
        }
      }
      Swift.print("\(total) numbers")
    }
  }
}
