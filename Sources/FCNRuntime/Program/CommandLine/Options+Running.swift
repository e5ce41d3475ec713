extension Options {
  /// How the network runs.
  static var running: [Option] {
    [
      Option("--threads", value: "N", "threads to use (all processors)") { options, value throws(RuntimeFailure) in
        options.threads = try Option.number("--threads", value, from: 1, to: 1024)
      },
      Option("--benchmark", value: "N", "the time of N runs, for a picture or --size") {
        options, value throws(RuntimeFailure) in
        options.action = .benchmark(runs: try Option.number("--benchmark", value, from: 1, to: 1_000_000))
      },
      Option("--size", value: "HEIGHTxWIDTH", "the size for --benchmark and --info") {
        options, value throws(RuntimeFailure) in
        guard let (before, after) = value.cut(at: 0x78), let height = before.naturalNumber,
          let width = after.naturalNumber, (1...1 << 24).contains(height), (1...1 << 24).contains(width)
        else { throw RuntimeFailure("--size is HEIGHTxWIDTH, as in 480x640, not \(value)") }
        options.size = (height, width)
      },
    ]
  }

  /// What the program tells of itself and of its work.
  static var telling: [Option] {
    [
      Option("--info", "inputs, outputs and facts of the network") { options, _ in options.action = .info },
      Option("--self-test", "compare the network with what was recorded when it was compiled") { options, _ in
        options.action = .selfTest
      },
      Option("--quiet", short: "-q", "print only counts and errors") { options, _ in options.isQuiet = true },
      Option("--version", "the version of the network") { options, _ in options.action = .version },
      Option("--help", short: "-h", "this text") { options, _ in options.action = .help },
    ]
  }
}
