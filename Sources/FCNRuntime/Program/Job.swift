/// What is to be done with one picture: what is read and what is written where.
struct Job {
  /// An output, or one channel of it, written to a file.
  struct Answer {
    /// nil: all of them, in one report.
    var output: Int?
    var channel: Int?
    var path: String
    var format: OutputFormat
    var subject = Subject.answer

    var isOverlay: Bool { subject == .overlay }
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

  var picture: String
  /// The files of the inputs after the first, in their order.
  var furtherInputs: [String]
  var answers: [Answer]

  /// The jobs of a command line; folders stand for the pictures in them.
  ///
  /// Fails before any work where a path cannot be meant: unknown names and endings, two answers in one file, an answer
  /// in the place of a picture that is read.
  static func plan(_ options: Options, _ inputs: [InputDescription], _ outputs: [OutputDescription])
    throws(RuntimeFailure) -> [Job]
  {
    var pictures: [String] = []
    var isMany = options.pictures.count > 1
    for path in options.pictures {
      guard Files.isFolder(path) else {
        pictures.append(path)
        continue
      }
      isMany = true
      let found = try Files.list(path).filter { path in
        // A pipe or a device in a folder is no picture, and reading it might never end.
        [".png", ".jpg", ".jpeg", ".pnm", ".pgm", ".ppm", ".npy"].contains { path.smallLetters.hasEnd($0) }
          && !Files.isEndless(path)
      }
      guard !found.isEmpty else {
        throw RuntimeFailure(
          "\(path): the folder holds no pictures",
          help: "files that end in .png, .jpg, .jpeg, .pnm, .pgm, .ppm or .npy are taken")
      }
      pictures += found
    }
    guard !pictures.isEmpty else {
      throw RuntimeFailure("no picture was given", help: "NET PICTURE -o OUT; --help tells more")
    }
    var template: [Answer] = []
    for (path, subject) in options.outputs { template += try answers(path, outputs, subject) }
    if isMany, let path = template.first(where: { !$0.path.contains(text: "{stem}") }) {
      throw RuntimeFailure(
        "several pictures cannot be written to the one file \(path.path)",
        help: "use {stem}, which stands for a picture's name without its ending: -o 'out/{stem}.png'")
    }
    let further = try furtherInputs(options, inputs)
    var jobs: [Job] = []
    for picture in pictures {
      let stem = stem(of: picture)
      var job = Job(picture: picture, furtherInputs: [], answers: template)
      for path in further { job.furtherInputs.append(path.replacing("{stem}", by: stem)) }
      for index in job.answers.indices {
        job.answers[index].path = job.answers[index].path.replacing("{stem}", by: stem)
      }
      jobs.append(job)
    }
    try checkPaths(of: jobs)
    return jobs
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
      paths.append(given[0].path)
    }
    return paths
  }

  /// The files that one option stands for: several where `{channel}` stands in the path.
  private static func answers(_ path: Options.NamedPath, _ outputs: [OutputDescription], _ subject: Subject)
    throws(RuntimeFailure) -> [Answer]
  {
    guard let format = OutputFormat(path: path.path) else {
      throw RuntimeFailure(
        "\(path.path): the name does not say what to write", help: "let it end in \(OutputFormat.list)")
    }
    let shown = outputs.indices.filter { outputs[$0].role == .answer }
    var index = shown[0]
    if let name = path.name {
      index = shown.first { outputs[$0].name.isSame(as: name) } ?? index
    } else if shown.count > 1 {
      if format == .json, subject == .answer {
        return [Answer(output: nil, channel: nil, path: path.path, format: format)]
      }
      let names = shown.map { outputs[$0].name }
      throw RuntimeFailure(
        "the network has \(names.count) outputs: \(listed(names))",
        help: "say which one: \(subject.option) \(names[0])=\(path.path)")
    }
    try outputs[index].check(subject, format, path.path)
    let channels = outputs[index].pictures(of: subject, format)
    guard let channels else {
      return [Answer(output: index, channel: nil, path: path.path, format: format, subject: subject)]
    }
    guard path.path.contains(text: "{channel}") else {
      throw RuntimeFailure(
        "output \(outputs[index].name) has \(channels.count) channels, each a picture of its own",
        help: "use {channel} in the path, as in 'out-{channel}.png', or write it as .npy")
    }
    var answers: [Answer] = []
    for (channel, name) in channels.enumerated() {
      let path = path.path.replacing("{channel}", by: name)
      answers.append(Answer(output: index, channel: channel, path: path, format: format, subject: subject))
    }
    return answers
  }

  /// The name of a file without folder and ending.
  private static func stem(of path: String) -> String {
    var bytes = Array(path.utf8)
    if let slash = bytes.lastIndex(of: 0x2F) { bytes.removeFirst(slash + 1) }
    if let dot = bytes.lastIndex(of: 0x2E), dot > 0 { bytes.removeLast(bytes.count - dot) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func checkPaths(of jobs: [Job]) throws(RuntimeFailure) {
    var read: [(UInt64, UInt64)] = []
    for job in jobs {
      for path in [job.picture] + job.furtherInputs {
        if let identity = Files.identity(path) { read.append(identity) }
      }
    }
    read.sort { $0 < $1 }
    var paths: [(path: String, picture: String)] = []
    for job in jobs {
      for answer in job.answers {
        if let identity = Files.identity(answer.path), contains(identity, in: read) {
          throw RuntimeFailure("\(answer.path) is read and would be overwritten", help: "write to another file")
        }
        paths.append((answer.path, job.picture))
      }
    }
    paths.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for index in paths.indices.dropFirst() where paths[index].path.isSame(as: paths[index - 1].path) {
      let pictures = [paths[index - 1].picture, paths[index].picture]
      throw RuntimeFailure(
        "two answers would be written to \(paths[index].path), of "
          + (pictures[0].isSame(as: pictures[1]) ? pictures[0] : "\(pictures[0]) and \(pictures[1])"),
        help: "give each its own file")
    }
  }

  private static func contains(_ identity: (UInt64, UInt64), in sorted: [(UInt64, UInt64)]) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < identity { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == identity
  }
}
