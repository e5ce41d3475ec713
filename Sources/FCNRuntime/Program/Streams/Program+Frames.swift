/// Answering the frames of standard input.
extension Program {
  /// Answers one frame after the other until the stream ends, or a frame cannot be answered: those behind it would no
  /// longer belong to those that were read.
  mutating func answerFrames(_ options: Options) throws(RuntimeFailure) -> Int32 {
    let answers = try Job.answers(options, network.outputs, placeholders: [.frame, .channel])
    let taps = try Job.taps(options, placeholders: [.frame])
    try check(answers, options)
    let paths = answers.filter { !$0.isFrame }.map { ($0.path, $0.makesFolder) }
    for (path, makesFolder) in paths + taps.map({ ($0.path, $0.makesFolder) }) {
      guard path.contains(text: Placeholder.frame.text) else {
        throw RuntimeFailure(
          "several frames cannot be written to the one file \(path)",
          help: "use {frame}, which stands for a frame's number: -o 'out/{frame}.png'; or -o - for a stream")
      }
      if !makesFolder { try JobPaths.checkFolder(of: path) }
    }
    if let report = options.report, !report.isSame(as: "-") { try JobPaths.checkFolder(of: report) }
    guard !console.readsTerminal else {
      throw RuntimeFailure(
        "frames are read from a pipe or a file, not from the terminal", help: "PROGRAM | NET - -o OUT")
    }
    var reader = try FrameReader(console.input, matrix: options.matrix)
    if let answer = answers.first(where: { $0.isFrame }) {
      frames = FrameWriter(console, answer.frameForm ?? reader.form, like: reader.video, matrix: options.matrix)
    }
    var log = try RunLog(total: nil, options, console)
    defer { log.clear() }
    var number = 0
    while console.stop == nil {
      number += 1
      var outcome = Outcome(file: "-", frame: number)
      do throws(RuntimeFailure) {
        guard try answerFrame(&reader, answers, taps, options, &outcome) else { break }
      } catch {
        outcome.status = .failed
        outcome.failure = error
      }
      try log.add(outcome)
      if log.hasFailures { break }
    }
    try log.end()
    return console.stop ?? (log.hasFailures ? 1 : 0)
  }

  /// - Returns: whether there was a frame.
  private mutating func answerFrame(
    _ reader: inout FrameReader, _ answers: [Job.Answer], _ taps: [Job.Tap], _ options: Options,
    _ outcome: inout Outcome
  ) throws(RuntimeFailure) -> Bool {
    var clock = Stopwatch()
    let source: Source
    do throws(RuntimeFailure) {
      guard let frame = try frame(from: &reader, options) else { return false }
      source = frame
    } catch {
      throw named(error, outcome.name)
    }
    (outcome.height, outcome.width) = (source.height, source.width)
    let digits = "\(outcome.frame ?? 0)"
    let number = String(decoding: Array(repeating: UInt8(0x30), count: max(6 - digits.utf8.count, 0)), as: UTF8.self)
    var job = Job(
      picture: "-", furtherInputs: [], joined: network.inputs.map { _ in [] }, answers: answers, taps: taps)
    for index in answers.indices where !answers[index].isFrame {
      job.answers[index].path = answers[index].path.replacing(Placeholder.frame.text, by: number + digits)
    }
    for index in taps.indices {
      job.taps[index].path = taps[index].path.replacing(Placeholder.frame.text, by: number + digits)
    }
    try answer(job, with: source, options, &clock, &outcome)
    return true
  }

  private func frame(from reader: inout FrameReader, _ options: Options) throws(RuntimeFailure) -> Source? {
    let (sizes, fitting) = (network.sizes, options.fitting)
    let input = network.inputs[0]
    var size: FittedSize?
    let picture = try reader.next(maximumPixels: options.maximumPixels) { height, width, _ throws(RuntimeFailure) in
      size = try input.fitted(height: height, width: width) { height, width throws(RuntimeFailure) in
        try sizes.fitted(height: height, width: width, fitting)
      }
    }
    guard let picture else { return nil }
    return try Source(picture, size, input, alpha: options.alpha)
  }
}
