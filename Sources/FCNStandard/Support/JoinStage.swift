import FCNCore

/// A pointwise stage that joins values, or a value and a number, by one operation: `a + b + c`, `a * 2`.
public protocol JoinStage: PointwiseStage, AlternativeStage {
  static var operation: PointwiseExpression.Binary { get }
  /// The number that is joined to the one value; nil where values are joined.
  var number: Float? { get }
  /// The number is the left operand.
  var isReversed: Bool { get }
}

extension JoinStage {
  public var isReversed: Bool { false }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    if number != nil {
      guard inputs.count == 1 else {
        throw Rejection(
          "`\(Self.signature.name)` with `by` takes one value, not \(inputs.count)", .argument("by"),
          related: [(.input(1), "the second value")], help: "join the values first, then the number")
      }
    } else if inputs.count < 2 {
      throw Rejection(
        "`\(Self.signature.name)` of one value needs a second value, or a number as `by`", .stage,
        help: "write `\(Self.signature.name)(x, y)` or `\(Self.signature.name)(x, by: 2)`")
    }
    return [try Self.broadcast(inputs)]
  }

  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    if let number {
      let operands: (PointwiseExpression, PointwiseExpression) =
        isReversed ? (.constant(number), .input(0)) : (.input(0), .constant(number))
      return .binary(Self.operation, operands.0, operands.1)
    }
    return (1..<max(1, inputs.count)).reduce(.input(0)) { .binary(Self.operation, $0, .input($1)) }
  }

  /// The number that the argument `by` gives.
  static func number(_ arguments: Arguments) -> Float? {
    arguments.contains("by") ? Float(arguments.decimal("by")) : nil
  }

  /// The parameter `by` with its manual text.
  static func byParameter(_ summary: String) -> Parameter {
    Parameter("by", .decimal(-3e38...3e38), default: .optional("two or more values are joined"), summary)
  }

  /// The parameter `reversed` of the operations whose operands cannot be swapped.
  static var reversedParameter: Parameter {
    Parameter(
      "reversed", .flag, default: .value(.flag(false)), "Whether the number given as `by` is the left operand.")
  }

  static func isReversed(_ arguments: Arguments) throws(Rejection) -> Bool {
    let isReversed = arguments.flag("reversed")
    guard !isReversed || arguments.contains("by") else {
      throw Rejection(
        "`reversed` is for a value and a number, but no number is given", .argument("reversed"),
        help: "swap the two values, or give a number as `by`")
    }
    return isReversed
  }
}
