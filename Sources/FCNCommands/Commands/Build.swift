import ArgumentParser
import FCNCore
import FCNDriver
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import Foundation

struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compile a network and its weights into a program.",
    discussion: """
      EXAMPLES:
        fcnc build edges.fcn --weights edges.safetensors -o edges
        fcnc build unet.fcn --random-weights 1 --set width=8 -o unet --static
        fcnc build edges.fcn --weights edges.safetensors --target x86-64-v2 -o edges
        fcnc build edges.fcn --weights edges.safetensors --debug-values -o edges
      """)

  @OptionGroup var source: NetworkOptions
  @OptionGroup var weights: WeightOptions

  @Option(name: .shortAndLong, help: "Where the program is written.", completion: .file())
  var output: String

  @OptionGroup var target: TargetOption

  @Option(help: "embedded: the weights are in the program. file: they lie beside it, in a file named OUTPUT.weights.")
  var weightsStorage: WeightsStorage = .embedded

  @Flag(name: .customLong("static"), help: "Link everything into the program, the C library included.")
  var isStatic = false

  @Flag(name: .customLong("no-tiff"), help: "Leave TIFF out: the program then needs no libtiff.")
  var hasNoTIFF = false

  @Flag(
    help: """
      Keep every value that the text names, for the program's --tap NAME=PATH: the program is slower and takes more memory.
      """)
  var debugValues = false

  @Option(
    help: """
      How exact the program is. The error is the largest distance from the network in 64-bit arithmetic, over the range \
      of the output. strict: every convolution is summed as it is defined. normal: an error of at most 2e-5, or eight \
      times that of strict where that is more. fast: at most 3e-4.
      """)
  var accuracy: Accuracy = .normal

  @Option(
    help: ArgumentHelp("Take the algorithms that `fcnc tune` found on a machine of this kind.", valueName: "FILE"),
    completion: .file())
  var tuning: String?

  @OptionGroup var fitting: FittingOptions

  @Option(help: "Where compiled pieces are kept between builds.", completion: .directory)
  var cache: String?

  @Flag(name: .shortAndLong, help: "Say nothing while building.")
  var quiet = false

  enum WeightsStorage: String, ExpressibleByArgument, CaseIterable { case embedded, file }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let target = try resolvedTarget()
    let toolchain = try Toolchain.find()
    let weightFile = weightsStorage == .file ? output + ".weights" : nil
    for path in [output] + (weightFile.map { [$0] } ?? []) { try ProgramBuilder.checkOutput(path) }
    let began = Date()
    let isQuiet = quiet
    let say: @Sendable (String) -> Void = { line in
      if !isQuiet { complain("fcnc: \(line)") }
    }
    let (tree, loaded) = try source.load(session)
    let graph = loaded.withConfidence
    let inputs =
      [source.network] + OutputFile.includes(of: tree, at: source.network) + weights.files.paths
      + (tuning.map { [$0] } ?? [])
    for path in [output] + (weightFile.map { [$0] } ?? []) { try OutputFile.check(path, isNoneOf: inputs) }
    let cache = try CacheFolder.path(cache)
    let record = record(toolchain, cache, session, tree, outputs: [output] + (weightFile.map { [$0] } ?? []))
    if record.isCurrent { return say("\(output): nothing has changed") }
    var sizes = try Session.sizeRules(of: graph)
    sizes.fitting = try fitting.value()
    say("binding weights")
    let bound = try weights.bind(graph, session, allFindings: source.allFindings)
    let optimized = Optimizer.optimize(debugValues ? bound.showingNamedValues() : bound).graph
    let tuning = try Tuning.read(tuning, for: graph.name, target: target, accuracy: accuracy)
    var program = try Session.lower(optimized, target: target, accuracy: accuracy, algorithms: tuning.algorithms)
    try tuning.check(program)
    program.turnIntoTaps(outputsFrom: bound.outputs.count)
    program.description.sizes = sizes
    program.description.facts = facts(program, bound)
    let test = try SelfTestMaker.make(for: bound)
    var options = ProgramBuilder.Options()
    options.isStatic = isStatic
    options.hasTIFF = !hasNoTIFF
    options.weightFile = weightFile
    options.progress = say
    let builder = ProgramBuilder(toolchain: toolchain, cache: cache)
    try builder.build(program, selfTest: test, to: output, options: options)
    record.store()
    let size = (try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? 0
    say("\(output): \((size + 1023) / 1024) KB in \(String(format: "%.1f", Date().timeIntervalSince(began))) s")
  }

  /// Everything that decides what is built.
  private func record(
    _ toolchain: Toolchain, _ cache: String, _ session: Session, _ tree: NetworkSyntax, outputs: [String]
  ) -> BuildRecord {
    var record = BuildRecord(of: outputs, toolchain: toolchain, cache: cache)
    for file in [tree.file] + session.included(by: tree) {
      record.add(file.path)
      record.add(file.bytes)
    }
    for path in weights.files.paths + (tuning.map { [$0] } ?? []) { record.add(file: path) }
    let options: [String?] =
      source.settings + [
        source.inputSize.inputSize, weights.files.key, "\(weights.files.strict)",
        weights.randomWeights.map(String.init),
        target.target, Target.native.name, accuracy.rawValue, "\(isStatic)", "\(hasNoTIFF)", weightsStorage.rawValue,
        "\(debugValues)", fitting.fit.rawValue, fitting.fitBorder?.rawValue,
      ]
    for option in options { record.add(option ?? "none") }
    return record
  }

  private func resolvedTarget() throws -> Target {
    let found = try target.resolved()
    guard found.canBeLinkedHere else {
      throw Session.Failure(
        "a program for \(found.name) cannot be linked on this machine",
        help: "run `fcnc build` on a machine of that kind; the libraries that a program needs there are not here")
    }
    return found
  }

  private func facts(_ program: LoweredProgram, _ graph: Graph) -> [ProgramDescription.Fact] {
    let count = graph.nodes.reduce(0) { $0 + $1.weights.reduce(0) { $0 + $1.values.count } }
    return [
      .init(name: "built by", text: "fcnc \(Fcnc.version)"),
      .init(name: "target", text: program.target.name),
      .init(name: "accuracy", text: accuracy.rawValue),
      .init(name: "weights", text: "\(count) numbers"),
    ]
  }
}

extension Accuracy: ExpressibleByArgument {}

/// What the program does with a picture whose size the network does not take, unless it is told otherwise.
struct FittingOptions: ParsableArguments {
  enum Mode: String, ExpressibleByArgument, CaseIterable { case error, pad, crop }
  enum Border: String, ExpressibleByArgument, CaseIterable { case edge, zero, reflect }

  @Option(
    help: """
      What the program does with a picture whose size the network does not take, unless its own option of that name \
      says otherwise: refuse it, pad it and cut the answer back, or take its middle.
      """)
  var fit: Mode = .error

  @Option(help: "What a picture is padded with: its outermost pixel, zeros, or the picture mirrored.")
  var fitBorder: Border?

  func value() throws(Session.Failure) -> Fitting {
    guard fitBorder == nil || fit == .pad else {
      throw Session.Failure("`--fit-border` belongs to `--fit pad`", help: "add `--fit pad`")
    }
    return Fitting(
      Fitting.Mode(word: fit.rawValue) ?? .error,
      border: fitBorder.flatMap { Fitting.Border(word: $0.rawValue) } ?? .edge)
  }
}

/// Where compiled pieces are kept.
enum CacheFolder {
  static func path(_ given: String?) throws(Session.Failure) -> String {
    let environment = ProcessInfo.processInfo.environment
    let base =
      given ?? environment["XDG_CACHE_HOME"].map { $0 + "/fcnc" }
      ?? environment["HOME"].map { $0 + "/.cache/fcnc" } ?? NSTemporaryDirectory() + "/fcnc"
    do {
      try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    } catch {
      throw Session.Failure(
        "`\(base)` cannot be made: \(error.localizedDescription)", help: "choose a folder with `--cache`")
    }
    return base
  }
}
