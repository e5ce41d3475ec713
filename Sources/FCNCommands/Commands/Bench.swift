import ArgumentParser
import FCNCore
import FCNDriver
import FCNSwiftBackend

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a compiled network on this machine, step by step.",
    discussion: """
      The kernels are those of `fcnc build`, compiled for this machine or taken from its cache. Without weights it takes \
      random ones: the time does not depend on them.

      EXAMPLES:
        fcnc bench unet.fcn
        fcnc bench unet.fcn --size 480x640 --threads 2 --runs 50
        fcnc bench unet.fcn --format json > unet.json
      """)

  @OptionGroup var source: NetworkOptions
  @OptionGroup var weights: WeightOptions
  @OptionGroup var sizes: SizesOption
  @OptionGroup var running: MeasuringOptions
  @OptionGroup var target: TargetOption

  @Option(help: "How exact the program is, as in `fcnc build`.")
  var accuracy: Accuracy = .normal

  @Flag(help: "Work out how sure the classes are, as a program does that is asked for it.")
  var confidence = false

  @Option(help: ArgumentHelp("Take the algorithms that `fcnc tune` found.", valueName: "FILE"), completion: .file())
  var tuning: String?

  @Option(help: "How it is printed: text, json or markdown.")
  var format: DocumentFormat = .text

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let target = try target.resolved()
    try Profiler.checkRuns(target)
    let graph = try weights.bind(
      try source.load(session).graph.withConfidence, session, allFindings: source.allFindings, orRandom: true)
    let sizes = try sizes.value(for: graph)
    let tuning = try Tuning.read(tuning, for: graph.name, target: target, accuracy: accuracy)
    let profiler = try Profiler(graph, target: target, accuracy: accuracy, algorithms: tuning.algorithms)
    try tuning.check(profiler.program)
    try format.print(
      profiler.measured(
        sizes, threads: running.threads, runs: running.runs, all: confidence, cache: try running.cacheFolder(),
        progress: { complain("fcnc: \($0)") }))
  }
}

/// How often and with how many threads a network is measured.
struct MeasuringOptions: ParsableArguments {
  @Option(help: "Threads to use.")
  var threads = 1

  @Option(help: "How often it runs; the median counts.")
  var runs = 10

  @Option(help: "Where compiled pieces are kept between builds.", completion: .directory)
  var cache: String?

  func validate() throws {
    guard (1...1024).contains(threads) else { throw ValidationError("`--threads` takes a number from 1 to 1024") }
    guard (1...1_000_000).contains(runs) else { throw ValidationError("`--runs` takes a number from 1 to 1000000") }
  }

  func cacheFolder() throws(Session.Failure) -> String { try CacheFolder.path(cache) }
}
