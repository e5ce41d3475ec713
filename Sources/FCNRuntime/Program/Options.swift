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

  var action = Action.answer
  var pictures: [String] = []
  var outputs: [NamedPath] = []
  var inputs: [NamedPath] = []
  var overlays: [NamedPath] = []
  var overlayStrength: Float = 0.5
  var alpha: AlphaHandling?
  var fitting: Fitting
  var size: (height: Int, width: Int)?
  var threads = Int(fcn_processor_count())
  var maximumPixels = 1_000_000_000
  var isHeat = false
  var isQuiet = false

  static let withValue = [
    "--output", "--input", "--overlay", "--overlay-strength", "--alpha", "--fit", "--fit-border", "--size", "--threads",
    "--max-pixels", "--benchmark",
  ]
  static let flags = ["--heat", "--quiet", "--help", "--version", "--info", "--self-test"]

  /// Reads the arguments after the program's name; `inputNames` and `outputNames` are what `NAME=PATH` may name,
  /// `fitting` is what holds where nothing is said.
  init(
    _ arguments: [String], inputNames: [String], outputNames: [String], fitting: Fitting
  ) throws(RuntimeFailure) {
    self.fitting = fitting
    var isBorderGiven = false
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
      var name = Options.fullName(of: argument)
      var value: String?
      if let (before, after) = argument.cut(at: 0x3D), argument.hasStart("--") { (name, value) = (before, after) }
      if Options.flags.contains(where: { $0.isSame(as: name) }) {
        guard value == nil else { throw RuntimeFailure("\(name) takes no value") }
        setFlag(name)
      } else if Options.withValue.contains(where: { $0.isSame(as: name) }) {
        if value == nil, place < arguments.count {
          value = arguments[place]
          place += 1
        }
        guard let value, !value.isEmpty else { throw RuntimeFailure("\(name) needs a value") }
        try set(name, to: value, inputNames, outputNames)
        if name.isSame(as: "--fit-border") { isBorderGiven = true }
      } else {
        let nearest = nearestWord(to: name, in: Options.withValue + Options.flags)
        throw RuntimeFailure(
          "there is no option \(name)",
          help: nearest.map { "did you mean \($0)" }
            ?? "--help lists the options; -- stands before names that start with -")
      }
    }
    guard !isBorderGiven || self.fitting.mode == .pad else {
      throw RuntimeFailure("--fit-border belongs to --fit pad", help: "add --fit pad")
    }
  }

  private static func fullName(of argument: String) -> String {
    if argument.isSame(as: "-o") { return "--output" }
    if argument.isSame(as: "-h") { return "--help" }
    if argument.isSame(as: "-q") { return "--quiet" }
    return argument
  }

  private mutating func setFlag(_ name: String) {
    if name.isSame(as: "--heat") { isHeat = true }
    if name.isSame(as: "--quiet") { isQuiet = true }
    if name.isSame(as: "--version") { action = .version }
    if name.isSame(as: "--info") { action = .info }
    if name.isSame(as: "--self-test") { action = .selfTest }
    if name.isSame(as: "--help") { action = .help }
  }

  private mutating func set(_ name: String, to value: String, _ inputNames: [String], _ outputNames: [String])
    throws(RuntimeFailure)
  {
    func number(from least: Int, to greatest: Int) throws(RuntimeFailure) -> Int {
      guard let number = value.naturalNumber, number >= least, number <= greatest else {
        throw RuntimeFailure("\(name) needs a number from \(least) to \(greatest), not \(value)")
      }
      return number
    }
    if name.isSame(as: "--output") {
      outputs.append(try Options.output(value, outputNames, option: "-o"))
    } else if name.isSame(as: "--overlay") {
      overlays.append(try Options.output(value, outputNames, option: name))
    } else if name.isSame(as: "--input") {
      let named = Options.named(value, inputNames)
      guard named.name != nil else {
        throw RuntimeFailure(
          "--input needs NAME=PATH with the name of a further input, not \(value)",
          help: inputNames.count > 1
            ? "the further inputs are \(listed(Array(inputNames.dropFirst())))"
            : "the network has one input, \(listed(inputNames)), which is the picture")
      }
      inputs.append(named)
    } else if name.isSame(as: "--overlay-strength") {
      overlayStrength = try Options.strength(value)
    } else if name.isSame(as: "--alpha") {
      alpha = try Options.alphaHandling(value)
    } else if name.isSame(as: "--fit") {
      guard let mode = Fitting.Mode(word: value) else {
        throw RuntimeFailure("--fit is error, pad or crop, not \(value)")
      }
      fitting.mode = mode
    } else if name.isSame(as: "--fit-border") {
      guard let border = Fitting.Border(word: value) else {
        throw RuntimeFailure("--fit-border is zero, edge or reflect, not \(value)")
      }
      fitting.border = border
    } else if name.isSame(as: "--size") {
      size = try Options.size(value)
    } else if name.isSame(as: "--threads") {
      threads = try number(from: 1, to: 1024)
    } else if name.isSame(as: "--max-pixels") {
      maximumPixels = try number(from: 1, to: Picture.greatestPixelCount)
    } else {
      action = .benchmark(runs: try number(from: 1, to: 1_000_000))
    }
  }

  private static func named(_ value: String, _ names: [String]) -> NamedPath {
    if let (before, after) = value.cut(at: 0x3D), names.contains(where: { $0.isSame(as: before) }) {
      return NamedPath(name: before, path: after)
    }
    return NamedPath(name: nil, path: value)
  }

  /// The place of an answer. What stands before `=` and could be the name of an output has to be one: a misspelt name
  /// must not become the name of a file.
  private static func output(_ value: String, _ names: [String], option: String) throws(RuntimeFailure) -> NamedPath {
    let path = named(value, names)
    guard path.name == nil, let (before, _) = value.cut(at: 0x3D), before.isIdentifier else { return path }
    let nearest = nearestWord(to: before, in: names)
    throw RuntimeFailure(
      "\(option) \(value): there is no output \(before); the outputs are \(listed(names))",
      help: nearest.map { "did you mean \($0)" } ?? "for a file of that name write \(option) ./\(value)")
  }

  private static func alphaHandling(_ value: String) throws(RuntimeFailure) -> AlphaHandling {
    if value.isSame(as: "ignore") { return .ignore }
    if value.isSame(as: "black") { return .black }
    if value.isSame(as: "white") { return .white }
    throw RuntimeFailure("--alpha is ignore, black or white, not \(value)")
  }

  private static func size(_ value: String) throws(RuntimeFailure) -> (height: Int, width: Int) {
    guard let (before, after) = value.cut(at: 0x78), let height = before.naturalNumber,
      let width = after.naturalNumber, (1...1 << 24).contains(height), (1...1 << 24).contains(width)
    else { throw RuntimeFailure("--size is HEIGHTxWIDTH, as in 480x640, not \(value)") }
    return (height, width)
  }

  private static func strength(_ value: String) throws(RuntimeFailure) -> Float {
    let failure = RuntimeFailure("--overlay-strength needs a number from 0 to 1, as in 0.5, not \(value)")
    let (whole, fraction) = value.cut(at: 0x2E) ?? (value, "0")
    guard let units = (whole.isEmpty ? "0" : whole).naturalNumber, let part = fraction.naturalNumber,
      units <= 1, fraction.utf8.count <= 9
    else { throw failure }
    var result = Double(part)
    for _ in 0..<fraction.utf8.count { result /= 10 }
    guard Double(units) + result <= 1 else { throw failure }
    return Float(Double(units) + result)
  }
}

/// Names with commas between.
func listed(_ names: [String]) -> String {
  var text = ""
  for name in names { text += text.isEmpty ? name : ", " + name }
  return text
}
