/// Answering pictures in files.
extension Program {
  /// The jobs of the command line, after what could not be searched was told.
  func plan(_ options: Options) throws(RuntimeFailure) -> [Job] { try plan(options, try search(options)) }

  private func search(_ options: Options) throws(RuntimeFailure) -> PictureSearch {
    try PictureSearch(options.pictures, answers: options.outputs.map { $0.path.path } + options.taps.map { $0.path })
  }

  private func plan(_ options: Options, _ search: PictureSearch) throws(RuntimeFailure) -> [Job] {
    try Job.plan(search, options, network.inputs, network.outputs)
  }

  /// Answers one picture after the other; one that fails is reported, and the others are answered.
  mutating func answerPictures(_ options: Options) throws(RuntimeFailure) -> Int32 {
    let search = try search(options)
    let jobs = try plan(options, search)
    try check(jobs[0].answers, options)
    if let answer = jobs[0].answers.first(where: { $0.isFrame }) {
      frames = FrameWriter(console, answer.frameForm ?? .pnm, matrix: options.matrix)
    }
    var log = try RunLog(total: search.isMany ? jobs.count : 1, options, console)
    if !options.isQuiet { for note in search.notes { console.report(note) } }
    for failure in search.failures { console.report(failure) }
    defer { log.clear() }
    for job in jobs {
      var outcome = Outcome(file: job.picture)
      if options.skipsExisting, job.isAnswered {
        outcome.status = .skipped
      } else {
        do throws(RuntimeFailure) {
          try answer(job, options, &outcome)
        } catch {
          outcome.status = .failed
          outcome.failure = error
        }
      }
      try log.add(outcome)
      if let stop = console.stop { return stop }
    }
    try log.end()
    return log.hasFailures || !search.failures.isEmpty ? 1 : 0
  }

  private mutating func answer(_ job: Job, _ options: Options, _ outcome: inout Outcome) throws(RuntimeFailure) {
    var clock = Stopwatch()
    let source = try load(job.picture, joined: job.joined[0], options)
    (outcome.height, outcome.width) = (source.height, source.width)
    try answer(job, with: source, options, &clock, &outcome)
  }
}
