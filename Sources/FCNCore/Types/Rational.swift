/// An exact fraction in lowest terms, for places between pixels.
public struct Rational: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let numerator: Int
  /// At least 1.
  public let denominator: Int

  public static let zero = Rational(0)

  public init(_ number: Int) { (numerator, denominator) = (number, 1) }

  /// - Precondition: the denominator is not zero.
  /// - Throws: where a number leaves `Extent.magnitudeLimit`.
  public init(_ numerator: Int, over denominator: Int) throws(Extent.Failure) {
    precondition(denominator != 0, "a fraction has a denominator")
    let divisor = Extent.greatestCommonDivisor(numerator, denominator) * (denominator < 0 ? -1 : 1)
    self.numerator = try Extent.checked(numerator / divisor)
    self.denominator = try Extent.checked(denominator / divisor)
  }

  public static func + (a: Self, b: Self) throws(Extent.Failure) -> Self {
    let left = try Extent.product(a.numerator, b.denominator)
    let right = try Extent.product(b.numerator, a.denominator)
    return try Rational(Extent.sum(left, right), over: Extent.product(a.denominator, b.denominator))
  }

  public static func - (a: Self, b: Self) throws(Extent.Failure) -> Self {
    try a + Rational(-b.numerator, over: b.denominator)
  }

  public static func * (a: Self, b: Self) throws(Extent.Failure) -> Self {
    let across = try Rational(a.numerator, over: b.denominator)
    let back = try Rational(b.numerator, over: a.denominator)
    return try Rational(
      Extent.product(across.numerator, back.numerator), over: Extent.product(across.denominator, back.denominator))
  }

  /// - Precondition: `b` is not zero.
  public static func / (a: Self, b: Self) throws(Extent.Failure) -> Self {
    try a * Rational(b.denominator, over: b.numerator)
  }

  public static func < (a: Self, b: Self) -> Bool {
    // The products of numbers within the limit may need 128 bits.
    let left = a.numerator.multipliedFullWidth(by: b.denominator)
    let right = b.numerator.multipliedFullWidth(by: a.denominator)
    return (left.high, left.low) < (right.high, right.low)
  }

  public var magnitude: Rational { numerator < 0 ? Rational(lowest: -numerator, denominator) : self }

  public var isInteger: Bool { denominator == 1 }

  /// The greatest whole number that is not greater.
  public var roundedDown: Int { Extent.floorDivide(numerator, denominator) }
  /// The least whole number that is not less.
  public var roundedUp: Int { -Extent.floorDivide(-numerator, denominator) }

  /// The least positive fraction that is a whole multiple of both.
  /// - Precondition: both are positive.
  public static func leastCommonMultiple(_ a: Self, _ b: Self) throws(Extent.Failure) -> Self {
    let numerator = try Extent.product(
      a.numerator / Extent.greatestCommonDivisor(a.numerator, b.numerator), b.numerator)
    return try Rational(numerator, over: Extent.greatestCommonDivisor(a.denominator, b.denominator))
  }

  /// `3`, `-1/2`.
  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  private init(lowest numerator: Int, _ denominator: Int) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }
}
