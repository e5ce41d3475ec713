import ArgumentParser
import FCNCore
import FCNDriver
import FCNInterchange
import Foundation

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the first stage whose numbers are not those of another implementation.",
    discussion: """
      The expected numbers are arrays of (channels, height, width) or (1, channels, height, width) in an .npz or \
      .safetensors file. An array has the name of a value, of an output, or of the weights of a stage, as PyTorch's forward \
      hooks give it. Every stage is computed from the expected values before it, so one that is wrong on its own is told \
      from those that inherit an error; where a usual mistake explains the numbers, it is named.

      Exit status: 0 if all is within the tolerance, 1 if something is not, 2 if the job could not be done.

      EXAMPLES:
        fcnc compare unet.fcn --weights unet.safetensors --input image.npy --expect activations.npz
        fcnc compare unet.fcn --weights unet.safetensors --expect activations.npz --map names.txt
        fcnc compare stereo.fcn -w stereo.npz --input left=l.npy --input right=r.npy --expect activations.npz
      """)

  @OptionGroup var source: NetworkOptions
  @OptionGroup var weights: WeightOptions

  @Option(
    name: .customLong("input"),
    help: ArgumentHelp(
      "An input of the network (.npy), as it is: no preprocessing is applied. Inputs that are not given are taken from the "
        + "expected arrays.", valueName: "[name=]path"), completion: .file())
  var inputs: [String] = []

  @Option(help: "The expected numbers (.npz, .safetensors).", completion: .file())
  var expect: String

  @Option(
    help: ArgumentHelp(
      "The greatest difference that is none, as a part of the range of the expected numbers.", valueName: "number"))
  var tolerance: Double = 1e-4

  @Option(help: "A file of lines `value = array` for names that differ.", completion: .file())
  var map: String?

  @Option(help: "How it is printed: text or json.")
  var format: Format = .text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    guard tolerance.isFinite, tolerance > 0, Float(tolerance) > 0 else {
      throw Session.Failure("`--tolerance` is a number above 0, not \(tolerance)", help: "write 1e-4, for instance")
    }
    let graph = try source.load(session).graph
    let tensors = try inputTensors(of: graph)
    let recorded = try open(expect, session)
    let bound = try weights.bind(graph, session, allFindings: source.allFindings)
    let comparison = try Session.compare(
      bound, inputs: tensors, recorded: recorded, map: try readMap(map, session),
      weightMap: try readMap(weights.files.weightMap, session), tolerance: Float(tolerance))
    switch format {
    case .text:
      let reporter = try Reporting.reporter("text", session)
      Swift.print(ComparisonText.table(of: comparison))
      if !comparison.findings.isEmpty {
        Swift.print(reporter.report(comparison.findings, limit: Findings.limit(all: source.allFindings)))
      }
      Swift.print(ComparisonText.summary(of: comparison))
    case .json: Swift.print(try ComparisonReport(comparison).text)
    }
    if !comparison.isClean { throw ExitCode(1) }
  }

  private func readMap(_ path: String?, _ session: Session) throws -> WeightMap {
    guard let path else { return [:] }
    var sink = DiagnosticSink()
    let map = WeightMap(parsing: try session.read(path), report: &sink)
    guard sink.hasErrors else { return map }
    try Findings.print(sink, all: source.allFindings)
    throw ExitCode(2)
  }

  private func open(_ path: String, _ session: Session) throws -> any WeightSource {
    let ends = session.registry.weightFormats.flatMap(\.fileExtensions).map { "." + $0 }.sorted()
    guard ends.contains(where: path.hasSuffix) else {
      throw Session.Failure(
        "`\(path)` does not hold expected arrays",
        help: "they are read from files that end in \(ends.joined(separator: ", ")); `numpy.savez` writes one")
    }
    return try session.openWeights(path)
  }

  // MARK: Inputs

  /// The arrays that are given for the inputs, in the order of the graph's.
  private func inputTensors(of graph: Graph) throws -> [Tensor?] {
    let names = graph.inputs.map(\.description.name)
    var paths: [String: String] = [:]
    for given in inputs {
      let parts = given.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let isNamed = parts.count == 2 && names.contains(parts[0])
      if !isNamed, parts.count == 2, !FileManager.default.fileExists(atPath: given) {
        throw Session.Failure(
          "`--input \(given)`: the network has no input `\(parts[0])`",
          help: Suggestion.nearest(to: parts[0], in: names).map { "there is `\($0)`" }
            ?? "its inputs are \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
      let name = isNamed ? parts[0] : names[0]
      guard paths.updateValue(isNamed ? parts[1] : given, forKey: name) == nil else {
        throw Session.Failure(
          "the input `\(name)` is given twice", help: "name the others, as in `--input \(names.last ?? name)=FILE.npy`")
      }
    }
    return try graph.inputs.map { input in
      try paths[input.description.name].map { try read($0, channels: graph.values[input.value].type.channels) }
    }
  }

  private func read(_ path: String, channels: Int) throws -> Tensor {
    guard path.hasSuffix(".npy") else {
      throw Session.Failure("`\(path)` is not a .npy file", help: "save the network's input with `numpy.save`")
    }
    do {
      let array = try NPYReader.read(path: path)
      guard let shape = Session.imageShape(array.shape, channels: channels), shape[0] == channels else {
        throw Session.Failure(
          "\(path): the array has the shape (\(array.shape.map(String.init).joined(separator: ", "))), not "
            + "(\(channels), height, width) or (1, \(channels), height, width)",
          help: array.shape.last == channels ? "the channels stand last: save array.transpose(2, 0, 1)" : nil)
      }
      return Tensor(channels: shape[0], height: shape[1], width: shape[2], values: array.values)
    } catch let error as WeightFileError {
      throw Session.Failure("\(error.path): \(error.message)", help: "save the input of the network as float32")
    }
  }
}

/// A comparison for programs.
private struct ComparisonReport: Encodable {
  private struct Finding: Encodable {
    var id: String
    var message: String
    var place: String?
    var notes: [String]
    var help: String?
  }

  private var version = 1
  private var network: String
  private var tolerance: Float
  private var values: [Comparison.Row]
  private var notCompared: [Comparison.Leftover]
  private var findings: [Finding]

  init(_ comparison: Comparison) {
    network = comparison.network
    tolerance = comparison.tolerance
    values = comparison.rows
    notCompared = comparison.leftovers
    findings = comparison.findings.map { finding in
      Finding(
        id: finding.id.name, message: finding.message, place: finding.range.map(Explanation.place),
        notes: finding.notes, help: finding.help)
    }
  }

  var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
