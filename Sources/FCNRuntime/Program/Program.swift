import CFCNRuntime

/// The whole of a compiled program: reads the arguments (without the program's name), runs the network on pictures and
/// writes its answers.
///
/// Gives the exit code: 0 all is well, 1 some files failed (or the self-test), 2 the job could not be done at all, 141
/// nobody reads standard output any more.
public func runProgram<Network: RunnableNetwork>(
  _ network: inout Network, arguments: [String], console: Console = Console()
) -> Int32 {
  var program = Program(network: network, console: console)
  defer { network = program.network }
  do throws(RuntimeFailure) {
    let code = try program.run(arguments)
    return console.stop ?? code
  } catch {
    console.report(error)
    return 2
  }
}

struct Program<Network: RunnableNetwork> {
  var network: Network
  let console: Console
  /// Below this probability a pixel gets the class that stands for "not judged".
  private(set) var leastConfidence: Float?
  /// The size that the network was prepared for last.
  private var preparedSize: (height: Int, width: Int)?
  /// Where frames go.
  var frames: FrameWriter?

  init(network: Network, console: Console) {
    self.network = network
    self.console = console
  }

  mutating func run(_ arguments: [String]) throws(RuntimeFailure) -> Int32 {
    let options = try Options(
      arguments, inputNames: network.inputs.map { $0.name }, outputNames: shownOutputs.map { network.outputs[$0].name },
      tapNames: network.taps.map { $0.name }, fitting: network.sizes.fitting)
    switch options.action {
    case .help: console.print(helpText(network.name, network.inputs, network.outputs, network.sizes.fitting))
    case .version: console.print(versionText())
    case .info: try info(options)
    case .selfTest:
      if let difference = network.selfTest(threads: options.threads) {
        console.report(
          RuntimeFailure("the self-test failed: \(difference)", help: "build the program again, or copy it again"))
        return 1
      }
      console.print("the self-test passed")
    case .benchmark(let runs): try benchmark(options, runs: runs)
    case .answer: return try answer(options)
    }
    return 0
  }

  private func versionText() -> String {
    var text = network.name
    for (name, value) in network.facts where name.isSame(as: "version") { text += " " + value }
    return text
  }

  /// Plans for a size, unless that is the one of before: many pictures of one size share the plan and its memory.
  mutating func prepare(_ size: FittedSize, _ options: Options) throws(RuntimeFailure) {
    if let preparedSize, preparedSize == (size.height, size.width) { return }
    preparedSize = nil
    try network.prepare(height: size.height, width: size.width, threads: options.threads)
    preparedSize = (size.height, size.width)
  }

  // MARK: answers

  private mutating func answer(_ options: Options) throws(RuntimeFailure) -> Int32 {
    guard options.size == nil else { throw RuntimeFailure("--size belongs to --benchmark and --info") }
    let sure = shownOutputs.filter { network.outputs[$0].hasConfidence && network.outputs[$0].classes != nil }
    guard options.leastConfidence == nil || !sure.isEmpty else {
      throw RuntimeFailure(
        "--min-confidence: no output has classes with probabilities", help: "run it without --min-confidence")
    }
    let sizes = network.sizes
    let isNothingLeft = shownOutputs.allSatisfy {
      sizes.rows.outputs[$0].edges.touchesAll || sizes.columns.outputs[$0].edges.touchesAll
    }
    guard !options.excludesBorder || !isNothingLeft else {
      throw RuntimeFailure(
        "--exclude-border would leave nothing: the network looks at the whole picture for every pixel, its edges included",
        help: "run it without --exclude-border")
    }
    leastConfidence = options.leastConfidence
    network.isConfidenceWanted =
      leastConfidence != nil || options.outputs.contains { $0.subject == .confidence }
    return options.readsFrames ? try answerFrames(options) : try answerPictures(options)
  }

  /// Refuses a command line that asks for nothing.
  func check(_ answers: [Job.Answer], _ options: Options) throws(RuntimeFailure) {
    guard !answers.isEmpty || !options.taps.isEmpty || options.report != nil || !told.isEmpty else {
      throw RuntimeFailure("nothing is to be written", help: "say where the answer goes: -o OUT.png")
    }
    guard !options.skipsExisting || !options.taps.isEmpty || answers.contains(where: { !$0.isFrame }) else {
      throw RuntimeFailure(
        "--skip-existing looks at answers in files, and none is to be written", help: "add -o OUT.png")
    }
    if answers.contains(where: { $0.isFrame }), console.writesTerminal {
      throw RuntimeFailure(
        "frames would be written to the terminal", help: "add > FILE, or | and a program that takes them")
    }
  }

  /// The outputs of which something is printed.
  private var told: [Int] { shownOutputs.filter { network.outputs[$0].answer != nil || network.outputs[$0].isDensity } }

  /// What all outputs say of a picture, for the report; empty where none is wanted.
  private func results(
    _ found: [Found?], of source: Source, _ options: Options
  ) throws(RuntimeFailure) -> [ReportField] {
    guard options.report != nil else { return [] }
    var results: [ReportField] = []
    for index in shownOutputs {
      let findings = try findings(ofOutput: index, found[index], for: source, options)
      results.append(ReportField(findings.output, findings.record))
    }
    return results
  }

  /// Prints an answer in words; to standard error where standard output holds something else.
  private func tell(_ line: String, _ options: Options) {
    if options.keepsOutputClean { console.report(line) } else { console.print(line) }
  }

  /// Runs the network on a picture or frame, and writes and tells its answers.
  mutating func answer(
    _ job: Job, with source: Source, _ options: Options, _ clock: inout Stopwatch, _ outcome: inout Outcome
  ) throws(RuntimeFailure) {
    outcome.size = source.size.text
    if source.size.isChanged { outcome.note = source.size.summary(options.fitting.border) }
    outcome.reading = (outcome.reading ?? 0) + clock.lap()
    var failure: RuntimeFailure?
    var found: [Found?] = []
    do throws(RuntimeFailure) {
      network.keep(job.taps.map { $0.index })
      try prepare(source.size, options)
      let planning = clock.lap()
      try feed(source, job, options)
      outcome.reading = (outcome.reading ?? 0) + clock.lap()
      try network.run()
      outcome.network = planning + clock.lap()
      for index in network.outputs.indices { found.append(try self.found(inOutput: index, for: source, options)) }
      outcome.results = try results(found, of: source, options)
      for index in told {
        let findings = try findings(ofOutput: index, found[index], for: source, options)
        if let line = findings.line { tell("\(outcome.name): \(findings.output) \(line)", options) }
      }
    } catch {
      failure = named(error, outcome.name)
    }
    if let failure { throw failure }
    for answer in job.answers {
      try write(answer, of: source, outcome.name, found, options)
      if !answer.isFrame { outcome.written.append(answer.path) }
    }
    for tap in job.taps {
      try write(tap, of: source, outcome.name)
      outcome.written.append(tap.path)
    }
    outcome.writing = clock.lap()
  }

  /// A failure whose messages start with the file that they are about.
  func named(_ failure: RuntimeFailure, _ path: String) -> RuntimeFailure {
    RuntimeFailure(
      failure.messages.map { $0.hasStart(path + ":") ? $0 : path + ": " + $0 }, help: failure.help)
  }
}
