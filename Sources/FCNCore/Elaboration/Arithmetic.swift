import Foundation

/// The arithmetic of network files: whole numbers are exact and checked, a decimal on either side makes a decimal.
enum Arithmetic {
  struct Failure: Error {
    var id: DiagnosticID
    var message: String
    var help: String?
  }

  /// The result of a numeric operator; nil where it is not defined between such operands.
  static func apply(_ operator: BinaryOperator, _ left: Item, _ right: Item) throws(Failure) -> Item? {
    if case .integer(let a) = left, case .integer(let b) = right {
      return try whole(`operator`, a, b)
    }
    guard let a = left.number, let b = right.number else { return nil }
    return try decimal(`operator`, a, b)
  }

  static func negated(_ item: Item) throws(Failure) -> Item? {
    switch item {
    case .integer(let value):
      guard value != Int.min else { throw overflow("-", 0, value) }
      return .integer(-value)
    case .decimal(let value): return .decimal(-value)
    default: return nil
    }
  }

  private static func whole(_ operator: BinaryOperator, _ a: Int, _ b: Int) throws(Failure) -> Item? {
    func checked(_ result: (partialValue: Int, overflow: Bool)) throws(Failure) -> Item {
      guard !result.overflow else { throw overflow(`operator`.rawValue, a, b) }
      return .integer(result.partialValue)
    }
    switch `operator` {
    case .add: return try checked(a.addingReportingOverflow(b))
    case .subtract: return try checked(a.subtractingReportingOverflow(b))
    case .multiply: return try checked(a.multipliedReportingOverflow(by: b))
    case .divide:
      guard b != 0 else { throw divisionByZero }
      let remainder = a.remainderReportingOverflow(dividingBy: b)
      guard remainder.partialValue == 0 else {
        throw Failure(
          id: .unevenDivision, message: "\(a) / \(b) does not come out even",
          help: "change the numbers where a whole one is needed; `\(a).0 / \(b)` is a decimal")
      }
      return try checked(a.dividedReportingOverflow(by: b))
    case .remainder:
      guard b != 0 else { throw divisionByZero }
      return .integer(a.remainderReportingOverflow(dividingBy: b).partialValue)
    case .power: return try wholePower(a, b)
    case .equal: return .flag(a == b)
    case .notEqual: return .flag(a != b)
    case .less: return .flag(a < b)
    case .lessOrEqual: return .flag(a <= b)
    case .greater: return .flag(a > b)
    case .greaterOrEqual: return .flag(a >= b)
    case .or, .and: return nil
    }
  }

  private static func wholePower(_ base: Int, _ exponent: Int) throws(Failure) -> Item {
    guard exponent >= 0 else {
      throw Failure(
        id: .negativeExponent, message: "\(base) ^ \(exponent) is not a whole number",
        help: "take an exponent from 0 on where a whole number is needed; `\(base).0 ^ \(exponent)` is a decimal")
    }
    if base == 0 || base == 1 { return .integer(exponent == 0 ? 1 : base) }
    if base == -1 { return .integer(exponent % 2 == 0 ? 1 : -1) }
    // With a base of two or more the product leaves 64 bits after 63 turns at most.
    var result = 1
    for _ in 0..<exponent {
      let product = result.multipliedReportingOverflow(by: base)
      guard !product.overflow else { throw overflow("^", base, exponent) }
      result = product.partialValue
    }
    return .integer(result)
  }

  private static func decimal(_ operator: BinaryOperator, _ a: Double, _ b: Double) throws(Failure) -> Item? {
    func checked(_ result: Double) throws(Failure) -> Item {
      guard result.isFinite else {
        throw Failure(id: .arithmeticOverflow, message: "\(a) \(`operator`.rawValue) \(b) is not a finite number")
      }
      return .decimal(result)
    }
    switch `operator` {
    case .add: return try checked(a + b)
    case .subtract: return try checked(a - b)
    case .multiply: return try checked(a * b)
    case .divide:
      guard b != 0 else { throw divisionByZero }
      return try checked(a / b)
    case .remainder:
      guard b != 0 else { throw divisionByZero }
      return try checked(a.truncatingRemainder(dividingBy: b))
    case .power: return try checked(pow(a, b))
    case .equal: return .flag(a == b)
    case .notEqual: return .flag(a != b)
    case .less: return .flag(a < b)
    case .lessOrEqual: return .flag(a <= b)
    case .greater: return .flag(a > b)
    case .greaterOrEqual: return .flag(a >= b)
    case .or, .and: return nil
    }
  }

  private static var divisionByZero: Failure { Failure(id: .divisionByZero, message: "division by zero") }

  private static func overflow(_ operator: String, _ a: Int, _ b: Int) -> Failure {
    Failure(
      id: .arithmeticOverflow, message: "\(a) \(`operator`) \(b) does not fit into 64 bits",
      help: "use smaller numbers, or decimals")
  }
}
