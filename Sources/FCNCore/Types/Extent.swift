/// The height or width of a value as an exact function of the input's: quasi-affine, for every input size at once.
///
/// For an input size `n = period * t + r` the extent is `slope * t + offset[r]`, on the residues `r` where it is
/// defined, from a least `n` on and, rarely, up to a greatest one (each per residue). These functions are closed under
/// everything that a stage does to a size: convolution and pooling with floor or ceil, SAME, transposed convolution,
/// rational resize, crop and pad, and the join of values of one size. So a question about every image size has a finite,
/// exact answer.
public struct Extent: Hashable, Sendable {
  /// What the function is on one residue of the input size.
  public struct Branch: Hashable, Sendable {
    public var offset: Int
    /// The smallest input size of this residue on which the extent is defined.
    public var least: Int
    /// The greatest one; nil where there is none.
    public var most: Int?
  }

  /// Why an extent could not be represented.
  public enum Failure: Error, Sendable {
    /// The sizes repeat only after more than `Extent.periodLimit` pixels.
    case periodTooLarge
    /// A number left the range that is worked with.
    case overflow
  }

  /// The largest period that is worked with; beyond it a network is reported, not computed.
  public static let periodLimit = 4096

  public let period: Int
  public let slope: Int
  /// One branch per residue, nil where the extent is undefined.
  public let branches: [Branch?]

  init(period: Int, slope: Int, branches: [Branch?]) {
    self.period = period
    self.slope = slope
    self.branches = branches
  }

  /// The size of the input itself.
  public static let input = Extent(period: 1, slope: 1, branches: [Branch(offset: 0, least: 1)])

  /// The same number for every input size.
  public static func constant(_ value: Int) -> Extent {
    Extent(period: 1, slope: 0, branches: [Branch(offset: value, least: 1)])
  }

  /// The size of an input that takes this one size only.
  public static func fixed(_ size: Int) -> Extent {
    Extent(period: 1, slope: 1, branches: [Branch(offset: 0, least: size, most: size)])
  }

  /// The number that this extent is for every input size on which it is defined, if it is one.
  public var constantValue: Int? {
    var found: Int?
    for case let branch? in branches {
      guard slope == 0 || branch.least == branch.most, let value = self(branch.least) else { return nil }
      if let found, found != value { return nil }
      found = value
    }
    return found
  }

  /// True for a size that the stage's own declaration fixes at one: the axis that broadcasts.
  public var isOne: Bool { slope == 0 && constantValue == 1 }

  /// True where no input size is valid.
  public var isEmpty: Bool { branches.allSatisfy { $0 == nil } }

  /// True where no input size above some number is valid.
  public var isFinite: Bool { branches.allSatisfy { $0 == nil || $0?.most != nil } }

  /// The extent for an input of `size` pixels, nil where it is undefined.
  public func callAsFunction(_ size: Int) -> Int? {
    guard size >= 0, let branch = branches[size % period], size >= branch.least, size <= branch.most ?? .max else {
      return nil
    }
    let (product, overflow) = slope.multipliedReportingOverflow(by: size / period)
    let (value, overflowSum) = product.addingReportingOverflow(branch.offset)
    return overflow || overflowSum ? nil : value
  }

  // MARK: Arithmetic

  public func adding(_ amount: Int) throws(Failure) -> Extent {
    try mapped { branch throws(Failure) in try Self.sum(branch.offset, amount) }
  }

  public func multiplied(by factor: Int) throws(Failure) -> Extent {
    let slope = try Self.product(self.slope, factor)
    return try mapped(slope: slope) { branch throws(Failure) in try Self.product(branch.offset, factor) }
  }

  /// The quotient rounded towards negative infinity.
  public func dividedDown(by divisor: Int) throws(Failure) -> Extent {
    let refined = try refined(by: divisor / Self.greatestCommonDivisor(slope, divisor))
    return try refined.mapped(slope: refined.slope / divisor) { branch throws(Failure) in
      Self.floorDivide(branch.offset, divisor)
    }
  }

  /// The quotient rounded towards positive infinity.
  public func dividedUp(by divisor: Int) throws(Failure) -> Extent {
    try adding(divisor - 1).dividedDown(by: divisor)
  }

  /// The sum of two extents, where both are defined.
  public func adding(_ other: Extent) throws(Failure) -> Extent {
    try combined(with: other, slope: Self.sum) { a, b throws(Failure) in try Self.sum(a, b) }
  }

  /// The difference of two extents, where both are defined.
  public func subtracting(_ other: Extent) throws(Failure) -> Extent {
    try adding(other.multiplied(by: -1))
  }

  /// The extent restricted to the input sizes on which it is at least `minimum`.
  public func requiring(atLeast minimum: Int) throws(Failure) -> Extent {
    var result: [Branch?] = []
    for (residue, branch) in branches.enumerated() {
      guard var branch else {
        result.append(nil)
        continue
      }
      let missing = try Self.sum(minimum, -branch.offset)
      if slope > 0 {
        let turns = max(0, -Self.floorDivide(-missing, slope))
        branch.least = max(branch.least, try Self.sum(Self.product(turns, period), residue))
      } else if slope < 0 {
        // slope * t >= missing: up to the turn missing / slope, which falls.
        let turns = Self.floorDivide(-missing, -slope)
        branch.most = min(branch.most ?? .max, try Self.sum(Self.product(turns, period), residue))
      } else if missing > 0 {
        result.append(nil)
        continue
      }
      result.append(branch.least <= branch.most ?? .max ? branch : nil)
    }
    return Extent(period: period, slope: slope, branches: result)
  }

  /// The extent with every value below `minimum` raised to it. Only for extents without growth (`slope` 0), such as
  /// the padding of SAME, which depends on the residue alone.
  public func clamped(atLeast minimum: Int) throws(Failure) -> Extent {
    precondition(slope == 0, "only a bounded extent can be clamped")
    return try mapped { branch throws(Failure) in max(branch.offset, minimum) }
  }

  /// The extent restricted to the input sizes on which `other` has the same value, which is what a join needs.
  /// Two extents of different growth agree on finitely many sizes at most.
  public func matching(_ other: Extent) throws(Failure) -> Extent {
    let (a, b) = try Self.aligned(self, other)
    var branches: [Branch?] = []
    for residue in 0..<a.period {
      guard let first = a.branches[residue], let second = b.branches[residue],
        var joined = first.limited(to: second)
      else {
        branches.append(nil)
        continue
      }
      let growth = try Self.sum(a.slope, -b.slope)
      let distance = try Self.sum(second.offset, -first.offset)
      if growth == 0 {
        branches.append(distance == 0 ? joined : nil)
        continue
      }
      let turn = Self.floorDivide(distance, growth)
      guard turn >= 0, turn * growth == distance else {
        branches.append(nil)
        continue
      }
      let size = try Self.sum(Self.product(turn, a.period), residue)
      guard size >= joined.least, size <= joined.most ?? .max else {
        branches.append(nil)
        continue
      }
      (joined.least, joined.most) = (size, size)
      branches.append(joined)
    }
    return Extent(period: a.period, slope: a.slope, branches: branches).reduced
  }

  /// The extent restricted to the input sizes on which `other` is defined.
  public func restricted(toDomainOf other: Extent) throws(Failure) -> Extent {
    let (a, b) = try Self.aligned(self, other)
    let branches = zip(a.branches, b.branches).map { first, second -> Branch? in
      second.flatMap { first?.limited(to: $0) }
    }
    return Extent(period: a.period, slope: a.slope, branches: branches).reduced
  }

  /// The extent with another value for each branch: `transform` receives the residue's offset. The growth stays.
  public func transformed(_ transform: (Int) throws(Failure) -> Int) throws(Failure) -> Extent {
    try mapped { branch throws(Failure) in try transform(branch.offset) }
  }

  /// The pairwise combination of two bounded extents (`slope` 0 each) or of any two with a rule for the growth.
  public func combined(
    with other: Extent, slope: (Int, Int) throws(Failure) -> Int, offset: (Int, Int) throws(Failure) -> Int
  ) throws(Failure) -> Extent {
    let (a, b) = try Self.aligned(self, other)
    var branches: [Branch?] = []
    for (first, second) in zip(a.branches, b.branches) {
      guard let first, let second, var joined = first.limited(to: second) else {
        branches.append(nil)
        continue
      }
      joined.offset = try offset(first.offset, second.offset)
      branches.append(joined)
    }
    return Extent(period: a.period, slope: try slope(a.slope, b.slope), branches: branches).reduced
  }

  /// Both extents over their least common period.
  public static func aligned(_ a: Extent, _ b: Extent) throws(Failure) -> (Extent, Extent) {
    let divisor = greatestCommonDivisor(a.period, b.period)
    return (try a.refined(by: b.period / divisor), try b.refined(by: a.period / divisor))
  }

  // MARK: Representation

  /// The same function with `factor` times the period.
  func refined(by factor: Int) throws(Failure) -> Extent {
    guard factor != 1 else { return self }
    let newPeriod = try Self.product(period, factor)
    guard newPeriod <= Self.periodLimit else { throw .periodTooLarge }
    let newSlope = try Self.product(slope, factor)
    var result: [Branch?] = []
    for residue in 0..<newPeriod {
      guard var branch = branches[residue % period] else {
        result.append(nil)
        continue
      }
      branch.offset = try Self.sum(branch.offset, try Self.product(slope, residue / period))
      result.append(branch.onResidue(residue, of: newPeriod))
    }
    return Extent(period: newPeriod, slope: newSlope, branches: result)
  }

  /// The same function with the smallest period.
  var reduced: Extent {
    for candidate in 1..<max(2, period) where period % candidate == 0 && candidate < period {
      let factor = period / candidate
      guard slope % factor == 0 else { continue }
      let merged = (0..<candidate).compactMap { self.merged($0, candidate, slope / factor) }
      if merged.count == candidate { return Extent(period: candidate, slope: slope / factor, branches: merged) }
    }
    return self
  }

  /// The branches of the residues `residue`, `residue + candidate` ... as one, which may be undefined; nil where they are
  /// not one function.
  private func merged(_ residue: Int, _ candidate: Int, _ slope: Int) -> Branch?? {
    var whole: Branch?
    for index in 0..<period / candidate {
      guard let part = branches[residue + index * candidate] else { continue }
      let offset = part.offset - slope * index
      guard let known = whole else {
        whole = Branch(offset: offset, least: part.least, most: part.most)
        continue
      }
      guard known.offset == offset else { return nil }
      whole?.least = min(known.least, part.least)
      if let most = known.most { whole?.most = part.most.map { max($0, most) } }
    }
    guard let whole else { return .some(nil) }
    for index in 0..<period / candidate {
      let place = residue + index * candidate
      let expected = whole.onResidue(place, of: period)
      guard expected?.least == branches[place]?.least, expected?.most == branches[place]?.most else { return nil }
    }
    return whole
  }

  private func mapped(
    slope: Int? = nil, _ transform: (Branch) throws(Failure) -> Int
  ) throws(Failure) -> Extent {
    var result: [Branch?] = []
    for branch in branches {
      guard var branch else {
        result.append(nil)
        continue
      }
      branch.offset = try transform(branch)
      result.append(branch)
    }
    return Extent(period: period, slope: slope ?? self.slope, branches: result).reduced
  }
}

extension Extent.Branch {
  /// The branch on those of its sizes on which `other` is defined too; nil where there is none.
  func limited(to other: Self) -> Self? {
    var result = self
    result.least = max(least, other.least)
    if let bound = other.most { result.most = min(most ?? .max, bound) }
    return result.least <= result.most ?? .max ? result : nil
  }

  /// The branch on those of its sizes that have a residue of a multiple of its period; nil where there is none.
  fileprivate func onResidue(_ residue: Int, of period: Int) -> Self? {
    var result = self
    let start = max(least, residue)
    result.least = start + Extent.remainder(residue - start, period)
    if let most {
      result.most = most - Extent.remainder(most - residue, period)
      if most < result.least { return nil }
    }
    return result
  }
}

// MARK: Numbers within bounds

extension Extent {
  /// The greatest magnitude of a number: far from where 64 bits end, so that what follows from a few of them fits.
  static let magnitudeLimit = 1 << 60

  static func checked(_ number: Int) throws(Failure) -> Int {
    guard (-magnitudeLimit...magnitudeLimit).contains(number) else { throw .overflow }
    return number
  }

  static func sum(_ a: Int, _ b: Int) throws(Failure) -> Int {
    let (result, overflow) = a.addingReportingOverflow(b)
    guard !overflow else { throw .overflow }
    return try checked(result)
  }

  static func product(_ a: Int, _ b: Int) throws(Failure) -> Int {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow else { throw .overflow }
    return try checked(result)
  }

  static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient
  }

  /// The remainder in `0..<divisor`.
  static func remainder(_ value: Int, _ divisor: Int) -> Int {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  /// The greatest number that divides both.
  public static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a.magnitude, b.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    return a > Int.max.magnitude ? 1 : max(Int(a), 1)
  }
}
