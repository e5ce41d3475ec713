import FCNCore

/// Draws uses of a stage from its signature: small arguments of every kind, optional ones present and absent, and inputs
/// whose sizes are several functions of the size of the image.
struct UseGenerator {
  /// Uses without a wish beside those that each try one choice.
  private static let plainUses = 10
  /// Draws for each use before it is given up.
  private static let attempts = 120
  static let fewestUses = 5

  /// A choice that a use is to contain.
  private enum Wish {
    case argument(String, Argument)
    case present(String)
    case absent(String)
    case inputs(Int)
    case size(InputSize)
    case classes
  }

  private let type: any Stage.Type
  private let signature: StageSignature
  private var random: Randomness
  /// How many uses were drawn, accepted or not.
  private(set) var draws = 0
  /// Why the last rejected use was rejected.
  private(set) var rejection: String?

  init(_ type: any Stage.Type, seed: UInt64) {
    self.type = type
    signature = type.signature
    random = Randomness(seed: seed)
  }

  /// Accepted uses, each once: first with defaults, then one for each choice that there is.
  mutating func uses() -> [Conformance.Use] {
    var uses: [Conformance.Use] = []
    let all = [Wish?](repeating: nil, count: Self.plainUses) + wishes
    for (index, wish) in all.enumerated() {
      for _ in 0..<Self.attempts {
        draws += 1
        let use = draw(wish, plain: index == 0)
        guard isAccepted(use) else { continue }
        if !uses.contains(use) { uses.append(use) }
        break
      }
    }
    return uses
  }

  private mutating func isAccepted(_ use: Conformance.Use) -> Bool {
    do throws(Rejection) {
      let subject = try Subject(type, use)
      guard subject.outputs.count == signature.outputs.count, subject.hasSoundWeights else { return true }
      let starts = Axis.allCases.compactMap { subject.range($0)?.lowerBound }
      return starts == [1, 1] && subject.hasScene
    } catch {
      rejection = error.message
      return false
    }
  }

  private var wishes: [Wish] {
    var wishes: [Wish] = []
    for parameter in signature.parameters {
      switch parameter.kind {
      case .flag: wishes += [true, false].map { .argument(parameter.name, .flag($0)) }
      case .word(let words): wishes += words.map { .argument(parameter.name, .word($0)) }
      case .padding(let words):
        wishes += words.map { .argument(parameter.name, .word($0)) }
        wishes.append(.argument(parameter.name, .list([2, 0, 1, 3].map { .integer($0) })))
      case .integer, .decimal, .window, .windows, .decimals, .integers, .ratio, .value, .text: break
      }
      if case .required = parameter.defaultValue { continue }
      wishes.append(.present(parameter.name))
      if case .optional = parameter.defaultValue { wishes.append(.absent(parameter.name)) }
    }
    let least = signature.inputs.least
    wishes += (least...min(signature.inputs.most ?? .max, least + 2)).map { .inputs($0) }
    return wishes + InputSize.allCases.map { .size($0) } + [.classes]
  }

  // MARK: One use

  private mutating func draw(_ wish: Wish?, plain: Bool) -> Conformance.Use {
    var arguments: [String: Argument] = [:]
    let channels = random.pick([1, 2, 3, 4, 6, 8, 9])
    var first = InputSize.image
    if case .size(let size) = wish { first = size }
    var types = [random.type(first, channels: channels)]
    for _ in 1..<max(1, count(of: wish)) {
      let size = random.chance(70) ? first : random.pick(InputSize.allCases)
      // Values that are joined have the same size to the pixel, or a size of their own.
      var type = size == first ? types[0] : random.type(size, channels: channels)
      if random.chance(25) { type.channels = random.pick([1, channels, 2]) }
      types.append(type)
    }
    if isOfClasses(wish, plain: plain) { (types[0].element, types[0].channels) = (.label(count: 5), 1) }
    for parameter in signature.parameters where isGiven(parameter, wish, plain: plain) {
      if case .argument(parameter.name, let argument) = wish {
        arguments[parameter.name] = argument
      } else if case .value = parameter.kind {
        arguments[parameter.name] = .input(types.count)
        var type = random.type(random.pick(InputSize.allCases), channels: random.pick([1, 2, channels]))
        // Many a stage takes a value of the same size only.
        if random.chance(40) { (type.height, type.width) = (types[0].height, types[0].width) }
        types.append(type)
      } else {
        arguments[parameter.name] = random.argument(of: parameter.kind, channels: channels)
      }
    }
    return Conformance.Use(arguments, inputs: types)
  }

  private mutating func count(of wish: Wish?) -> Int {
    if case .inputs(let count) = wish { return count }
    let least = signature.inputs.least
    return Int.random(in: least...max(least, min(signature.inputs.most ?? 3, 3)), using: &random)
  }

  private mutating func isOfClasses(_ wish: Wish?, plain: Bool) -> Bool {
    if case .classes = wish { return true }
    return !plain && random.chance(10)
  }

  private mutating func isGiven(_ parameter: Parameter, _ wish: Wish?, plain: Bool) -> Bool {
    switch wish {
    case .argument(parameter.name, _), .present(parameter.name): return true
    case .absent(parameter.name): return false
    default: break
    }
    if case .required = parameter.defaultValue { return true }
    return !plain && random.chance(50)
  }
}

/// The size of an input as a function of the size of the image.
enum InputSize: CaseIterable {
  case image, half, halfRoundedUp, double, more, less, even, pixel

  /// - Parameter pixels: how many are `more` or `less`.
  func extent(_ pixels: Int) -> Extent {
    let image = Extent.input
    do {
      switch self {
      case .image: return image
      case .half: return try image.dividedDown(by: 2).requiring(atLeast: 1)
      case .halfRoundedUp: return try image.dividedUp(by: 2)
      case .double: return try image.multiplied(by: 2)
      case .more: return try image.adding(pixels)
      case .less: return try image.adding(-pixels).requiring(atLeast: 1)
      case .even:
        let pairs = try image.dividedDown(by: 2).multiplied(by: 2)
        return try image.matching(pairs).requiring(atLeast: 1)
      case .pixel: return .constant(1)
      }
    } catch {
      preconditionFailure("small sizes can be represented")
    }
  }
}

extension Randomness {
  fileprivate mutating func type(_ size: InputSize, channels: Int) -> TensorType {
    let height = size.extent(Int.random(in: 1...3, using: &self))
    let width = size.extent(Int.random(in: 1...3, using: &self))
    return TensorType(channels: channels, height: height, width: width)
  }

  /// A small argument that fits the kind.
  fileprivate mutating func argument(of kind: Parameter.Kind, channels: Int) -> Argument {
    switch kind {
    case .integer(let range): return .integer(chance(15) && range.contains(channels) ? channels : small(range))
    case .decimal(let range): return .decimal(small(range))
    case .flag: return .flag(chance(50))
    case .word(let words): return words.isEmpty ? .word("") : .word(pick(words))
    case .window(let range):
      return chance(50) ? .integer(small(range)) : .size(rows: small(range), columns: small(range))
    case .windows(let range): return .list([.size(rows: small(range), columns: small(range))])
    case .decimals(let range):
      return .list(
        (0..<(chance(50) ? channels : Int.random(in: 1...4, using: &self))).map { _ in .decimal(small(range)) })
    case .integers(let range):
      return .list((0..<Int.random(in: 1...4, using: &self)).map { _ in .integer(small(range)) })
    case .padding(let words):
      let amounts = 0...3
      switch Int.random(in: 0...3, using: &self) {
      case 0 where !words.isEmpty: return .word(pick(words))
      case 1: return .size(rows: small(amounts), columns: small(amounts))
      case 2: return .list((0..<4).map { _ in .integer(small(amounts)) })
      default: return .integer(small(amounts))
      }
    case .ratio:
      let (numerator, denominator) = pick([(1, 1), (2, 1), (3, 1), (4, 1), (1, 2), (3, 2), (2, 3), (4, 3), (5, 3)])
      return denominator == 1 ? .integer(numerator) : .list([.integer(numerator), .integer(denominator)])
    case .text: return .text("a")
    case .value: preconditionFailure("a value is an input")
    }
  }

  /// From -3 to 5, as far as the range has them, the small ones more often; the five nearest otherwise.
  private mutating func small(_ range: ClosedRange<Int>) -> Int {
    let near = range.contains(0) ? range.clamped(to: -3...5) : range
    let least = near.upperBound < 0 ? max(near.lowerBound, near.upperBound - 4) : near.lowerBound
    let most = min(near.upperBound, max(5, least + 4))
    let numbers = [0, 1].map { _ in Int.random(in: least...most, using: &self) }
    return least < 0 ? numbers[0] : min(numbers[0], numbers[1] + 1, most)
  }

  /// From -2 to 2, as far as the range has them, and not 0 itself, at which many formulas are constant; the nearest
  /// otherwise.
  private mutating func small(_ range: ClosedRange<Double>) -> Double {
    let least = max(range.lowerBound, min(-2, range.upperBound - 4))
    let most = min(range.upperBound, max(2, least + 4))
    let number = least + (most - least) * Double(Int.random(in: 0...100, using: &self)) / 100
    let rounded = (number * 100).rounded() / 100
    return rounded != 0 && range.contains(rounded) ? rounded : most
  }
}
