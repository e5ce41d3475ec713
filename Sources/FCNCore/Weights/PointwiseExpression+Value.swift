import Foundation

extension PointwiseExpression {
  /// The number that the formula gives at one place.
  func value(inputs: (Int) -> Float, parameters: (Int) -> Float) -> Float {
    func value(_ expression: PointwiseExpression) -> Float {
      expression.value(inputs: inputs, parameters: parameters)
    }
    switch self {
    case .input(let index): return inputs(index)
    case .constant(let constant): return constant
    case .channelParameter(let index): return parameters(index)
    case .unary(let function, let a): return function.apply(value(a))
    case .binary(let function, let a, let b): return function.apply(value(a), value(b))
    case .select(let a, let b, let c, let d): return value(a) < value(b) ? value(c) : value(d)
    }
  }
}

extension PointwiseExpression.Unary {
  fileprivate func apply(_ a: Float) -> Float {
    switch self {
    case .exponential: exp(a)
    case .hyperbolicTangent: tanh(a)
    case .sigmoid: 1 / (1 + exp(-a))
    case .absolute: abs(a)
    case .squareRoot: a.squareRoot()
    }
  }
}

extension PointwiseExpression.Binary {
  fileprivate func apply(_ a: Float, _ b: Float) -> Float {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .minimum: b < a ? b : a
    case .maximum: b > a ? b : a
    }
  }
}
