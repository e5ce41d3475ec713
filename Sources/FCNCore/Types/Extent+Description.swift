extension Extent: CustomStringConvertible {
  /// The formula in H: `floor((H - 1)/2) + 1`.
  public var description: String { formula(of: "H") }

  /// The exact formula of this extent in the input size `variable`, the shortest that is found: `H`, `H - 2`, `2·H`,
  /// `ceil(H/2)`, `32·ceil(H/32)`. Where no such form fits, the offsets are listed by residue:
  /// `4·floor(H/4) + [0, 2, 2, 3][H mod 4]`, with `-` where the extent is undefined.
  public func formula(of variable: String) -> String {
    let defined = branches.enumerated().compactMap { residue, branch in branch.map { (residue, $0.offset) } }
    guard let (_, first) = defined.first else { return "undefined" }
    if let constantValue { return String(constantValue) }
    if let quotient = Quotient(period: period, slope: slope, offsets: defined) { return quotient.text(of: variable) }
    let step = defined.reduce(abs(slope)) { step, entry in
      let (difference, overflow) = entry.1.subtractingReportingOverflow(first)
      return overflow || difference == .min ? 1 : Self.greatestCommonDivisor(step, difference)
    }
    if step > 1 {
      let remainder = first - Self.floorDivide(first, step) * step
      let scaled = defined.map { ($0.0, Self.floorDivide($0.1, step)) }
      if let quotient = Quotient(period: period, slope: slope / step, offsets: scaled) {
        return quotient.text(of: variable, times: step, plus: remainder)
      }
    }
    let list = branches.map { $0.map { String($0.offset) } ?? "-" }.joined(separator: ", ")
    let choice = "[\(list)][\(variable) mod \(period)]"
    return slope == 0 ? choice : "\(slope)·floor(\(variable)/\(period)) + \(choice)"
  }

  /// The input sizes on which this extent is defined, exactly: `H >= 5`, `H ≡ 0, 31 (mod 32), H >= 31`, `H = 64`.
  public func domain(of variable: String) -> String {
    guard !isEmpty else { return "no \(variable)" }
    let domain = Extent(
      period: period, slope: 0,
      branches: branches.map { $0.map { Branch(offset: 0, least: $0.least, most: $0.most) } }
    ).reduced
    let entries = domain.branches.enumerated().compactMap { residue, branch in
      branch.map { DomainEntry(residue: residue, least: $0.least, most: $0.most) }
    }
    let bounded = entries.filter { $0.most != nil }
    let unbounded = entries.filter { $0.most == nil }
    let parts =
      (bounded.isEmpty ? [] : Self.bounded(bounded, domain.period, variable))
      + (unbounded.isEmpty ? [] : Self.unbounded(unbounded, domain.period, variable))
    return parts.joined(separator: "; or ")
  }

  /// How many sizes are listed one by one.
  private static let listedSizes = 6

  private struct DomainEntry {
    var residue: Int
    var least: Int
    var most: Int?
  }

  private static func unbounded(_ entries: [DomainEntry], _ period: Int, _ variable: String) -> [String] {
    // Residues whose least sizes lie within one period of each other share one bound.
    let least = entries.map(\.least).min() ?? 1
    if entries.allSatisfy({ $0.least < least + period }) {
      return [sizes(entries.map(\.residue), "\(variable) >= \(least)", period, variable)]
    }
    let bound = entries.map { max($0.least - period + 1, 1) }.max() ?? 1
    let regular = entries.map { bound + remainder($0.residue - bound, period) }.min() ?? bound
    let single = entries.flatMap { entry in
      stride(from: entry.least, to: bound, by: period).prefix(listedSizes + 1)
    }.sorted()
    if single.count <= listedSizes {
      return [
        "\(variable) = \(list(single))", sizes(entries.map(\.residue), "\(variable) >= \(regular)", period, variable),
      ]
    }
    let groups = Dictionary(grouping: entries) { ($0.least - 1) / period }
    return groups.keys.sorted().map { key in
      let group = groups[key] ?? []
      return sizes(group.map(\.residue), "\(variable) >= \(group.map(\.least).min() ?? 1)", period, variable)
    }
  }

  private static func bounded(_ entries: [DomainEntry], _ period: Int, _ variable: String) -> [String] {
    let single = entries.flatMap { entry in
      stride(from: entry.least, through: entry.most ?? entry.least, by: period).prefix(listedSizes + 1)
    }.sorted()
    if single.count <= listedSizes { return ["\(variable) = \(list(single))"] }
    let groups = Dictionary(grouping: entries) { [($0.least - 1) / period, (($0.most ?? 0) - 1) / period] }
    return groups.values.map { group in
      (group.map(\.least).min() ?? 1, group.map { $0.most ?? 0 }.max() ?? 1, group.map(\.residue))
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { least, most, residues in
      sizes(residues, "\(least) <= \(variable) <= \(most)", period, variable)
    }
  }

  private static func sizes(_ residues: [Int], _ bound: String, _ period: Int, _ variable: String) -> String {
    guard residues.count < period else { return bound }
    return "\(variable) ≡ \(list(residues)) (mod \(period)), \(bound)"
  }

  /// `0`, `0, 31`, `0, 25...31`: ascending numbers, three or more neighbours as a range.
  private static func list(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let words = runs.flatMap { run in
      run.count < 3 ? run.map(String.init) : ["\(run.lowerBound)...\(run.upperBound)"]
    }
    return words.joined(separator: ", ")
  }
}

/// An extent as `floor((numerator * n + c) / denominator)`, with every `c` for which that is exact.
private struct Quotient {
  var numerator: Int
  var denominator: Int
  /// The constants that give the same function.
  var constants: ClosedRange<Int>
  /// True where the division by the denominator never leaves a remainder, with the lowest constant.
  var isExact: Bool

  /// Fails where the extent is no such quotient.
  init?(period: Int, slope: Int, offsets: [(residue: Int, offset: Int)]) {
    let divisor = Extent.greatestCommonDivisor(slope, period)
    numerator = slope / divisor
    denominator = period / divisor
    guard numerator != 0 else { return nil }
    var lower = Int.min
    var upper = Int.max
    var exact: Int?
    isExact = true
    for (residue, offset) in offsets {
      guard let low = try? Extent.sum(Extent.product(offset, denominator), -Extent.product(numerator, residue)) else {
        return nil
      }
      let high = low + denominator - 1
      lower = max(lower, low)
      upper = min(upper, high)
      if let exact, exact != low { isExact = false }
      exact = low
    }
    guard lower <= upper else { return nil }
    constants = lower...upper
  }

  /// `factor * quotient + addend` as text.
  func text(of variable: String, times factor: Int = 1, plus addend: Int = 0) -> String {
    let argument = numerator == 1 ? variable : numerator == -1 ? "-\(variable)" : "\(numerator)·\(variable)"
    if denominator == 1 {
      return Self.sum(Self.product(factor, Self.sum(argument, constants.lowerBound)), addend)
    }
    if isExact {
      let dividend = Self.grouped(Self.sum(argument, constants.lowerBound))
      return Self.sum(Self.product(factor, "\(dividend)/\(denominator)"), addend)
    }
    // A multiple of the denominator among the constants: the rest of the constant stands outside.
    let whole = Extent.floorDivide(constants.upperBound, denominator)
    if whole * denominator >= constants.lowerBound {
      return Self.sum(Self.product(factor, "floor(\(argument)/\(denominator))"), addend + factor * whole)
    }
    let raised = Extent.floorDivide(constants.upperBound - (denominator - 1), denominator)
    if raised * denominator + denominator - 1 >= constants.lowerBound {
      return Self.sum(Self.product(factor, "ceil(\(argument)/\(denominator))"), addend + factor * raised)
    }
    let dividend = Self.grouped(Self.sum(argument, constants.lowerBound))
    return Self.sum(Self.product(factor, "floor(\(dividend)/\(denominator))"), addend)
  }

  private static func sum(_ text: String, _ number: Int) -> String {
    if number == 0 { return text }
    return number > 0 ? "\(text) + \(number)" : "\(text) - \(number.magnitude)"
  }

  private static func product(_ factor: Int, _ text: String) -> String {
    factor == 1 ? text : "\(factor)·\(grouped(text))"
  }

  /// The text in parentheses where it is a sum or a quotient.
  private static func grouped(_ text: String) -> String {
    (text.contains(" ") || text.contains("/")) && !text.hasSuffix(")") ? "(\(text))" : text
  }
}
