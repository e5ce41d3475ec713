/// What a stage says about itself: its name, its parameters and its manual. Argument checking, the YAML schema,
/// completion and the reference manual are all made from it.
public struct StageSignature: Sendable {
  /// The word in the network text, in snake_case.
  public var name: String
  /// One line: what comes out.
  public var summary: String
  /// The manual: paragraphs of plain text (formula, conventions, literature).
  public var discussion: String
  /// How many values it takes. `nil` as upper bound: any number.
  public var inputs: InputCount
  /// The names of its outputs; one, "output", for nearly every stage.
  public var outputs: [String]
  public var parameters: [Parameter]
  /// The same thing elsewhere, as rows of framework and text: `("PyTorch", "nn.Conv2d(...)")`.
  public var equivalents: [Equivalent]
  /// A line of network text that uses it, with `x` (and `y`, ...) as inputs of four channels.
  public var example: String

  public struct InputCount: Sendable, Hashable {
    public var least: Int
    public var most: Int?

    public static let one = InputCount(least: 1, most: 1)
    public static let two = InputCount(least: 2, most: 2)

    public init(least: Int, most: Int?) {
      self.least = least
      self.most = most
    }
  }

  public struct Equivalent: Sendable {
    public var framework: String
    public var text: String

    public init(_ framework: String, _ text: String) {
      self.framework = framework
      self.text = text
    }
  }

  public init(
    name: String, summary: String, discussion: String = "", inputs: InputCount = .one, outputs: [String] = ["output"],
    parameters: [Parameter] = [], equivalents: [Equivalent] = [], example: String
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.inputs = inputs
    self.outputs = outputs
    self.parameters = parameters
    self.equivalents = equivalents
    self.example = example
  }
}

/// A parameter of a stage.
public struct Parameter: Sendable {
  /// What an argument may be. Everything is checked before the stage sees it.
  public enum Kind: Sendable {
    case integer(ClosedRange<Int>)
    case decimal(ClosedRange<Double>)
    case flag
    /// One of these words.
    case word([String])
    /// A number for both axes, or rows x columns: `3`, `3x5`.
    case window(ClosedRange<Int>)
    /// Pairs of rows x columns: `[480x640, 1080x1920]`; a single one stands for a list of one.
    case windows(ClosedRange<Int>)
    /// Numbers, all within a range: `[0.1, 0.2]`; a single number stands for a list of one.
    case decimals(ClosedRange<Double>)
    /// Whole numbers, all within a range: `[2, 0, 1]`; a single number stands for a list of one.
    case integers(ClosedRange<Int>)
    /// One of these words, or an amount: a number (all four sides), rows x columns, or `[top, left, bottom, right]`.
    case padding([String])
    /// A whole number or a fraction of two whole numbers, as `2` or `[3, 2]`.
    case ratio
    /// Another value of the network; it becomes one more input of the stage, after the piped ones.
    case value
    case text
  }

  public enum Default: Sendable {
    case required
    case value(Argument)
    /// May be left out; what happens then, in words.
    case optional(String)
  }

  public var name: String
  public var kind: Kind
  public var defaultValue: Default
  public var summary: String
  /// What PyTorch, TensorFlow or Caffe take when nothing is said: `["PyTorch": "1"]`.
  public var defaultsElsewhere: [String: String]

  public init(
    _ name: String, _ kind: Kind, default defaultValue: Default = .required, _ summary: String,
    elsewhere: [String: String] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.summary = summary
    defaultsElsewhere = elsewhere
  }
}

/// The value of an argument.
public enum Argument: Hashable, Sendable {
  case integer(Int)
  case decimal(Double)
  case flag(Bool)
  case word(String)
  case text(String)
  case size(rows: Int, columns: Int)
  case list([Argument])
  /// The position, among the inputs of the stage, of a value that was given by name.
  case input(Int)
}

/// The checked arguments of one use of a stage: every name is one of the signature's, every value is of its kind and
/// within its range, and defaults are filled in. A word for an optional parameter that was left out is absent.
public struct Arguments: Hashable, Sendable {
  public private(set) var values: [String: Argument]

  public init(_ values: [String: Argument]) { self.values = values }

  public subscript(name: String) -> Argument? { values[name] }

  public func contains(_ name: String) -> Bool { values[name] != nil }

  /// The whole number `name`; the signature guarantees that it is there.
  public func integer(_ name: String) -> Int {
    guard case .integer(let value)? = values[name] else { preconditionFailure("no integer argument \(name)") }
    return value
  }

  public func decimal(_ name: String) -> Double {
    switch values[name] {
    case .decimal(let value)?: return value
    case .integer(let value)?: return Double(value)
    default: preconditionFailure("no decimal argument \(name)")
    }
  }

  public func flag(_ name: String) -> Bool {
    guard case .flag(let value)? = values[name] else { preconditionFailure("no flag argument \(name)") }
    return value
  }

  public func word(_ name: String) -> String {
    guard case .word(let value)? = values[name] else { preconditionFailure("no word argument \(name)") }
    return value
  }

  /// Rows and columns; one number stands for both.
  public func window(_ name: String) -> (rows: Int, columns: Int) {
    switch values[name] {
    case .integer(let value)?: return (value, value)
    case .size(let rows, let columns)?: return (rows, columns)
    default: preconditionFailure("no window argument \(name)")
    }
  }

  /// Pairs of rows and columns.
  public func windows(_ name: String) -> [(rows: Int, columns: Int)] {
    guard case .list(let values)? = values[name] else { preconditionFailure("no windows argument \(name)") }
    return values.map { value in
      switch value {
      case .integer(let value): return (value, value)
      case .size(let rows, let columns): return (rows, columns)
      default: preconditionFailure("no windows argument \(name)")
      }
    }
  }

  public func decimals(_ name: String) -> [Double] {
    switch values[name] {
    case .decimal(let value)?: return [value]
    case .integer(let value)?: return [Double(value)]
    case .list(let values)?:
      return values.map {
        switch $0 {
        case .decimal(let value): value
        case .integer(let value): Double(value)
        default: preconditionFailure("no decimals argument \(name)")
        }
      }
    default: preconditionFailure("no decimals argument \(name)")
    }
  }

  public func integers(_ name: String) -> [Int] {
    switch values[name] {
    case .integer(let value)?: return [value]
    case .list(let values)?: return Self.wholeNumbers(values, name)
    default: preconditionFailure("no integers argument \(name)")
    }
  }

  private static func wholeNumbers(_ values: [Argument], _ name: String) -> [Int] {
    values.map { value in
      guard case .integer(let number) = value else { preconditionFailure("no list of whole numbers \(name)") }
      return number
    }
  }

  /// An amount of padding on the four sides, nil where the argument is a word.
  public func sides(_ name: String) -> (top: Int, left: Int, bottom: Int, right: Int)? {
    switch values[name] {
    case .integer(let value)?: return (value, value, value, value)
    case .size(let rows, let columns)?: return (rows, columns, rows, columns)
    case .list(let values)?:
      let numbers = Self.wholeNumbers(values, name)
      precondition(numbers.count == 4, "padding has four sides")
      return (numbers[0], numbers[1], numbers[2], numbers[3])
    default: return nil
    }
  }

  /// A fraction in lowest terms.
  public func ratio(_ name: String) -> (numerator: Int, denominator: Int) {
    switch values[name] {
    case .integer(let value)?: return (value, 1)
    case .list(let values)?:
      guard values.count == 2, case .integer(let a) = values[0], case .integer(let b) = values[1] else { break }
      let divisor = Extent.greatestCommonDivisor(a, b)
      return (a / divisor, b / divisor)
    default: break
    }
    preconditionFailure("no ratio argument \(name)")
  }

  /// The position of a value among the inputs of the stage.
  public func input(_ name: String) -> Int? {
    guard case .input(let index)? = values[name] else { return nil }
    return index
  }
}
