/// What is to be done with one picture: what is read and what is written where.
struct Job {
  /// An output, or one channel of it, written to a file or as a frame to standard output.
  struct Answer {
    var output: Int
    var channel: Int?
    /// `-` for standard output.
    var path: String
    var format: OutputFormat
    var isOverlay: Bool
    /// How it is written to standard output; nil: in the form of the frames that are read.
    var frameForm: FrameForm?
    /// Whether the folder's name depends on the picture, so that it is made where it is missing.
    var makesFolder = false

    var isFrame: Bool { path.isSame(as: "-") }
  }

  var picture: String
  /// The files of the inputs after the first, in their order.
  var furtherInputs: [String]
  var answers: [Answer]

  /// The jobs of the pictures that a command line asks for.
  ///
  /// Fails before any work where a path cannot be meant: unknown names and endings, two answers in one file, an answer
  /// in the place of a picture that is read, a folder that is not there.
  static func plan(
    _ search: PictureSearch, _ options: Options, _ inputs: [InputDescription], _ outputs: [OutputDescription]
  ) throws(RuntimeFailure) -> [Job] {
    let template = try answers(options, outputs, placeholders: [.stem, .folder, .channel])
    if search.isMany, let path = template.first(where: { !$0.isFrame && !$0.path.contains(text: "{stem}") }) {
      throw RuntimeFailure(
        "several pictures cannot be written to the one file \(path.path)",
        help: "use {stem}, which stands for a picture's name without its ending: -o 'out/{stem}.png'")
    }
    let further = try furtherInputs(options, inputs)
    var jobs: [Job] = []
    jobs.reserveCapacity(search.pictures.count)
    for picture in search.pictures {
      var job = Job(picture: picture.path, furtherInputs: further.map { picture.filled($0) }, answers: template)
      for index in job.answers.indices { job.answers[index].path = picture.filled(job.answers[index].path) }
      jobs.append(job)
    }
    try JobPaths.check(jobs, report: options.report)
    return jobs
  }

  /// Whether all answers are there already, none of them older than the picture.
  var isAnswered: Bool {
    let picture = Files.status(of: picture)
    return answers.allSatisfy { answer in
      let status = Files.status(of: answer.path)
      return status.kind == .file && status.modified >= picture.modified
    }
  }

  /// What is to be written of every picture, its name not yet filled in.
  /// - Parameter placeholders: what may stand in the paths.
  static func answers(
    _ options: Options, _ outputs: [OutputDescription], placeholders: [Placeholder]
  ) throws(RuntimeFailure) -> [Answer] {
    var answers: [Answer] = []
    for (paths, isOverlay) in [(options.outputs, false), (options.overlays, true)] {
      for path in paths {
        try Placeholder.check(path.path, option: isOverlay ? "--overlay" : "-o", known: placeholders)
        answers += try self.answers(path, outputs, isOverlay: isOverlay)
      }
    }
    guard answers.count(where: { $0.isFrame }) <= 1 else {
      throw RuntimeFailure(
        "two answers would be written to standard output", help: "write one of them to files, as in '{frame}.png'")
    }
    return answers
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

  /// The files that one -o or --overlay stands for: several where `{channel}` stands in the path.
  private static func answers(_ path: Options.NamedPath, _ outputs: [OutputDescription], isOverlay: Bool)
    throws(RuntimeFailure) -> [Answer]
  {
    let option = isOverlay ? "--overlay" : "-o"
    var index = 0
    if let name = path.name {
      index = outputs.firstIndex { $0.name.isSame(as: name) } ?? 0
    } else if outputs.count > 1 {
      throw RuntimeFailure(
        "the network has \(outputs.count) outputs: \(listed(outputs.map { $0.name }))",
        help: "say which one: \(option) \(outputs[0].name)=\(path.path)")
    }
    let output = outputs[index]
    let place = FramePlace(path.path)
    guard let format = place.map({ $0.format }) ?? OutputFormat(path: path.path) else {
      throw RuntimeFailure(
        "\(path.path): the name does not say what to write", help: "let it end in .png, .jpg, .ppm, .pgm or .npy")
    }
    if isOverlay, !output.isMap || format == .npy || format == .pgm {
      throw RuntimeFailure(
        output.isMap
          ? "\(path.path): an overlay is a picture in colour" : "output \(output.name) cannot be laid over the picture")
    }
    if case .raw = output.kind, format != .npy {
      throw RuntimeFailure("output \(output.name) holds numbers without a known meaning", help: "write it as .npy")
    }
    var answer = Answer(
      output: index, channel: nil, path: place == nil ? path.path : "-", format: format, isOverlay: isOverlay)
    answer.frameForm = place?.form
    answer.makesFolder =
      answer.path.folder.utf8.contains(0x7B) || answer.path.contains(text: Placeholder.folder.text)
    guard output.needsChannel, format != .npy else { return [answer] }
    guard path.path.contains(text: "{channel}") else {
      throw RuntimeFailure(
        "output \(output.name) has \(output.channels) channels, each a picture of its own",
        help: answer.isFrame
          ? "write them to files: 'out-{channel}.png'"
          : "use {channel} in the path, as in 'out-{channel}.png', or write it as .npy")
    }
    return (0..<output.channels).map { channel in
      answer.channel = channel
      answer.path = path.path.replacing("{channel}", by: "\(channel)")
      return answer
    }
  }
}

extension OutputDescription {
  /// Whether the output says something about each place of the picture.
  var isMap: Bool {
    switch kind {
    case .labels, .probability, .logits, .density: true
    case .image, .raw: false
    }
  }

  /// Whether each channel is a picture of its own.
  var needsChannel: Bool {
    switch kind {
    case .probability, .density: channels > 1
    case .labels, .logits, .image, .raw: false
    }
  }
}
