import ArgumentParser
import FCNCore
import FCNDriver
import FCNSwiftBackend

struct Tune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure other algorithms for the steps of a network on this machine, and store the fastest.",
    discussion: """
      `fcnc build` chooses algorithms by a cost model, which is nearly always right. This measures the others that come \
      near, step by step, and writes the fastest into a file for `fcnc build --tuning` on machines of this kind. The \
      results of a tuned program differ from others in the last bits.

      EXAMPLES:
        fcnc tune unet.fcn -o unet.tuning
        fcnc build unet.fcn --weights unet.safetensors --tuning unet.tuning -o unet
      """)

  @OptionGroup var source: NetworkOptions
  @OptionGroup var sizes: SizesOption
  @OptionGroup var running: MeasuringOptions

  @Option(help: "How exact the program is to be, as in `fcnc build`.")
  var accuracy: Accuracy = .normal

  @Option(name: .shortAndLong, help: "Where the choice is written.", completion: .file())
  var output: String

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let toolchain = try Toolchain.find()
    try ProgramBuilder.checkOutput(output)
    let (tree, loaded) = try source.load(session)
    try OutputFile.check(output, isNoneOf: [source.network] + OutputFile.includes(of: tree, at: source.network))
    var sink = DiagnosticSink()
    let graph = try session.bind(loaded.withConfidence, .random(seed: 1), report: &sink)
    guard let size = try sizes.value(for: graph).first else {
      throw Session.Failure("no picture size is accepted by every value of the network")
    }
    let cache = try running.cacheFolder()
    let tuner = Tuner(
      graph: graph, accuracy: accuracy, size: size, threads: running.threads, runs: running.runs,
      toolchain: toolchain, cache: cache)
    let result = try tuner.tune { complain("fcnc: \($0)") }
    try OutputFile.write(result.tuning.text, to: output)
    print(result.summary)
  }
}
