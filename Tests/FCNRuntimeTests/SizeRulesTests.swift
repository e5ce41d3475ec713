import Testing

@testable import FCNRuntime

/// Which sizes are accepted, what is said of others, and which are the nearest.
@Suite struct SizeRulesTests {
  /// Defined for these residues from a size on, up to another one.
  private static func table(_ period: Int, _ residues: [Int: ClosedRange<Int>]) -> ExtentTable {
    ExtentTable(
      period: period, slope: 0, offsets: Array(repeating: 0, count: period),
      leasts: (0..<period).map { residues[$0]?.lowerBound ?? -1 },
      mosts: (0..<period).map { residues[$0]?.upperBound ?? -1 })
  }

  private static func multiples(_ period: Int) -> ExtentTable { table(period, [0: period...Int.max]) }

  // MARK: Nearest sizes

  @Test func nearestSizes() {
    let sixteen = Self.multiples(16)
    #expect(sixteen.nearest(below: 127) == 112 && sixteen.nearest(above: 127) == 128)
    #expect(sixteen.nearest(below: 112) == 96 && sixteen.nearest(above: 112) == 128)
    #expect(sixteen.nearest(below: 16) == nil && sixteen.nearest(above: 1) == 16)
    let twoResidues = Self.table(32, [0: 32...Int.max, 31: 31...Int.max])
    #expect(twoResidues.nearest(below: 40) == 32 && twoResidues.nearest(above: 40) == 63)
    #expect(twoResidues.nearest(below: 32) == 31)
    let single = Self.table(1, [0: 64...64])
    #expect(single.nearest(below: 1000) == 64 && single.nearest(above: 5) == 64)
    #expect(single.nearest(below: 64) == nil && single.nearest(above: 64) == nil)
    let longest = Self.table(4096, [4095: 4095...Int.max])
    #expect(longest.nearest(below: 1 << 30) == (1 << 30) - 1)
    #expect(longest.nearest(above: 1 << 30) == (1 << 30) + 4095)
    #expect(Self.table(2, [:]).nearest(above: 3) == nil && Self.table(2, [:]).nearest(below: 3) == nil)
    #expect(Self.table(1, [0: Int.max...Int.max]).nearest(above: 3) == nil, "no picture is as big as that")
  }

  /// Against all sizes in turn.
  @Test func nearestSizesOfRandomTables() {
    let seed: UInt64 = 20
    var generator = Numbers(seed: seed)
    for trial in 0..<300 {
      let period = generator.next(1...12)
      var residues: [Int: ClosedRange<Int>] = [:]
      for residue in 0..<period where generator.next(0...2) > 0 {
        let least = generator.next(0...60)
        residues[residue] = least...(generator.next(0...1) == 0 ? Int.max : least + generator.next(0...60))
      }
      let table = Self.table(period, residues)
      let accepted = (1...400).filter { size in residues[size % period]?.contains(size) ?? false }
      for size in 1...150 {
        #expect(table.isDefined(at: size) == accepted.contains(size), "seed \(seed), table \(trial), \(size)")
        #expect(table.nearest(below: size) == accepted.last { $0 < size }, "seed \(seed), table \(trial), \(size)")
        #expect(table.nearest(above: size) == accepted.first { $0 > size }, "seed \(seed), table \(trial), \(size)")
      }
    }
  }

  // MARK: Messages

  /// A network of three levels: the first join needs an even size, the next one a multiple of four.
  private static let rules = AxisRules(
    domain: multiples(4), text: "H ≡ 0 (mod 4), H >= 4",
    conditions: [
      .init(subject: "`conv` of `image` (net.fcn:5:8)", domain: table(1, [0: 3...Int.max]), text: "H >= 3"),
      .init(
        subject: "`concat` of `up2` and `skip2` (net.fcn:9:3)", domain: table(2, [0: 4...Int.max]),
        text: "H ≡ 0 (mod 2), H >= 4"),
      .init(
        subject: "`add` of `up1` and `skip1` (net.fcn:12:14)", domain: multiples(4), text: "H ≡ 0 (mod 4), H >= 4"),
    ])

  @Test func theFirstStageThatFailsIsNamed() {
    #expect(Self.rules.refusal(of: 8, named: "height") == nil)
    #expect(
      Self.rules.refusal(of: 10, named: "height") == """
        height 10 is not accepted: `add` of `up1` and `skip1` (net.fcn:12:14) needs H ≡ 0 (mod 4), H >= 4; the nearest \
        heights that fit are 8 and 12
        """)
    #expect(
      Self.rules.refusal(of: 11, named: "height") == """
        height 11 is not accepted: `concat` of `up2` and `skip2` (net.fcn:9:3) needs H ≡ 0 (mod 2), H >= 4, and the \
        whole network H ≡ 0 (mod 4), H >= 4; the nearest heights that fit are 8 and 12
        """)
    #expect(
      Self.rules.refusal(of: 1, named: "height") == """
        height 1 is not accepted: `conv` of `image` (net.fcn:5:8) needs H >= 3, and the whole network H ≡ 0 (mod 4), \
        H >= 4; the nearest height that fits is 4
        """)
  }

  @Test func finiteAndEmptyDomains() {
    let fixed = AxisRules(
      domain: Self.table(1, [0: 64...64]), text: "W = 64",
      conditions: [.init(subject: "input `x`", domain: Self.table(1, [0: 64...64]), text: "W = 64")])
    #expect(
      fixed.refusal(of: 100, named: "width")
        == "width 100 is not accepted: input `x` needs W = 64; the nearest width that fits is 64")
    let empty = AxisRules(domain: Self.table(1, [:]), text: "no W")
    #expect(empty.refusal(of: 5, named: "width") == "width 5 is not accepted: the network needs no W; no width fits")
    #expect(SizeRules().refusals(height: 1, width: 1 << 24) == [])
  }

  @Test func everyAxisHasItsMessage() throws {
    let rules = SizeRules(rows: Self.rules, columns: AxisRules(domain: Self.multiples(2), text: "even"))
    #expect(rules.refusals(height: 8, width: 2) == [])
    #expect(rules.refusals(height: 10, width: 3).count == 2)
    let failure = #expect(throws: RuntimeFailure.self) { try rules.fitted(height: 10, width: 4, Fitting()) }
    #expect(failure?.messages == rules.refusals(height: 10, width: 4))
    #expect(
      failure?.help == "--fit pad pads it to 12x4 and cuts the answer back, --fit crop takes the 8x4 in its middle")
  }

  @Test func whatCannotBeFittedIsTold() throws {
    let rules = SizeRules(
      rows: AxisRules(domain: Self.table(1, [0: 5...9]), text: "5 <= H <= 9"), columns: AxisRules(text: "W >= 1"))
    #expect(try rules.fitted(height: 3, width: 8, Fitting(.pad)).text == "5x8")
    #expect(try rules.fitted(height: 20, width: 8, Fitting(.crop)).text == "9x8")
    #expect(try rules.fitted(height: 20, width: 8, Fitting(.crop)).rows.start == 5)
    let small = #expect(throws: RuntimeFailure.self) { try rules.fitted(height: 3, width: 8, Fitting(.crop)) }
    #expect(
      small?.message == """
        height 3 is not accepted: the network needs 5 <= H <= 9; the nearest height that fits is 5; no lesser one does, \
        so it cannot be cropped
        """)
    #expect(small?.help == "--fit pad pads it to 5x8 and cuts the answer back")
    let great = #expect(throws: RuntimeFailure.self) { try rules.fitted(height: 20, width: 8, Fitting(.pad)) }
    #expect(
      great?.message == """
        height 20 is not accepted: the network needs 5 <= H <= 9; the nearest height that fits is 9; no greater one \
        does, so it cannot be padded
        """)
    #expect(great?.help == "--fit crop takes the 9x8 in its middle")
  }

  // MARK: Places

  @Test func positionsOnThePicture() {
    func kept(_ place: PlaceTable.Place, of count: Int, _ given: Int, _ size: Int) -> Range<Int> {
      PlaceTable([place]).kept(of: count, on: FittedAxis(given: given, size: size, start: 0))
    }
    // The size of the picture; a super-resolution by two; valid convolutions of 5; a stride of 4, in middles of 4.
    #expect(kept(.line(scale: 1, offset: 0, denominator: 1), of: 12, 10, 12) == 0..<10)
    #expect(kept(.line(scale: 2, offset: -1, denominator: 4), of: 24, 10, 12) == 0..<20)
    #expect(kept(.line(scale: 1, offset: 2, denominator: 1), of: 8, 7, 12) == 0..<5)
    #expect(kept(.line(scale: 8, offset: 3, denominator: 2), of: 3, 10, 12) == 0..<2)
    #expect(kept(.line(scale: 8, offset: 3, denominator: 2), of: 3, 11, 12) == 0..<3)
    // What lies before the picture is no part of it; nor is all there is to have.
    #expect(kept(.line(scale: 1, offset: -3, denominator: 1), of: 18, 10, 12) == 3..<13)
    #expect(kept(.line(scale: 32, offset: 31, denominator: 2), of: 1, 10, 32) == 0..<1)
    #expect(kept(.whole, of: 1, 10, 12) == 0..<1)
    #expect(kept(.proportional, of: 23, 10, 12) == 0..<19)
    #expect(kept(.proportional, of: 1, 1, 32) == 0..<1)
    #expect(kept(.line(scale: 1, offset: 0, denominator: 1), of: 12, 12, 12) == 0..<12)
    let byResidue = PlaceTable([.line(scale: 1, offset: 0, denominator: 1), .line(scale: 1, offset: 1, denominator: 1)])
    #expect(byResidue.kept(of: 9, on: FittedAxis(given: 6, size: 8, start: 0)) == 0..<6)
    #expect(byResidue.kept(of: 9, on: FittedAxis(given: 6, size: 9, start: 0)) == 0..<5)
  }

  /// Against each position in turn, in exact integers.
  @Test func positionsOfRandomPlaces() {
    let seed: UInt64 = 21
    var generator = Numbers(seed: seed)
    for trial in 0..<2000 {
      let (scale, offset, denominator) = (generator.next(1...40), generator.next(-60...60), generator.next(1...12))
      let given = generator.next(1...50)
      let size = given + generator.next(1...30)
      let count = generator.next(1...60)
      // Twice the place lies from -1 to less than 2 * given - 1.
      let inside = (0..<count).filter { index in
        let twice = 2 * (scale * index + offset)
        return twice >= -denominator && twice < (2 * given - 1) * denominator
      }
      let table = PlaceTable([.line(scale: scale, offset: offset, denominator: denominator)])
      let kept = table.kept(of: count, on: FittedAxis(given: given, size: size, start: 0))
      if inside.isEmpty {
        #expect(kept.count == 1 && (0..<count).contains(kept.lowerBound), "seed \(seed), \(trial)")
      } else {
        #expect(Array(kept) == inside, "seed \(seed), \(trial)")
      }
      let spread = (0..<count).filter { (2 * $0 + 1) * size < 2 * given * count }
      let proportional = PlaceTable([.proportional]).kept(of: count, on: FittedAxis(given: given, size: size, start: 0))
      #expect(Array(proportional) == (spread.isEmpty ? [0] : spread), "seed \(seed), \(trial)")
    }
  }

  // MARK: Borders

  @Test(arguments: 1...6) func aMirrorFoldsAsOftenAsItTakes(count: Int) {
    // Walks from the first pixel to the last and back again.
    var place = 0
    var step = 1
    for position in 0..<60 {
      if position >= count { #expect(Fitting.Border.reflect.source(of: position, count: count) == place) }
      if count == 1 { continue }
      if !(0..<count).contains(place + step) { step = -step }
      place += step
    }
    #expect(Fitting.Border.edge.source(of: 59, count: count) == count - 1)
    #expect(Fitting.Border.zero.source(of: 59, count: count) == nil)
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return range.lowerBound + Int((z ^ (z >> 31)) % UInt64(range.upperBound - range.lowerBound + 1))
  }
}
