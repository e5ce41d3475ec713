extension PointwiseExpression {
  /// The positions of the inputs that the formula refers to.
  var referencedInputs: Set<Int> {
    if case .input(let index) = self { return [index] }
    return operands.reduce(into: []) { $0.formUnion($1.referencedInputs) }
  }

  /// The lists of channel parameters that the formula refers to.
  var referencedChannelParameters: Set<Int> {
    if case .channelParameter(let index) = self { return [index] }
    return operands.reduce(into: []) { $0.formUnion($1.referencedChannelParameters) }
  }

  private var operands: [PointwiseExpression] {
    switch self {
    case .input, .constant, .channelParameter: []
    case .unary(_, let a): [a]
    case .binary(_, let a, let b): [a, b]
    case .select(let a, let b, let c, let d): [a, b, c, d]
    }
  }
}
