import FCNCore
import Testing

@Suite struct ExtentTests {
  @Test func halvingAndDoublingAgreeOnEvenSizesOnly() throws {
    let down = try Extent.input.adding(-2).dividedDown(by: 2).adding(1).requiring(atLeast: 1)
    let up = try down.multiplied(by: 2)
    let joined = try Extent.input.matching(up)
    for size in 1...64 {
      #expect(down(size) == (size >= 2 ? (size - 2) / 2 + 1 : nil))
      #expect(joined(size) == (size >= 2 && size % 2 == 0 ? size : nil))
    }
  }

  /// A chain of random operations against the same operations on the whole numbers, at every size.
  @Test(arguments: 0..<60) func randomCompositionsAgreeWithIntegers(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    var extent = Extent.input
    var numbers: [Int?] = [nil] + (1...200).map { $0 }
    var earlier = (extent, numbers)
    for _ in 0..<6 {
      let amount = random.next(1...4)
      switch random.next(0...8) {
      case 0:
        extent = try extent.adding(amount - 3)
        numbers = numbers.map { $0.map { $0 + amount - 3 } }
      case 1:
        extent = try extent.multiplied(by: amount)
        numbers = numbers.map { $0.map { $0 * amount } }
      case 2:
        extent = try extent.dividedDown(by: amount)
        numbers = numbers.map { $0.map { Self.floor($0, amount) } }
      case 3:
        extent = try extent.dividedUp(by: amount)
        numbers = numbers.map { $0.map { -Self.floor(-$0, amount) } }
      case 4:
        extent = try extent.requiring(atLeast: amount)
        numbers = numbers.map { $0.flatMap { $0 >= amount ? $0 : nil } }
      case 5:
        extent = try extent.adding(earlier.0)
        numbers = zip(numbers, earlier.1).map { a, b in a.flatMap { a in b.map { a + $0 } } }
      case 6:
        extent = try extent.restricted(toDomainOf: earlier.0)
        numbers = zip(numbers, earlier.1).map { a, b in b == nil ? nil : a }
      case 7:
        let more = try extent.dividedDown(by: 2).multiplied(by: 2)
        extent = try extent.matching(more)
        numbers = numbers.map { $0.flatMap { $0.isMultiple(of: 2) ? $0 : nil } }
      default:
        earlier = (extent, numbers)
      }
      for size in 1...200 { #expect(extent(size) == numbers[size], "seed \(seed), size \(size)") }
    }
    let difference = try extent.subtracting(earlier.0)
    for size in 1...200 {
      let expected = numbers[size].flatMap { a in earlier.1[size].map { a - $0 } }
      #expect(difference(size) == expected, "seed \(seed), size \(size)")
    }
  }

  @Test func samePaddingIsBoundedAndClamped() throws {
    for stride in 1...4 {
      for kernel in 1...5 {
        let total = try Extent.input.dividedUp(by: stride).adding(-1).multiplied(by: stride).adding(kernel)
          .subtracting(.input).clamped(atLeast: 0)
        for size in 1...200 {
          let expected = max(((size + stride - 1) / stride - 1) * stride + kernel - size, 0)
          #expect(total(size) == expected)
        }
      }
    }
  }

  @Test func periodsBeyondTheLimitAreRefused() {
    #expect(throws: Extent.Failure.self) { try Extent.input.dividedDown(by: 4095).dividedDown(by: 2) }
    #expect(throws: Extent.Failure.self) { try Extent.input.multiplied(by: .max).multiplied(by: 2) }
  }

  @Test func formulasAreShort() throws {
    let input = Extent.input
    #expect(input.description == "H")
    #expect(Extent.constant(28).description == "28")
    #expect(try input.adding(-2).formula(of: "W") == "W - 2")
    #expect(try input.multiplied(by: 2).adding(1).description == "2·H + 1")
    #expect(try input.dividedDown(by: 2).description == "floor(H/2)")
    #expect(try input.adding(-1).dividedDown(by: 2).adding(1).description == "ceil(H/2)")
    #expect(try input.adding(1).dividedDown(by: 3).description == "floor((H + 1)/3)")
    #expect(try input.dividedUp(by: 32).multiplied(by: 32).description == "32·ceil(H/32)")
    #expect(try input.dividedDown(by: 2).adding(-1).multiplied(by: 2).description == "2·floor(H/2) - 2")
    #expect(try input.multiplied(by: 3).dividedDown(by: 2).description == "floor(3·H/2)")
    let even = try input.matching(input.dividedDown(by: 2).multiplied(by: 2))
    #expect(try even.dividedDown(by: 2).description == "H/2")
    let odd = try input.dividedDown(by: 2).adding(input.dividedDown(by: 4)).adding(input)
    #expect(odd.description == "7·floor(H/4) + [0, 1, 3, 4][H mod 4]")
  }

  @Test func domainsAreExact() throws {
    let input = Extent.input
    #expect(input.domain(of: "H") == "H >= 1")
    #expect(try input.requiring(atLeast: 5).domain(of: "W") == "W >= 5")
    let up = try input.dividedUp(by: 32).multiplied(by: 32)
    let first = try input.adding(1).dividedDown(by: 32).multiplied(by: 32).requiring(atLeast: 1)
    #expect(try up.matching(first).domain(of: "H") == "H ≡ 0, 31 (mod 32), H >= 31")
    #expect(try input.matching(input.adding(1)).domain(of: "H") == "no H")
    #expect(try input.dividedDown(by: 2).requiring(atLeast: 3).domain(of: "H") == "H >= 6")
  }

  /// Extents that grow differently agree on single sizes, and one that falls is large up to some size.
  @Test func domainsMayEnd() throws {
    let input = Extent.input
    #expect(Extent.fixed(64).domain(of: "H") == "H = 64")
    #expect(try input.matching(.constant(64)).domain(of: "H") == "H = 64")
    #expect(try input.matching(input.multiplied(by: 2).adding(-7)).domain(of: "H") == "H = 7")
    #expect(try input.dividedDown(by: 2).matching(.constant(3)).domain(of: "H") == "H = 6, 7")
    #expect(try input.multiplied(by: -1).adding(9).requiring(atLeast: 1).domain(of: "H") == "1 <= H <= 8")
    let single = try input.matching(.constant(64))
    #expect(single.isFinite && single(64) == 64 && single(63) == nil && single(65) == nil)
    #expect(single.constantValue == 64 && !single.isOne)
    #expect(try !Extent.fixed(32).dividedDown(by: 32).isOne)
  }

  @Test func fractionsAreExact() throws {
    let half = try Rational(1, over: 2)
    #expect(try Rational(-6, over: -4).description == "3/2")
    #expect(try half + Rational(1, over: 3) == Rational(5, over: 6))
    #expect(try half * Rational(2, over: 3) == Rational(1, over: 3))
    #expect(try (half / Rational(3)).description == "1/6")
    #expect(try Rational(-3, over: 2).roundedDown == -2 && Rational(-3, over: 2).roundedUp == -1)
    #expect(try Rational(1, over: 3) < half)
    #expect(try Rational.leastCommonMultiple(half, Rational(3, over: 4)) == Rational(3, over: 2))
    #expect(throws: Extent.Failure.self) { try Rational(1 << 59) * Rational(4) }
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }
}

/// A small generator whose numbers depend on its seed alone.
private struct SplitMix {
  var state: UInt64

  mutating func next(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return range.lowerBound + Int(z % UInt64(range.count))
  }
}
