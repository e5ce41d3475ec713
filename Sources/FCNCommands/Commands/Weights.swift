import ArgumentParser
import FCNCore
import FCNDriver
import FCNInterchange
import Foundation

struct Weights: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the weights that a network needs, find them in a file, or write random ones.",
    discussion: """
      With `--weights` every weight is listed with the tensor that serves for it and the tensor's element type, and what \
      does not fit is reported, as a build would.

      EXAMPLES:
        fcnc weights unet.fcn
        fcnc weights unet.fcn --weights checkpoint.pth --key ema
        fcnc weights unet.fcn --suggest checkpoint.safetensors > unet.weights
        fcnc weights unet.fcn --random-weights 1 -o random.safetensors
      """)

  @OptionGroup var source: NetworkOptions
  @OptionGroup var files: WeightFileOptions

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

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let jobs = [
      ("--weights", !files.weights.isEmpty), ("--suggest", suggest != nil), ("--random-weights", randomWeights != nil),
    ]
    .filter(\.1).map(\.0)
    guard jobs.count < 2 else {
      throw Session.Failure("`\(jobs[0])` and `\(jobs[1])` exclude each other", help: "leave one of them out")
    }
    let given = try files.value(or: suggest.map { [$0] } ?? [])
    let (tree, graph) = try source.load(session)
    try requireShapes(graph)
    if let output {
      let inputs =
        [source.network] + OutputFile.includes(of: tree, at: source.network) + given.paths
        + [given.map].compactMap { $0 }
      try OutputFile.check(output, isNoneOf: inputs)
    }
    if suggest != nil {
      try writeSuggestion(for: graph, given, session)
    } else if let randomWeights {
      try writeRandomWeights(of: graph, seed: randomWeights)
    } else if output != nil {
      throw Session.Failure(
        "the list of weights goes to standard output", help: "leave `-o` out, or add `--suggest` or `--random-weights`")
    } else {
      try list(graph, given, session)
    }
  }

  /// Where a stage fixes the size, the shapes of the weights depend on it.
  private func requireShapes(_ graph: Graph) throws {
    var sink = DiagnosticSink()
    Verdict(of: graph).reportReasons(to: &sink)
    if sink.hasErrors { try finish(sink) }
  }

  private func writeSuggestion(for graph: Graph, _ given: Session.WeightFiles, _ session: Session) throws {
    var sink = DiagnosticSink()
    let binder = try session.weightBinder(given, report: &sink)
    let suggestion = WeightSuggestion(for: graph, from: binder.sources, map: binder.map, report: &sink)
    try finish(sink)
    if let output {
      try OutputFile.write(suggestion.text, to: output)
    } else {
      Swift.print(suggestion.text, terminator: "")
    }
  }

  private func writeRandomWeights(of graph: Graph, seed: UInt64) throws {
    guard let output else {
      throw Session.Failure("no file is named for the weights", help: "say where to write: `-o FILE.safetensors`")
    }
    for end in [".npz", ".pth", ".pt", ".ckpt"] where output.hasSuffix(end) {
      throw Session.Failure("weights are written as .safetensors, not as \(end)", help: "change the end of `\(output)`")
    }
    var sink = DiagnosticSink()
    let bound = RandomWeights.bind(graph, seed: seed, report: &sink)
    try finish(sink)
    do {
      try SafetensorsWriter.write(RandomWeights.tensors(of: bound), to: output)
    } catch {
      throw Session.Failure("\(error.path): \(error.message)", help: error.help)
    }
  }

  /// Prints every weight, with its tensor where files are given.
  private func list(_ graph: Graph, _ given: Session.WeightFiles, _ session: Session) throws {
    var sink = DiagnosticSink()
    let binder = try session.weightBinder(given, report: &sink)
    if !given.paths.isEmpty { _ = binder.bind(graph, report: &sink) }
    var total = 0
    for (use, tensor) in binder.tensors(for: graph) {
      let shape = use.requirement.shape
      let found = given.paths.isEmpty ? "" : tensor.map { "  = \(Self.text($0, needing: shape))" } ?? "  is missing"
      Swift.print("\(use.name)  \(shape)\(found)")
      total += shape.reduce(1, *)
    }
    Swift.print("\(total) numbers")
    try finish(sink)
  }

  private static func text(_ tensor: WeightTensorDescription, needing shape: [Int]) -> String {
    "\(tensor.name)\(tensor.shape == shape ? "" : " \(tensor.shape)"), \(tensor.elementType)"
  }

  /// Prints findings; ends the program where there are errors.
  private func finish(_ sink: DiagnosticSink) throws {
    try Findings.print(sink, all: source.allFindings)
    if sink.hasErrors { throw ExitCode(1) }
  }
}
