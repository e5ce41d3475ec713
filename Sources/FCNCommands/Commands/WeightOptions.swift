import ArgumentParser
import FCNCore
import FCNDriver

/// Weight files and how their tensors are found.
struct WeightFileOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "A weight file (.safetensors, .npz, .pth); may be given more than once.",
    completion: .file())
  var weights: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which part of the weight file is meant, where it holds several: a state dict, or how the names begin.",
      valueName: "name"))
  var key: String?

  @Option(help: "A file of lines `weight = tensor` for names that differ.", completion: .file())
  var weightMap: String?

  @Flag(help: "Tensors that nothing uses are an error.")
  var strict = false

  /// The files that are read.
  var paths: [String] { weights + (weightMap.map { [$0] } ?? []) }

  /// - Parameter others: weight files that another option names.
  /// - Throws: where it is said how tensors are found, and no file is given.
  func value(or others: [String] = []) throws(Session.Failure) -> Session.WeightFiles {
    let paths = weights.isEmpty ? others : weights
    for (option, isGiven) in [("--key", key != nil), ("--weight-map", weightMap != nil)] where isGiven && paths.isEmpty
    {
      throw Session.Failure(
        "`\(option)` says which tensors of a weight file to take, and no weight file is given",
        help: "leave it out, or give the file with `--weights`")
    }
    return Session.WeightFiles(paths, key: key, map: weightMap, isStrict: strict)
  }
}

/// What every command that needs weights takes.
struct WeightOptions: ParsableArguments {
  @OptionGroup var files: WeightFileOptions

  @Option(help: ArgumentHelp("Random weights, to try an architecture.", valueName: "seed"))
  var randomWeights: UInt64?

  /// - Parameter orRandom: where no weights are given, random ones serve.
  func bind(_ graph: Graph, _ session: Session, allFindings: Bool, orRandom: Bool = false) throws -> Graph {
    var sink = DiagnosticSink()
    if randomWeights != nil && !files.weights.isEmpty {
      throw Session.Failure("`--weights` and `--random-weights` exclude each other", help: "leave one of them out")
    }
    let given = try files.value()
    let seed = randomWeights ?? (orRandom && files.weights.isEmpty ? 1 : nil)
    let bound = try session.bind(graph, seed.map { .random(seed: $0) } ?? .files(given), report: &sink)
    try Findings.print(sink, all: allFindings)
    if sink.hasErrors {
      if files.weights.isEmpty && randomWeights == nil {
        complain("  = help: give the weights with `--weights FILE`, or try the network with `--random-weights 1`")
      }
      throw ExitCode(1)
    }
    return bound
  }
}
