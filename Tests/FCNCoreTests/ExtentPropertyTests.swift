import FCNTestSupport
import Testing

@testable import FCNCore

/// The algebra of extents against plain functions on whole numbers, one number for every size.
@Suite struct ExtentPropertyTests {
  static let sizes = 0...400
  static let seeds = 0..<40

  @Test(arguments: seeds) func operationsAreThoseOnNumbers(seed: Int) throws {
    var maker = ExpressionMaker(seed: seed)
    for _ in 0..<60 { maker.grow() }
    #expect(maker.pairs.count >= 40)
    for pair in maker.pairs {
      for size in Self.sizes {
        #expect(pair.extent(size) == pair.numbers[size], "seed \(seed), size \(size): \(pair.text)")
      }
    }
  }

  @Test(arguments: 0..<12) func textsAreTheFunctions(seed: Int) throws {
    var maker = ExpressionMaker(seed: seed + 1000)
    for _ in 0..<60 { maker.grow() }
    let variable = seed.isMultiple(of: 2) ? "H" : "W"
    for pair in maker.pairs {
      let formula = pair.extent.formula(of: variable)
      let domain = pair.extent.domain(of: variable)
      for size in Self.sizes.dropFirst() {
        let number = pair.numbers[size]
        let isHeld = try ExtentText.holds(domain, variable, size)
        #expect(isHeld == (number != nil), "seed \(seed), size \(size): \(domain) of \(pair.text)")
        guard let number else { continue }
        let value = try ExtentText.value(of: formula, variable, size)
        #expect(value == number, "seed \(seed), size \(size): \(formula) of \(pair.text)")
      }
    }
  }

  /// Equal functions are equal extents, however they came about.
  @Test func formIsCanonical() throws {
    struct Key: Hashable {
      var numbers: [Int?]
      var growth: [Int]
    }
    var known: [Key: ExpressionMaker.Pair] = [:]
    var repeated = 0
    for seed in 0..<120 {
      var maker = ExpressionMaker(seed: seed + 2000)
      for _ in 0..<40 { maker.grow() }
      for pair in maker.pairs {
        let extent = pair.extent
        #expect(try extent.refined(by: 3).reduced == extent.reduced, "seed \(seed): \(pair.text)")
        #expect(try extent.adding(3).adding(-3) == extent.reduced, "seed \(seed): \(pair.text)")
        #expect(try extent.restricted(toDomainOf: extent) == extent.reduced, "seed \(seed): \(pair.text)")
        // Functions that agree for as many sizes as both periods together agree for all.
        let isPlain = extent.branches.allSatisfy { $0.map { $0.most == nil && $0.least <= 300 } ?? true }
        guard isPlain, extent.period <= 48, !extent.isEmpty else { continue }
        let divisor = Extent.greatestCommonDivisor(extent.slope, extent.period)
        let key = Key(numbers: pair.numbers, growth: [extent.slope / divisor, extent.period / divisor])
        if let other = known[key] {
          repeated += 1
          #expect(extent.reduced == other.extent.reduced, "seed \(seed): \(pair.text) and \(other.text)")
        } else {
          known[key] = pair
        }
      }
    }
    #expect(repeated > 500)
  }

  @Test func periodsBeyondTheLimitAreThrown() throws {
    #expect(throws: Extent.Failure.periodTooLarge) { try Extent.input.dividedDown(by: 4097) }
    #expect(throws: Extent.Failure.periodTooLarge) {
      try [3, 5, 7, 11, 13].reduce(Extent.input) { sum, prime throws(Extent.Failure) in
        try sum.adding(Extent.input.dividedDown(by: prime))
      }
    }
    #expect(throws: Extent.Failure.periodTooLarge) {
      let first = try Extent.input.dividedDown(by: 64).multiplied(by: 64)
      return try first.matching(Extent.input.dividedDown(by: 81).multiplied(by: 81))
    }
    #expect(try Extent.input.dividedDown(by: 4096).period == 4096)
  }

  /// Numbers that leave the range are thrown; what is not thrown is right, and nothing traps.
  @Test(arguments: seeds) func hugeNumbersAreThrown(seed: Int) throws {
    var maker = ExpressionMaker(seed: seed + 3000, isHuge: true)
    for _ in 0..<300 { maker.grow() }
    #expect(maker.overflows > 0)
    for pair in maker.pairs {
      let extent = pair.extent
      _ = (extent.description, extent.domain(of: "W"), extent.constantValue, extent.isOne, extent.reduced)
      for size in [0, 1, 2, 4095, 4096, 1 << 40, .max] { _ = extent(size) }
      for size in Self.sizes where pair.isExact {
        #expect(extent(size) == pair.numbers[size], "seed \(seed), size \(size): \(pair.text)")
      }
    }
  }
}

/// Grows a pool of extents by random operations, with the same operations on plain numbers beside them.
struct ExpressionMaker {
  struct Pair {
    var extent: Extent
    /// The number for every size of `ExtentPropertyTests.sizes`.
    var numbers: [Int?]
    /// How it came about.
    var text: String
    /// False where a plain number left 62 bits.
    var isExact = true
  }

  private(set) var pairs: [Pair] = []
  private(set) var overflows = 0
  private var state: UInt64
  private let isHuge: Bool

  init(seed: Int, isHuge: Bool = false) {
    state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    self.isHuge = isHuge
    add(.input, "n") { $0 }
    let constant = number(-3...12)
    add(.constant(constant), "\(constant)") { _ in constant }
    let single = number(1...60)
    add(.fixed(single), "n = \(single)") { $0 == single ? $0 : nil }
  }

  private mutating func add(_ extent: Extent, _ text: String, _ function: (Int) -> Int?) {
    let numbers = ExtentPropertyTests.sizes.map { $0 == 0 ? nil : function($0) }
    pairs.append(Pair(extent: extent, numbers: numbers, text: text))
  }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return range.lowerBound + Int(z % UInt64(range.count))
  }

  private mutating func amount(_ range: ClosedRange<Int>) -> Int {
    guard isHuge, number(0...2) == 0 else { return number(range) }
    let large = [1 << 20, 1 << 31, 1 << 40, (1 << 59) - 1, 3_486_784_401, (1 << 60) + 1, .max]
    return large[number(0...large.count - 1)] * (range.lowerBound < 0 && number(0...1) == 0 ? -1 : 1)
  }

  /// Adds the result of one operation on members of the pool, rather young ones.
  mutating func grow() {
    let a = pairs[max(0, pairs.count - 1 - number(0...11))]
    let b = pairs[max(0, pairs.count - 1 - number(0...11))]
    guard a.text.count + b.text.count < 400 else {
      add(.input, "n") { $0 }
      return
    }
    do throws(Extent.Failure) {
      let pair = try number(0...2) == 0 ? binary(a, b) : unary(a)
      // Large periods are slow to write out, size by size.
      if pair.extent.period <= (isHuge ? 4096 : 360) { pairs.append(pair) }
    } catch {
      overflows += error == .overflow ? 1 : 0
    }
  }

  private mutating func unary(_ a: Pair) throws(Extent.Failure) -> Pair {
    switch number(0...8) {
    case 0:
      let amount = amount(-9...9)
      return a.mapped(try a.extent.adding(amount), "(\(a.text) + \(amount))") { $0.addingReportingOverflow(amount) }
    case 1:
      let factor = amount(-3...4)
      return a.mapped(try a.extent.multiplied(by: factor), "(\(a.text) * \(factor))") {
        $0.multipliedReportingOverflow(by: factor)
      }
    case 2:
      let divisor = number(1...6)
      return a.mapped(try a.extent.dividedDown(by: divisor), "floor(\(a.text) / \(divisor))") {
        (Self.floor($0, divisor), false)
      }
    case 3:
      let divisor = number(1...6)
      return a.mapped(try a.extent.dividedUp(by: divisor), "ceil(\(a.text) / \(divisor))") {
        let (negative, overflow) = 0.subtractingReportingOverflow($0)
        return (overflow ? 0 : -Self.floor(negative, divisor), overflow)
      }
    case 4, 5:
      let minimum = amount(-20...20)
      return a.filtered(try a.extent.requiring(atLeast: minimum), "(\(a.text) >= \(minimum))") { _, value in
        value >= minimum
      }
    case 6 where a.extent.slope == 0:
      let minimum = number(-4...4)
      return a.mapped(try a.extent.clamped(atLeast: minimum), "max(\(a.text), \(minimum))") {
        (max($0, minimum), false)
      }
    case 7 where a.extent.slope == 0:
      return a.mapped(try a.extent.transformed { value throws(Extent.Failure) in value & 5 }, "(\(a.text) & 5)") {
        ($0 & 5, false)
      }
    default:
      let factor = number(1...3)
      return a.mapped(try a.extent.refined(by: factor), "refined(\(a.text), \(factor))") { ($0, false) }
    }
  }

  private mutating func binary(_ a: Pair, _ b: Pair) throws(Extent.Failure) -> Pair {
    switch number(0...4) {
    case 0:
      return a.joined(b, try a.extent.adding(b.extent), "(\(a.text) + \(b.text))") { $0.addingReportingOverflow($1) }
    case 1:
      return a.joined(b, try a.extent.subtracting(b.extent), "(\(a.text) - \(b.text))") {
        $0.subtractingReportingOverflow($1)
      }
    case 2, 3:
      return a.filtered(try a.extent.matching(b.extent), "(\(a.text) = \(b.text))") { size, value in
        b.numbers[size] == value
      }
    default:
      return a.filtered(try a.extent.restricted(toDomainOf: b.extent), "(\(a.text) where \(b.text))") { size, _ in
        b.numbers[size] != nil
      }
    }
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return quotient * divisor > value ? quotient - 1 : quotient
  }
}

extension ExpressionMaker.Pair {
  fileprivate func mapped(_ extent: Extent, _ text: String, _ body: (Int) -> (Int, overflow: Bool)) -> Self {
    let results = numbers.map { $0.map(body) }
    return Self(
      extent: extent, numbers: results.map { $0?.0 }, text: text,
      isExact: isExact && !results.contains { $0?.overflow ?? false })
  }

  fileprivate func joined(
    _ other: Self, _ extent: Extent, _ text: String, _ body: (Int, Int) -> (Int, overflow: Bool)
  ) -> Self {
    let results = zip(numbers, other.numbers).map { a, b in a.flatMap { a in b.map { body(a, $0) } } }
    return Self(
      extent: extent, numbers: results.map { $0?.0 }, text: text,
      isExact: isExact && other.isExact && !results.contains { $0?.overflow ?? false })
  }

  fileprivate func filtered(_ extent: Extent, _ text: String, _ body: (Int, Int) -> Bool) -> Self {
    let results = numbers.enumerated().map { size, value in value.flatMap { body(size, $0) ? $0 : nil } }
    return Self(extent: extent, numbers: results, text: text, isExact: isExact)
  }
}
