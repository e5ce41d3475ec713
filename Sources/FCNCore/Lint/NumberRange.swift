/// Numbers from one to another, which may be infinite.
public struct NumberRange: Hashable, Sendable {
  public var low: Double
  public var high: Double

  public init(_ low: Double, _ high: Double) {
    self.low = low
    self.high = high
  }

  public static let all = NumberRange(-.infinity, .infinity)

  public func union(_ other: Self) -> Self { Self(min(low, other.low), max(high, other.high)) }

  public func isWithin(_ low: Double, _ high: Double) -> Bool { low <= self.low && self.high <= high }
}

/// What is known of the numbers of a stage that is no formula of each number by itself.
public enum NumberFact: Hashable, Sendable {
  case any
  /// Numbers of the inputs, or weighted means of them.
  case fromInputs
  /// Between two numbers.
  case within(Double, Double)
}

extension Graph {
  /// Between which numbers each value lies whatever the picture and the weights are: interval arithmetic.
  public var numberRanges: [NumberRange] {
    var ranges = [NumberRange](repeating: .all, count: values.count)
    for node in nodes {
      let inputs = node.inputs.map { ranges[$0] }
      let types = node.inputs.map { values[$0].type }
      var range = NumberRange.all
      if let stage = node.stage as? any PointwiseStage {
        range = stage.expression(for: types).range(inputs)
      } else {
        switch node.stage.facts(for: types).numbers {
        case .any: break
        case .within(let low, let high): range = NumberRange(low, high)
        case .fromInputs:
          // Of a value that only gives its size no number is read.
          let accesses = node.inputs.indices.map { node.stage.access(toInput: $0, of: types) }
          let read = zip(inputs, accesses).filter { $0.1 != .unread }
          if let first = read.first?.0 { range = read.dropFirst().reduce(first) { $0.union($1.0) } }
          for (_, access) in read {
            switch access.border {
            case .zero: range = range.union(NumberRange(0, 0))
            case .constant(let number): range = range.union(NumberRange(Double(number), Double(number)))
            case .negativeInfinity, .replicate, .reflect: break
            }
          }
        }
      }
      for output in node.outputs { ranges[output] = range }
    }
    return ranges
  }
}

extension PointwiseExpression {
  /// Between which numbers the result lies for inputs between some.
  public func range(_ inputs: [NumberRange]) -> NumberRange {
    switch self {
    case .input(let index): return inputs[index]
    case .constant(let number): return NumberRange(Double(number), Double(number))
    case .channelParameter: return .all
    case .unary(let operation, let operand): return Self.range(operation, operand.range(inputs))
    case .binary(let operation, let left, let right):
      return Self.range(operation, left.range(inputs), right.range(inputs))
    case .select(let less, let than, let then, let otherwise):
      let (a, b) = (less.range(inputs), than.range(inputs))
      if a.low >= b.high { return otherwise.range(inputs) }
      if a.high < b.low { return then.range(inputs) }
      return then.range(inputs).union(otherwise.range(inputs))
    }
  }

  private static func range(_ operation: Unary, _ a: NumberRange) -> NumberRange {
    switch operation {
    case .exponential: NumberRange(0, .infinity)
    case .hyperbolicTangent: NumberRange(a.low >= 0 ? 0 : -1, a.high <= 0 ? 0 : 1)
    case .sigmoid: NumberRange(a.low >= 0 ? 0.5 : 0, a.high <= 0 ? 0.5 : 1)
    case .absolute:
      NumberRange(a.low > 0 ? a.low : a.high < 0 ? -a.high : 0, max(abs(a.low), abs(a.high)))
    case .squareRoot: NumberRange(max(a.low, 0).squareRoot(), max(a.high, 0).squareRoot())
    }
  }

  private static func range(_ operation: Binary, _ a: NumberRange, _ b: NumberRange) -> NumberRange {
    func product(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
    switch operation {
    case .add: return NumberRange(a.low + b.low, a.high + b.high)
    case .subtract: return NumberRange(a.low - b.high, a.high - b.low)
    case .minimum: return NumberRange(min(a.low, b.low), min(a.high, b.high))
    case .maximum: return NumberRange(max(a.low, b.low), max(a.high, b.high))
    case .multiply:
      let ends = [product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)]
      return ends.dropFirst().reduce(NumberRange(ends[0], ends[0])) { $0.union(NumberRange($1, $1)) }
    case .divide:
      guard b.low > 0 || b.high < 0, b.low.isFinite, b.high.isFinite else { return .all }
      return range(.multiply, a, NumberRange(1 / b.high, 1 / b.low))
    }
  }

  /// The formula without what has no effect on inputs between some numbers: `max(x, 0)` is `x` where no number is
  /// negative.
  public func simplified(_ inputs: [NumberRange]) -> PointwiseExpression {
    switch self {
    case .input, .constant, .channelParameter: return self
    case .unary(let operation, let operand): return .unary(operation, operand.simplified(inputs))
    case .binary(let operation, let left, let right):
      let (a, b) = (left.simplified(inputs), right.simplified(inputs))
      let (x, y) = (a.range(inputs), b.range(inputs))
      switch operation {
      case .maximum where x.low >= y.high: return a
      case .maximum where y.low >= x.high: return b
      case .minimum where x.high <= y.low: return a
      case .minimum where y.high <= x.low: return b
      case .multiply where b == .constant(1), .divide where b == .constant(1): return a
      case .add where b == .constant(0), .subtract where b == .constant(0): return a
      default: return .binary(operation, a, b)
      }
    case .select(let less, let than, let then, let otherwise):
      let (a, b) = (less.range(inputs), than.range(inputs))
      if a.low >= b.high { return otherwise.simplified(inputs) }
      if a.high < b.low { return then.simplified(inputs) }
      return self
    }
  }
}
