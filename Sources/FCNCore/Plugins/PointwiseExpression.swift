/// The formula of a pointwise stage for one number of its output.
public indirect enum PointwiseExpression: Hashable, Sendable {
  /// The number of an input at the same place (broadcast where an axis of the input has size one).
  case input(Int)
  case constant(Float)
  /// The number of this channel in the stage's list `index` of channel parameters.
  case channelParameter(Int)
  case unary(Unary, PointwiseExpression)
  case binary(Binary, PointwiseExpression, PointwiseExpression)
  /// `a < b ? c : d`
  case select(
    less: PointwiseExpression, than: PointwiseExpression, then: PointwiseExpression, otherwise: PointwiseExpression)

  public enum Unary: String, Hashable, Sendable, CaseIterable {
    case exponential, hyperbolicTangent, sigmoid, absolute, squareRoot
  }

  public enum Binary: String, Hashable, Sendable, CaseIterable {
    case add, subtract, multiply, divide, minimum, maximum
  }
}

extension PointwiseExpression {
  public static func + (a: Self, b: Self) -> Self { .binary(.add, a, b) }
  public static func - (a: Self, b: Self) -> Self { .binary(.subtract, a, b) }
  public static func * (a: Self, b: Self) -> Self { .binary(.multiply, a, b) }
  public static func / (a: Self, b: Self) -> Self { .binary(.divide, a, b) }
  public static func minimum(_ a: Self, _ b: Self) -> Self { .binary(.minimum, a, b) }
  public static func maximum(_ a: Self, _ b: Self) -> Self { .binary(.maximum, a, b) }
}
