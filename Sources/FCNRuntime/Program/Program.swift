import CFCNRuntime

/// The whole of a compiled program: reads the arguments (without the program's name), runs the network on pictures and
/// writes its answers.
///
/// Gives the exit code: 0 all is well, 1 some files failed (or the self-test), 2 the job could not be done at all.
public func runProgram<Network: RunnableNetwork>(
  _ network: inout Network, arguments: [String], console: Console = Console()
) -> Int32 {
  var program = Program(network: network, console: console)
  defer { network = program.network }
  do throws(RuntimeFailure) {
    return try program.run(arguments)
  } catch {
    console.report(error)
    return 2
  }
}

struct Program<Network: RunnableNetwork> {
  var network: Network
  let console: Console
  /// Below this probability a pixel gets the class that stands for "not judged".
  var leastConfidence: Float?

  mutating func run(_ arguments: [String]) throws(RuntimeFailure) -> Int32 {
    let options = try Options(
      arguments, inputNames: network.inputs.map { $0.name }, outputNames: shownOutputs.map { network.outputs[$0].name },
      fitting: network.sizes.fitting)
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

  // MARK: answers

  private mutating func answer(_ options: Options) throws(RuntimeFailure) -> Int32 {
    guard options.size == nil else { throw RuntimeFailure("--size belongs to --benchmark and --info") }
    let jobs = try Job.plan(options, network.inputs, network.outputs)
    guard !jobs[0].answers.isEmpty || !told.isEmpty else {
      throw RuntimeFailure("nothing is to be written", help: "say where the answer goes: -o OUT.png")
    }
    let sure = shownOutputs.filter { network.outputs[$0].hasConfidence && network.outputs[$0].classes != nil }
    guard options.leastConfidence == nil || !sure.isEmpty else {
      throw RuntimeFailure(
        "--min-confidence: no output has classes with probabilities", help: "run it without --min-confidence")
    }
    leastConfidence = options.leastConfidence
    network.isConfidenceWanted =
      leastConfidence != nil || jobs[0].answers.contains { $0.subject == .confidence }
    var code: Int32 = 0
    for job in jobs {
      do throws(RuntimeFailure) {
        try perform(job, options)
      } catch {
        console.report(error)
        code = 1
      }
    }
    return code
  }

  /// The outputs of which something is printed.
  private var told: [Int] { shownOutputs.filter { network.outputs[$0].answer != nil || network.outputs[$0].isDensity } }

  private mutating func perform(_ job: Job, _ options: Options) throws(RuntimeFailure) {
    let start = fcn_now()
    let source = try load(job.picture, options)
    if source.size.isChanged, !options.isQuiet {
      console.report("\(job.picture): \(source.size.summary(options.fitting.border))")
    }
    var failure: RuntimeFailure?
    var found: [Found?] = []
    do throws(RuntimeFailure) {
      try feed(source, furtherInputs: job.furtherInputs, options)
      try network.run()
      for index in network.outputs.indices { found.append(try self.found(inOutput: index, for: source, options)) }
      for index in told {
        let findings = try findings(ofOutput: index, found[index], for: source, options)
        if let line = findings.line { console.print("\(job.picture): \(findings.output) \(line)") }
      }
    } catch {
      failure = named(error, job.picture)
    }
    if let failure { throw failure }
    for answer in job.answers { try write(answer, of: source, job.picture, found, options) }
    if !options.isQuiet {
      let milliseconds = String((fcn_now() - start) * 1000, decimals: 1)
      console.report("\(job.picture): \(source.size.text) in \(milliseconds) ms")
    }
  }

  /// A failure whose messages start with the file that they are about.
  func named(_ failure: RuntimeFailure, _ path: String) -> RuntimeFailure {
    RuntimeFailure(
      failure.messages.map { $0.hasStart(path + ":") ? $0 : path + ": " + $0 }, help: failure.help)
  }
}
