import CFCNRuntime

/// What the command line asks for.
struct Options {
  enum Action {
    case answer, help, version, info, selfTest
    case benchmark(runs: Int)
  }

  /// `PATH`, or `NAME=PATH` where the network has an input or output of that name.
  struct NamedPath {
    var name: String?
    var path: String
  }

  /// What `NAME=PATH` may name.
  let inputNames: [String]
  let outputNames: [String]
  let tapNames: [String]

  var action = Action.answer
  var pictures: [String] = []
  /// What is written, in the order in which it was asked for.
  var outputs: [(path: NamedPath, subject: Job.Subject)] = []
  var inputs: [NamedPath] = []
  var taps: [NamedPath] = []
  var overlayStrength: Float = 0.5
  var alpha: AlphaHandling?
  /// How the files of each input become its picture.
  var sources: [SourceOptions]
  var fitting: Fitting
  var isFitBorderGiven = false
  var size: (height: Int, width: Int)?
  var threads = Int(fcn_processor_count())
  var maximumPixels = 1_000_000_000
  var isHeat = false
  var excludesBorder = false
  /// Whether places are told of the picture as it lies in its file, not as it is shown.
  var tellsStoredPlaces = false
  /// Below this probability a pixel gets the class that stands for "not judged".
  var leastConfidence: Float?
  var skipsExisting = false
  /// The file of the report, `-` for standard output; nil where none is wanted.
  var report: String?
  /// The colours of Y4M streams; nil: by the size of the picture.
  var matrix: VideoColors.Matrix?
  var isQuiet = false

  /// Reads the arguments after the program's name; `fitting` is what holds where nothing is said.
  init(
    _ arguments: [String], inputNames: [String], outputNames: [String], tapNames: [String], fitting: Fitting
  ) throws(RuntimeFailure) {
    self.inputNames = inputNames
    self.outputNames = outputNames
    sources = Array(repeating: SourceOptions(), count: inputNames.count)
    self.tapNames = tapNames
    self.fitting = fitting
    let known = Options.all(fitting)
    var place = 0
    var isPlain = false
    while place < arguments.count {
      let argument = arguments[place]
      place += 1
      if isPlain || !argument.hasStart("-") || argument.isSame(as: "-") {
        pictures.append(argument)
        continue
      }
      if argument.isSame(as: "--") {
        isPlain = true
        continue
      }
      var name = argument
      var value: String?
      if argument.hasStart("--"), let (before, after) = argument.cut(at: 0x3D) { (name, value) = (before, after) }
      guard let option = known.first(where: { $0.isCalled(name) }) else {
        let nearest = nearestWord(to: name, in: known.map { $0.name })
        throw RuntimeFailure(
          "there is no option \(name)",
          help: nearest.map { "did you mean \($0)" }
            ?? "--help lists the options; -- stands before names that start with -")
      }
      if option.value == nil {
        guard value == nil else { throw RuntimeFailure("\(option.name) takes no value") }
        try option.set(&self, "")
        continue
      }
      if value == nil, place < arguments.count {
        value = arguments[place]
        place += 1
      }
      guard let value, !value.isEmpty else { throw RuntimeFailure("\(option.name) needs a value") }
      try option.set(&self, value)
    }
    try check()
  }

  /// All options, in the order of the help.
  static func all(_ fitting: Fitting) -> [Option] {
    writing + reading + channels + sizes(fitting) + batches + running + telling
  }

  /// Refuses options that belong to others which were not given.
  private func check() throws(RuntimeFailure) {
    guard !isFitBorderGiven || fitting.mode == .pad else {
      throw RuntimeFailure("--fit-border belongs to --fit pad", help: "add --fit pad")
    }
    try checkStreams()
  }

  /// A path with the name before it where that is one of `names`.
  static func named(_ value: String, _ names: [String]) -> NamedPath {
    if let (before, after) = value.cut(at: 0x3D), names.contains(where: { $0.isSame(as: before) }) {
      return NamedPath(name: before, path: after)
    }
    return NamedPath(name: nil, path: value)
  }

  /// Adds the place of something that is written. What stands before `=` and could be the name of an output has to be one: a misspelt name
  /// must not become the name of a file.
  mutating func add(_ value: String, _ subject: Job.Subject) throws(RuntimeFailure) {
    outputs.append((try output(value, option: subject.option), subject))
  }

  private func output(_ value: String, option: String) throws(RuntimeFailure) -> NamedPath {
    let path = Options.named(value, outputNames)
    guard path.name == nil, let (before, _) = value.cut(at: 0x3D), before.isIdentifier else { return path }
    let nearest = nearestWord(to: before, in: outputNames)
    throw RuntimeFailure(
      "\(option) \(value): there is no output \(before); the outputs are \(listed(outputNames))",
      help: nearest.map { "did you mean \($0)" } ?? "for a file of that name write \(option) ./\(value)")
  }

  /// The place of a value.
  func tap(_ value: String) throws(RuntimeFailure) -> NamedPath {
    guard !tapNames.isEmpty else {
      throw RuntimeFailure(
        "--tap \(value): this program does not keep the values between its input and its outputs",
        help: "build it with fcnc build --debug-values, or use fcnc run")
    }
    guard let (name, path) = value.cut(at: 0x3D), !path.isEmpty else {
      throw RuntimeFailure("--tap needs NAME=PATH, as in \(tapNames[0])=values.npy, not \(value)")
    }
    guard tapNames.contains(where: { $0.isSame(as: name) }) else {
      let list = tapNames.count <= 20 ? "the values are \(listed(tapNames))" : "--info lists the values"
      throw RuntimeFailure(
        "--tap \(value): there is no value \(name)",
        help: nearestWord(to: name, in: tapNames).map { "did you mean \($0)" } ?? list)
    }
    guard path.smallLetters.hasEnd(".npy") else {
      throw RuntimeFailure("--tap \(value): values are written as .npy", help: "let the name of the file end in .npy")
    }
    return NamedPath(name: name, path: path)
  }
}

/// Names with commas between.
func listed(_ names: [String]) -> String {
  var text = ""
  for name in names { text += text.isEmpty ? name : ", " + name }
  return text
}
