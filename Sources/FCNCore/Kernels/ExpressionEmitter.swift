/// Writes a pointwise formula as vector statements.
public struct ExpressionEmitter {
  private let target: Target
  private let input: (inout SwiftWriter, Int) -> String
  private let parameter: (inout SwiftWriter, Int) -> String

  /// - Parameters:
  ///   - input: gives the name of the vector that holds input `i` at this place.
  ///   - parameter: gives the name of the vector that holds channel parameter `i` of these channels.
  public init(
    target: Target, input: @escaping (inout SwiftWriter, Int) -> String,
    parameter: @escaping (inout SwiftWriter, Int) -> String
  ) {
    self.target = target
    self.input = input
    self.parameter = parameter
  }

  /// Writes the statements and gives the name of the result.
  public func emit(_ expression: PointwiseExpression, into writer: inout SwiftWriter) -> String {
    let n = target.suffix
    switch expression {
    case .input(let index):
      return input(&writer, index)
    case .constant(let value):
      return writer.define("c", target.vector, "fcn_splat\(n)(\(literal(value)))")
    case .channelParameter(let index):
      return parameter(&writer, index)
    case .unary(let operation, let operand):
      let value = emit(operand, into: &writer)
      return writer.define("u", target.vector, "fcn_\(operation.rawValue)\(n)(\(value))")
    case .binary(.add, .binary(.multiply, let a, let b), let c):
      let first = emit(a, into: &writer)
      let second = emit(b, into: &writer)
      let third = emit(c, into: &writer)
      return writer.define("f", target.vector, "fcn_fma\(n)(\(first), \(second), \(third))")
    case .binary(let operation, let a, let b):
      let first = emit(a, into: &writer)
      let second = emit(b, into: &writer)
      return writer.define("v", target.vector, "fcn_\(operation.rawValue)\(n)(\(first), \(second))")
    case .select(let less, let than, let then, let otherwise):
      let a = emit(less, into: &writer)
      let b = emit(than, into: &writer)
      let c = emit(then, into: &writer)
      let d = emit(otherwise, into: &writer)
      return writer.define("v", target.vector, "fcn_selectLess\(n)(\(a), \(b), \(c), \(d))")
    }
  }

  private func literal(_ value: Float) -> String {
    if value.isInfinite { return value < 0 ? "-Float.infinity" : "Float.infinity" }
    return "\(value)"
  }
}

extension PointwiseExpression {
  /// True where zeros in, as padding lanes have them, may give an infinite number or NaN.
  ///
  /// Invariant LANES: padding lanes stay finite, because a weight of zero does not undo an infinity.
  public var mayLeaveFiniteNumbers: Bool {
    switch self {
    case .input, .constant, .channelParameter: false
    case .unary(.squareRoot, _): true
    case .unary(_, let a): a.mayLeaveFiniteNumbers
    case .binary(.divide, let a, .constant(let b)): b == 0 || a.mayLeaveFiniteNumbers
    case .binary(.divide, _, _): true
    case .binary(_, let a, let b): a.mayLeaveFiniteNumbers || b.mayLeaveFiniteNumbers
    case .select(let a, let b, let c, let d):
      a.mayLeaveFiniteNumbers || b.mayLeaveFiniteNumbers || c.mayLeaveFiniteNumbers || d.mayLeaveFiniteNumbers
    }
  }
}
