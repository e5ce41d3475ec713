extension PointwiseExpression {
  /// The formula with each input replaced, and its channel parameters counted from `parameterShift` on.
  public func substituting(inputs: [PointwiseExpression], parameterShift: Int) -> PointwiseExpression {
    switch self {
    case .input(let index): inputs[index]
    case .constant: self
    case .channelParameter(let index): .channelParameter(index + parameterShift)
    case .unary(let operation, let a):
      .unary(operation, a.substituting(inputs: inputs, parameterShift: parameterShift))
    case .binary(let operation, let a, let b):
      .binary(
        operation, a.substituting(inputs: inputs, parameterShift: parameterShift),
        b.substituting(inputs: inputs, parameterShift: parameterShift))
    case .select(let a, let b, let c, let d):
      .select(
        less: a.substituting(inputs: inputs, parameterShift: parameterShift),
        than: b.substituting(inputs: inputs, parameterShift: parameterShift),
        then: c.substituting(inputs: inputs, parameterShift: parameterShift),
        otherwise: d.substituting(inputs: inputs, parameterShift: parameterShift))
    }
  }

  /// The number of operations and operands.
  public var size: Int {
    switch self {
    case .input, .constant, .channelParameter: 1
    case .unary(_, let a): 1 + a.size
    case .binary(_, let a, let b): 1 + a.size + b.size
    case .select(let a, let b, let c, let d): 1 + a.size + b.size + c.size + d.size
    }
  }
}
