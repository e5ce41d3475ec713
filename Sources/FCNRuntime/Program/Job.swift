/// What is to be done with one picture: what is read and what is written where.
struct Job {
  /// An output, or one channel of it, written to a file or as a frame to standard output.
  struct Answer {
    /// nil: all of them, in one report.
    var output: Int?
    var channel: Int?
    /// `-` for standard output.
    var path: String
    var format: OutputFormat
    var subject: Subject
    /// How it is written to standard output; nil: in the form of the frames that are read.
    var frameForm: FrameForm?
    /// Whether the folder's name depends on the picture, so that it is made where it is missing.
    var makesFolder = false

    var isOverlay: Bool { subject == .overlay }
    var isFrame: Bool { path.isSame(as: "-") }
  }

  /// What of an output is written.
  enum Subject {
    /// Its map or its answer.
    case answer
    /// That laid over the photograph.
    case overlay
    /// How sure its classes are.
    case confidence
    /// Which of its positions have seen an edge of the picture.
    case borderMask

    /// The option that asks for it.
    var option: String {
      switch self {
      case .answer: "-o"
      case .overlay: "--overlay"
      case .confidence: "--confidence"
      case .borderMask: "--border-mask"
      }
    }
  }

  /// A value written to a file.
  struct Tap {
    /// Its position among the taps of the network.
    var index: Int
    var path: String
    var makesFolder: Bool
  }

  var picture: String
  /// The files of the inputs after the first, in their order.
  var furtherInputs: [String]
  /// The files that are joined to each input.
  var joined: [[String]]
  var answers: [Answer]
  var taps: [Tap]

  /// The jobs of the pictures that a command line asks for.
  ///
  /// Fails before any work where a path cannot be meant: unknown names and endings, two answers in one file, an answer
  /// in the place of a picture that is read, a folder that is not there.
  static func plan(
    _ search: PictureSearch, _ options: Options, _ inputs: [InputDescription], _ outputs: [OutputDescription]
  ) throws(RuntimeFailure) -> [Job] {
    let template = try Job.answers(options, outputs, placeholders: [.stem, .folder, .channel])
    let taps = try Job.taps(options, placeholders: [.stem, .folder])
    let paths = template.filter { !$0.isFrame }.map { $0.path } + taps.map { $0.path }
    if search.isMany, let path = paths.first(where: { !$0.contains(text: "{stem}") }) {
      throw RuntimeFailure(
        "several pictures cannot be written to the one file \(path)",
        help: "use {stem}, which stands for a picture's name without its ending: -o 'out/{stem}.png'")
    }
    let further = try furtherInputs(options, inputs)
    var jobs: [Job] = []
    jobs.reserveCapacity(search.pictures.count)
    for picture in search.pictures {
      var job = Job(
        picture: picture.path, furtherInputs: further.map { picture.filled($0) },
        joined: options.sources.map { $0.joined.map { picture.filled($0) } }, answers: template, taps: taps)
      for index in job.answers.indices { job.answers[index].path = picture.filled(job.answers[index].path) }
      for index in job.taps.indices { job.taps[index].path = picture.filled(job.taps[index].path) }
      jobs.append(job)
    }
    try JobPaths.check(jobs, report: options.report)
    return jobs
  }

  /// Whether all answers are there already, none of them older than the picture.
  var isAnswered: Bool {
    let picture = Files.status(of: picture)
    return (answers.map { $0.path } + taps.map { $0.path }).allSatisfy { path in
      let status = Files.status(of: path)
      return status.kind == .file && status.modified >= picture.modified
    }
  }

  /// What is to be written of every picture, its name not yet filled in.
  /// - Parameter placeholders: what may stand in the paths.
  static func answers(
    _ options: Options, _ outputs: [OutputDescription], placeholders: [Placeholder]
  ) throws(RuntimeFailure) -> [Answer] {
    var answers: [Answer] = []
    for (path, subject) in options.outputs {
      try Placeholder.check(path.path, option: subject.option, known: placeholders)
      answers += try self.answers(path, outputs, subject, isHeat: options.isHeat)
    }
    guard answers.count(where: { $0.isFrame }) <= 1 else {
      throw RuntimeFailure(
        "two answers would be written to standard output", help: "write one of them to files, as in '{frame}.png'")
    }
    return answers
  }

  /// The values that are to be written of every picture.
  static func taps(_ options: Options, placeholders: [Placeholder]) throws(RuntimeFailure) -> [Tap] {
    var taps: [Tap] = []
    for tap in options.taps {
      try Placeholder.check(tap.path, option: "--tap", known: placeholders)
      let index = options.tapNames.firstIndex { name in tap.name.map { name.isSame(as: $0) } ?? false }
      taps.append(Tap(index: index ?? 0, path: tap.path, makesFolder: makesFolder(tap.path)))
    }
    return taps
  }

  private static func furtherInputs(_ options: Options, _ inputs: [InputDescription]) throws(RuntimeFailure)
    -> [String]
  {
    var paths: [String] = []
    if options.inputs.contains(where: { $0.name.map { $0.isSame(as: inputs[0].name) } ?? false }) {
      throw RuntimeFailure("input \(inputs[0].name) is the picture itself", help: "give it without --input")
    }
    for input in inputs.dropFirst() {
      let given = options.inputs.filter { $0.name.map { $0.isSame(as: input.name) } ?? false }
      guard given.count == 1 else {
        throw RuntimeFailure(
          given.isEmpty ? "input \(input.name) is missing" : "input \(input.name) is given more than once",
          help: "--input \(input.name)=PATH")
      }
      try Placeholder.check(given[0].path, option: "--input", known: [.stem, .folder])
      paths.append(given[0].path)
    }
    return paths
  }

  /// The files that one option stands for: several where `{channel}` stands in the path.
  private static func answers(
    _ path: Options.NamedPath, _ outputs: [OutputDescription], _ subject: Subject, isHeat: Bool
  ) throws(RuntimeFailure) -> [Answer] {
    let place = FramePlace(path.path)
    guard let format = place.map({ $0.format }) ?? OutputFormat(path: path.path) else {
      throw RuntimeFailure(
        "\(path.path): the name does not say what to write", help: "let it end in \(OutputFormat.list)")
    }
    var answer = Answer(
      output: nil, channel: nil, path: place == nil ? path.path : "-", format: format, subject: subject,
      frameForm: place?.form, makesFolder: makesFolder(path.path))
    let shown = outputs.indices.filter { outputs[$0].role == .answer }
    var index = shown[0]
    if let name = path.name {
      index = shown.first { outputs[$0].name.isSame(as: name) } ?? index
    } else if shown.count > 1 {
      if format == .json, subject == .answer { return [answer] }
      let names = shown.map { outputs[$0].name }
      throw RuntimeFailure(
        "the network has \(names.count) outputs: \(listed(names))",
        help: "say which one: \(subject.option) \(names[0])=\(path.path)")
    }
    try outputs[index].check(subject, format, path.path)
    answer.output = index
    guard let channels = outputs[index].pictures(of: subject, format, isHeat: isHeat) else { return [answer] }
    guard path.path.contains(text: "{channel}") else {
      throw RuntimeFailure(
        "output \(outputs[index].name) has \(channels.count) channels, each a picture of its own",
        help: answer.isFrame
          ? "write them to files: 'out-{channel}.png'"
          : "use {channel} in the path, as in 'out-{channel}.png', or write it as .npy or .tif")
    }
    return channels.indices.map { channel in
      answer.channel = channel
      answer.path = path.path.replacing("{channel}", by: channels[channel])
      return answer
    }
  }

  private static func makesFolder(_ path: String) -> Bool {
    path.folder.utf8.contains(0x7B) || path.contains(text: Placeholder.folder.text)
  }
}
