import ArgumentParser
import FCNCore
import FCNDriver
import FCNInterchange
import Foundation

struct Fix: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rewrite a network with dense layers, and its weights, so that it takes pictures of any size.",
    discussion: """
      `--convolutionize` makes convolutions of dense layers over maps: the first has a kernel as large as the map, the \
      next ones a kernel of 1. Flattening falls away. At the size that the network was made for, which `--input-size` \
      says, the answer stays what it was; a bigger picture gives a bigger map. Weights keep their names; those whose \
      shape changes are written, with all others, to `--weights-output`.

      The network is rewritten in place, in the canonical layout, unless `-o` names another file.

      Exit status: 0 if it is done, 1 if there is nothing to rewrite or a part cannot be, 2 if the job could not be done.

      EXAMPLES:
        fcnc fix vgg.fcn --convolutionize --input-size 224x224 --diff
        fcnc fix vgg.fcn --convolutionize --input-size 224x224 -o map.fcn --weights vgg.safetensors \
      --weights-output map.safetensors
      """)

  @OptionGroup var source: NetworkOptions

  @Flag(help: "Make convolutions of dense layers over maps.")
  var convolutionize = false

  @Option(name: .shortAndLong, help: "Where the network is written, if not in its place.", completion: .file())
  var output: String?

  @Option(
    name: .shortAndLong, help: "The weights of the network as it is (.safetensors).", completion: .file())
  var weights: String?

  @Option(
    help: ArgumentHelp("How the names of the tensors that are meant begin, where others fit too.", valueName: "name"))
  var key: String?

  @Option(help: "A file of lines `weight = tensor` for names that differ.", completion: .file())
  var weightMap: String?

  @Option(help: "Where the weights of the rewritten network are written (.safetensors).", completion: .file())
  var weightsOutput: String?

  @Flag(help: "Print how the text of the network would change, and write nothing.")
  var diff = false

  func run() throws {
    try checkOptions()
    let session = try Session(plugins: Fcnc.plugins)
    let frontEnd = try session.frontEnd(for: output ?? source.network)
    var sink = DiagnosticSink()
    let tree = try session.parse(try session.read(source.network), report: &sink)
    if tree.isLibrary && !sink.hasErrors {
      throw Session.Failure(
        "`\(source.network)` holds definitions only, not a network", help: "name a file with a `network` line")
    }
    try checkPaths(tree)
    let elaborator = session.elaborator(
      settings: try Settings.parse(source.settings), inputSize: try source.inputSize.parsed())
    let result =
      sink.hasErrors ? nil : Convolutionizer(elaborator, frontEnd: frontEnd).rewrite(tree, report: &sink)
    try Findings.print(sink, all: source.allFindings)
    guard let result else { throw ExitCode(1) }
    guard !result.steps.isEmpty else {
      say("\(tree.file.path): there is nothing to rewrite: no stage of \(result.graph.name) fixes the size")
      throw ExitCode(1)
    }
    if diff {
      Swift.print(UnifiedDiff.text(from: tree.file.text, to: result.text, path: tree.file.path), terminator: "")
      return
    }
    let written = try writeWeights(of: result, session)
    if let path = output ?? (source.network == "-" ? nil : source.network) {
      try OutputFile.write(result.text, to: path)
    } else {
      Swift.print(result.text, terminator: "")
    }
    say(SurgeryText.text(result, inputSize: try source.inputSize.parsed() ?? (1, 1)))
    if let written { say(written) }
  }

  /// Prints what was done; to standard error where the network goes to standard output.
  private func say(_ text: String) {
    if source.network == "-" && output == nil { complain(text) } else { Swift.print(text) }
  }

  // MARK: Options

  private func checkOptions() throws {
    guard convolutionize else {
      throw Session.Failure("it is not said what to fix", help: "say what: `--convolutionize`")
    }
    guard (weights == nil) == (weightsOutput == nil) else {
      throw weights == nil
        ? Session.Failure("`--weights-output` needs weights to rewrite", help: "give them with `--weights FILE`")
        : Session.Failure(
          "`--weights` needs a place for what is rewritten", help: "say where to write: `--weights-output FILE`")
    }
    for (option, isGiven) in [("--key", key != nil), ("--weight-map", weightMap != nil)] where isGiven && weights == nil
    {
      throw Session.Failure("`\(option)` names tensors of a weight file, and none is given", help: "leave it out")
    }
    guard !diff || weights == nil && output == nil else {
      throw Session.Failure("`--diff` writes nothing", help: "leave it out, or leave `-o` and the weights out")
    }
    for path in [weights, weightsOutput].compactMap({ $0 }) where !path.hasSuffix(".safetensors") {
      throw Session.Failure("`\(path)` is not a safetensors file", help: "only .safetensors files are rewritten")
    }
  }

  /// Nothing that is read may be written over, but for the network that is rewritten in its place.
  private func checkPaths(_ tree: NetworkSyntax) throws {
    let others = OutputFile.includes(of: tree, at: source.network) + [weights, weightMap].compactMap { $0 }
    if let output { try OutputFile.check(output, isNoneOf: [source.network] + others) }
    if let weightsOutput {
      try OutputFile.check(weightsOutput, isNoneOf: [source.network] + others)
      guard weightsOutput != output else {
        throw Session.Failure("`\(weightsOutput)` cannot hold the network and its weights", help: "give them two names")
      }
    }
  }

  // MARK: Weights

  /// Writes the weights of the rewritten network; gives a line that says so.
  private func writeWeights(of result: Convolutionization, _ session: Session) throws -> String? {
    guard let weights, let weightsOutput else { return nil }
    var sink = DiagnosticSink()
    // The weights have to be those of the network as it is.
    let binder = try session.weightBinder(Session.WeightFiles([weights], key: key, map: weightMap), report: &sink)
    _ = binder.bind(result.original, report: &sink)
    let names = binder.tensors(for: result.original).map { ($0.use.name, $0.use.tensor) }
    var changes: [String: TensorChange] = [:]
    do throws(Diagnostic) {
      let map = WeightMap(Dictionary(names) { first, _ in first })
      for (name, change) in try result.tensorChanges(map: map) { changes[key.map { "\($0).\(name)" } ?? name] = change }
    } catch {
      sink.report(error)
    }
    try Findings.print(sink, all: source.allFindings)
    guard !sink.hasErrors else { throw ExitCode(1) }
    let count = try session.openWeights(weights).tensors.count
    do {
      try SafetensorsRewriter.rewrite(weights, to: weightsOutput, changing: changes)
    } catch {
      throw Session.Failure("\(error.path): \(error.message)", help: error.help)
    }
    return "\(weightsOutput): \(changes.count) of \(count) tensors changed"
  }
}
