import FCNRuntime

/// The steps from a picture to the numbers of an input, while they are read.
struct PreprocessingChain {
  struct Failure: Error {
    var id = DiagnosticID.wrongPreprocessing
    var message: String
    var range: SourceRange
    var help: String?
    var replacement: String?
    /// A bare word where a number is needed.
    var unknownWord: (String, SourceRange)?

    init(
      _ message: String, at range: SourceRange, help: String? = nil, id: DiagnosticID = .wrongPreprocessing,
      replacement: String? = nil, unknownWord: (String, SourceRange)? = nil
    ) {
      self.id = id
      self.message = message
      self.range = range
      self.help = help
      self.replacement = replacement
      self.unknownWord = unknownWord
    }
  }

  var steps: [PreprocessingStep] = []
  /// Channels after the steps so far.
  var channels: Int
  var hasColorStep = false

  /// - Parameter choosesColors: a picture then begins with three channels; otherwise it brings as many as the input takes.
  init(channels: Int, choosesColors: Bool) { self.channels = choosesColors ? 3 : channels }

  /// Whether a step of the chain chooses among a picture's colours.
  static func choosesColors(_ links: [ChainLinkSyntax]) -> Bool {
    links.contains { link in
      guard case .call(let call) = link else { return false }
      return colorSteps.contains(call.name.name)
    }
  }

  private static let colorSteps: Set = ["rgb", "bgr", "grey", "luma", "unit", "imagenet", "caffe_vgg"]

  private static let names = [
    "rgb", "bgr", "grey", "luma", "range", "resize", "subtract", "divide", "scale", "unit", "imagenet", "caffe_vgg",
  ]

  typealias NamedOperand = (name: Identifier?, operand: Operand)

  mutating func append(_ call: CallSyntax, _ arguments: [NamedOperand]) throws(Failure) {
    let name = call.name
    if name.name != "resize", let named = arguments.compactMap(\.name).first {
      throw Failure("`\(name.name)` has no parameter `\(named.name)`", at: named.range, help: "leave the name out")
    }
    switch name.name {
    case "rgb", "bgr", "luma":
      try require(arguments, count: 0...0, of: call)
      try beginColor(call)
      steps.append(name.name == "rgb" ? .rgb : name.name == "bgr" ? .bgr : .luma)
      if name.name == "luma" { channels = 1 }
    case "grey":
      try require(arguments, count: 0...3, of: call)
      guard arguments.count != 1, arguments.count != 2 else {
        throw Failure("`grey` takes three weights or none", at: call.range, help: "write `grey(0.299, 0.587, 0.114)`")
      }
      try beginColor(call)
      let weights = arguments.isEmpty ? [0.299, 0.587, 0.114] : try numbers(arguments)
      steps.append(.grey(red: weights[0], green: weights[1], blue: weights[2]))
      channels = 1
    case "range":
      try require(arguments, count: 1...1, of: call)
      let maximum = try number(arguments[0].operand)
      guard maximum > 0 else { throw Failure("the range must be above 0", at: arguments[0].operand.range) }
      steps.append(.range(maximum: maximum))
    case "subtract": steps.append(.subtract(try perChannel(arguments, of: call)))
    case "scale": steps.append(.scale(try perChannel(arguments, of: call)))
    case "divide":
      let divisors = try perChannel(arguments, of: call)
      if let zero = divisors.firstIndex(of: 0) {
        throw Failure(
          "division by zero", at: arguments[min(zero, arguments.count - 1)].operand.range, id: .divisionByZero)
      }
      steps.append(.divide(divisors))
    case "resize": steps.append(.resize(try resizing(call, arguments)))
    case "unit", "imagenet", "caffe_vgg":
      try require(arguments, count: 0...0, of: call)
      try beginColor(call)
      steps += Self.preset(name.name)
    default:
      let suggestion = Suggestion.nearest(to: name.name, in: Self.names)
      throw Failure(
        "unknown preprocessing `\(name.name)`", at: name.range,
        help: suggestion.map { "did you mean `\($0)`" } ?? "steps: \(Self.names.joined(separator: ", "))",
        id: .unknownPreprocessing, replacement: suggestion)
    }
  }

  /// torchvision's means and deviations; the means of Simonyan and Zisserman's VGG networks in Caffe.
  private static func preset(_ name: String) -> [PreprocessingStep] {
    switch name {
    case "imagenet": [.rgb, .subtract([0.485, 0.456, 0.406]), .divide([0.229, 0.224, 0.225])]
    case "caffe_vgg": [.bgr, .range(maximum: 255), .subtract([103.939, 116.779, 123.68])]
    default: [.rgb]
    }
  }

  private mutating func beginColor(_ call: CallSyntax) throws(Failure) {
    guard !hasColorStep else {
      throw Failure("the channels are chosen twice", at: call.range, help: "keep one of the steps")
    }
    hasColorStep = true
  }

  private func require(_ arguments: [NamedOperand], count: ClosedRange<Int>, of call: CallSyntax) throws(Failure) {
    guard !count.contains(arguments.count) else { return }
    let expected = count.upperBound == 0 ? "no numbers" : count.upperBound == 1 ? "one number" : "three numbers"
    throw Failure("`\(call.name.name)` takes \(expected)", at: call.range)
  }

  private func perChannel(_ arguments: [NamedOperand], of call: CallSyntax) throws(Failure) -> [Float] {
    let numbers = try numbers(arguments)
    guard numbers.count == 1 || numbers.count == channels else {
      throw Failure(
        "`\(call.name.name)` has \(numbers.count) numbers for \(channels) channel\(channels == 1 ? "" : "s")",
        at: call.range, help: channels == 1 ? "give one number" : "give one number, or one per channel",
        id: .preprocessingChannels)
    }
    return numbers
  }

  private func numbers(_ arguments: [NamedOperand]) throws(Failure) -> [Float] {
    var result: [Float] = []
    for (_, operand) in arguments {
      guard case .list(let items) = operand.item else {
        result.append(try number(operand))
        continue
      }
      for item in items { result.append(try number(Operand(item: item, range: operand.range))) }
    }
    return result
  }

  private func number(_ operand: Operand) throws(Failure) -> Float {
    if case .word(let word, let range, false) = operand.item {
      throw Failure("", at: range, unknownWord: (word, range))
    }
    guard let number = operand.item.number, Float(number).isFinite else {
      throw Failure("\(operand.item.description) is not a number that fits", at: operand.range)
    }
    return Float(number)
  }

  // MARK: resize

  private func resizing(_ call: CallSyntax, _ arguments: [NamedOperand]) throws(Failure) -> Resizing {
    var size: Resizing.Size?
    var filter: Resizing.Filter?
    for (name, operand) in arguments {
      if let name, name.name == "filter" {
        filter = try self.filter(operand)
        continue
      }
      guard size == nil else { throw Failure("`resize` states two sizes", at: operand.range) }
      switch (name?.name, operand.item) {
      case (nil, .size(let rows, let columns)):
        size = .exact(height: try pixels(rows, operand), width: try pixels(columns, operand))
      case (nil, .integer(let side)):
        size = .exact(height: try pixels(side, operand), width: try pixels(side, operand))
      case ("short"?, .integer(let side)): size = .shortSide(try pixels(side, operand))
      case ("long"?, .integer(let side)): size = .longSide(try pixels(side, operand))
      case ("factor"?, .integer(let factor)): size = .factor(numerator: try ratio(factor, operand), denominator: 1)
      case ("factor"?, .list(let parts)):
        guard parts.count == 2, case .integer(let numerator) = parts[0], case .integer(let denominator) = parts[1]
        else { fallthrough }
        size = .factor(numerator: try ratio(numerator, operand), denominator: try ratio(denominator, operand))
      default:
        if let name, !["short", "long", "factor"].contains(name.name) {
          throw Failure(
            "`resize` has no parameter `\(name.name)`", at: name.range, help: "short, long, factor or filter")
        }
        throw Failure(
          "\(operand.item.description) is not a size to resize to", at: operand.range,
          help: "write `512x512`, `short: 512`, `long: 512`, `factor: 2` or `factor: [3, 2]`")
      }
    }
    guard let size else {
      throw Failure("`resize` states no size", at: call.range, help: "write `resize(512x512, filter: bilinear)`")
    }
    guard let filter else {
      throw Failure(
        "`resize` needs a filter", at: call.range, help: "add `filter: nearest`, `bilinear`, `bicubic` or `area`")
    }
    return Resizing(size: size, filter: filter)
  }

  private func filter(_ operand: Operand) throws(Failure) -> Resizing.Filter {
    let filters: [String: Resizing.Filter] = [
      "nearest": .nearest, "bilinear": .bilinear, "bicubic": .bicubic, "area": .area,
    ]
    guard case .word(let word, _, _) = operand.item, let filter = filters[word] else {
      var suggestion: String?
      if case .word(let word, _, _) = operand.item {
        suggestion = Suggestion.nearest(to: word, in: filters.keys.sorted())
      }
      throw Failure(
        "\(operand.item.description) is not a filter", at: operand.range,
        help: suggestion.map { "did you mean `\($0)`" } ?? "filters: nearest, bilinear, bicubic, area",
        id: .unknownWord, replacement: suggestion)
    }
    return filter
  }

  private func pixels(_ count: Int, _ operand: Operand) throws(Failure) -> Int {
    guard !(1...65_536).contains(count) else { return count }
    throw Failure("a picture is not \(count) pixels high or wide", at: operand.range, help: "from 1 to 65536")
  }

  private func ratio(_ part: Int, _ operand: Operand) throws(Failure) -> Int {
    guard !(1...1_024).contains(part) else { return part }
    throw Failure("\(part) cannot be part of a factor", at: operand.range, help: "from 1 to 1024")
  }
}
