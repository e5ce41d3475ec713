extension Options {
  /// Many pictures and streams of frames.
  static var batches: [Option] {
    [
      Option("--skip-existing", "pass over a picture whose answers are there already, none of them older than it") {
        options, _ in options.skipsExisting = true
      },
      Option(
        "--report", value: "PATH",
        """
        what became of each picture, a row each: .jsonl (JSON lines) or .csv; - prints JSON lines. With --skip-existing \
        it is continued
        """
      ) { options, value throws(RuntimeFailure) in
        guard value.isSame(as: "-") || ReportFile.Form(path: value) != nil else {
          throw RuntimeFailure(
            "--report \(value): the name does not say what to write", help: "let it end in .jsonl or .csv")
        }
        options.report = value
      },
      Option("--matrix", value: "NAME", "the colours of a Y4M stream: bt601 or bt709 (by the size of its pictures)") {
        options, value throws(RuntimeFailure) in
        guard let matrix = VideoColors.Matrix(word: value) else {
          throw RuntimeFailure("--matrix is bt601 or bt709, not \(value)")
        }
        options.matrix = matrix
      },
    ]
  }

  /// Whether frames are read from standard input.
  var readsFrames: Bool { pictures.contains { $0.isSame(as: "-") } }

  /// Whether frames or rows go to standard output, so that no text does.
  var keepsOutputClean: Bool {
    report.map { $0.isSame(as: "-") } ?? false || outputs.contains { FramePlace($0.path.path) != nil }
  }

  /// Refuses what streams cannot do.
  func checkStreams() throws(RuntimeFailure) {
    if report.map({ $0.isSame(as: "-") }) ?? false, outputs.contains(where: { FramePlace($0.path.path) != nil }) {
      throw RuntimeFailure(
        "standard output takes the answers or the report, not both", help: "name a file: --report report.jsonl")
    }
    guard readsFrames else { return }
    switch action {
    case .answer: break
    case .help, .version, .selfTest: return
    case .info, .benchmark:
      throw RuntimeFailure("--info and --benchmark take a picture in a file, not frames", help: "--size HEIGHTxWIDTH")
    }
    guard pictures.count == 1 else {
      throw RuntimeFailure("- stands for frames from standard input, and for no other picture beside it")
    }
    guard inputNames.count == 1 else {
      throw RuntimeFailure(
        "the network has \(inputNames.count) inputs, and frames from standard input are only one",
        help: "write the frames to files, and give them with --input NAME='folder/{stem}.png'")
    }
    guard !skipsExisting else { throw RuntimeFailure("--skip-existing looks at files, and - stands for frames") }
  }
}
