/// The texts that `Extent.formula(of:)` and `domain(of:)` give, read back and evaluated.
public struct ExtentText {
  public struct Unreadable: Error {
    var text: String
    var rest: String
  }

  /// A fraction, as `H/2` is one before it is known to come out even.
  private struct Fraction: Equatable {
    var above: Int
    var below = 1

    var whole: Int? { above % below == 0 ? above / below : nil }
    var floor: Int { above >= 0 ? above / below : -((-above + below - 1) / below) }
  }

  private let text: String
  private var rest: Substring
  private let variable: String
  private let size: Int

  private init(_ text: String, _ variable: String, _ size: Int) {
    (self.text, rest, self.variable, self.size) = (text, text[...], variable, size)
  }

  // MARK: Formulas

  /// The value of a formula for an input of `size`; nil where the formula itself has none.
  public static func value(of formula: String, _ variable: String, _ size: Int) throws -> Int? {
    if formula == "undefined" { return nil }
    var reader = ExtentText(formula, variable, size)
    let value = try reader.sum()
    guard reader.rest.isEmpty else { throw reader.unreadable }
    return value?.whole
  }

  private var unreadable: Unreadable { Unreadable(text: text, rest: String(rest)) }

  private mutating func skip(_ word: String) -> Bool {
    guard rest.hasPrefix(word) else { return false }
    rest.removeFirst(word.count)
    return true
  }

  private mutating func expect(_ word: String) throws { guard skip(word) else { throw unreadable } }

  private mutating func number() -> Int? {
    let digits = rest.prefix { $0.isNumber }
    rest.removeFirst(digits.count)
    return Int(digits)
  }

  private mutating func sum() throws -> Fraction? {
    var value = try product()
    while rest.hasPrefix(" + ") || rest.hasPrefix(" - ") {
      let sign = skip(" + ") ? 1 : -1
      if sign < 0 { try expect(" - ") }
      let other = try product()
      value = value.flatMap { a in
        other.map { Fraction(above: a.above * $0.below + sign * $0.above * a.below, below: a.below * $0.below) }
      }
    }
    return value
  }

  private mutating func product() throws -> Fraction? {
    var value = try factor()
    while true {
      if skip("·") {
        let other = try factor()
        value = value.flatMap { a in
          other.map { Fraction(above: a.above * $0.above, below: a.below * $0.below) }
        }
      } else if skip("/") {
        guard let divisor = number() else { throw unreadable }
        value?.below *= divisor
      } else {
        return value
      }
    }
  }

  private mutating func factor() throws -> Fraction? {
    if skip("-") { return try factor().map { Fraction(above: -$0.above, below: $0.below) } }
    if skip("floor") { return try parenthesized().map { Fraction(above: $0.floor) } }
    if skip("ceil") {
      return try parenthesized().map { Fraction(above: -Fraction(above: -$0.above, below: $0.below).floor) }
    }
    if rest.hasPrefix("(") { return try parenthesized() }
    if rest.hasPrefix("[") { return try choice() }
    if skip(variable) { return Fraction(above: size) }
    guard let number = number() else { throw unreadable }
    return Fraction(above: number)
  }

  private mutating func parenthesized() throws -> Fraction? {
    try expect("(")
    let value = try sum()
    try expect(")")
    return value
  }

  /// `[0, -, 2][H mod 3]`.
  private mutating func choice() throws -> Fraction? {
    try expect("[")
    var options: [Int?] = []
    repeat {
      let isNegative = skip("-")
      let number = number()
      options.append(number.map { isNegative ? -$0 : $0 })
    } while skip(", ")
    try expect("][\(variable) mod ")
    guard let modulus = number(), modulus == options.count else { throw unreadable }
    try expect("]")
    return options[size % modulus].map { Fraction(above: $0) }
  }

  // MARK: Domains

  /// Whether a domain such as `H = 20; or H ≡ 0, 25...31 (mod 32), H >= 24` holds `size`.
  public static func holds(_ domain: String, _ variable: String, _ size: Int) throws -> Bool {
    if domain == "no \(variable)" { return false }
    var isHeld = false
    for part in domain.split(separator: "; or ") {
      var reader = ExtentText(String(part), variable, size)
      if try reader.part() { isHeld = true }
      guard reader.rest.isEmpty else { throw reader.unreadable }
    }
    return isHeld
  }

  private mutating func part() throws -> Bool {
    if skip("\(variable) = ") { return try list().contains { $0.contains(size) } }
    var isHeld = true
    if skip("\(variable) ≡ ") {
      let residues = try list()
      try expect(" (mod ")
      guard let modulus = number() else { throw unreadable }
      try expect("), ")
      isHeld = residues.contains { $0.contains(size % modulus) }
    }
    return try bound() && isHeld
  }

  private mutating func bound() throws -> Bool {
    if skip("\(variable) >= ") {
      guard let least = number() else { throw unreadable }
      return size >= least
    }
    guard let least = number() else { throw unreadable }
    try expect(" <= \(variable) <= ")
    guard let most = number() else { throw unreadable }
    return (least...most).contains(size)
  }

  private mutating func list() throws -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    repeat {
      guard let first = number() else { throw unreadable }
      guard skip("...") else {
        ranges.append(first...first)
        continue
      }
      guard let last = number() else { throw unreadable }
      ranges.append(first...last)
    } while skip(", ")
    return ranges
  }
}
