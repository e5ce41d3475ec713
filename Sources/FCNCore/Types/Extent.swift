/// The height or width of a value as an exact function of the input's: quasi-affine, for every input size at once.
///
/// For an input size `n = period * t + r` the extent is `slope * t + offset[r]`, on the residues `r` where it is
/// defined and from a least `n` on (one per residue). These functions are closed under everything that a stage
/// does to a size: convolution and pooling with floor or ceil, SAME, transposed convolution, rational resize, crop
/// and pad. So a question about every image size has a finite, exact answer.
public struct Extent: Hashable, Sendable {
  /// What the function is on one residue of the input size.
  public struct Branch: Hashable, Sendable {
    public var offset: Int
    /// The smallest input size of this residue on which the extent is defined.
    public var least: Int
  }

  /// Why an extent could not be represented.
  public enum Failure: Error, Sendable {
    /// The sizes repeat only after more than `Extent.periodLimit` pixels.
    case periodTooLarge
    /// A number left the range of 64 bits.
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

  /// The number that this extent is for every input size on which it is defined, if it is one.
  public var constantValue: Int? {
    guard slope == 0 else { return nil }
    let values = Set(branches.compactMap { $0?.offset })
    return values.count == 1 ? values.first : nil
  }

  /// True for a size that the stage's own declaration fixes at one: the axis that broadcasts.
  public var isOne: Bool { constantValue == 1 }

  /// True where no input size is valid.
  public var isEmpty: Bool { branches.allSatisfy { $0 == nil } }

  /// The extent for an input of `size` pixels, nil where it is undefined.
  public func callAsFunction(_ size: Int) -> Int? {
    guard size >= 0, let branch = branches[size % period], size >= branch.least else { return nil }
    return slope * (size / period) + branch.offset
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
    let branches = branches.enumerated().map { residue, branch -> Branch? in
      guard var branch else { return nil }
      if slope > 0 {
        let turns = max(0, Self.floorDivide(minimum - branch.offset + slope - 1, slope))
        branch.least = max(branch.least, turns * period + residue)
        return branch
      }
      return slope == 0 && branch.offset >= minimum ? branch : nil
    }
    return Extent(period: period, slope: slope, branches: branches)
  }

  /// The extent with every value below `minimum` raised to it. Only for extents without growth (`slope` 0), such as
  /// the padding of SAME, which depends on the residue alone.
  public func clamped(atLeast minimum: Int) throws(Failure) -> Extent {
    precondition(slope == 0, "only a bounded extent can be clamped")
    return try mapped { branch throws(Failure) in max(branch.offset, minimum) }
  }

  /// The extent restricted to the input sizes on which `other` has the same value, which is what a join needs.
  /// Two extents of different growth agree at finitely many sizes at most: the result is empty then.
  public func matching(_ other: Extent) throws(Failure) -> Extent {
    let (a, b) = try Self.aligned(self, other)
    let branches = zip(a.branches, b.branches).map { first, second -> Branch? in
      guard let first, let second, a.slope == b.slope, first.offset == second.offset else { return nil }
      return Branch(offset: first.offset, least: max(first.least, second.least))
    }
    return Extent(period: a.period, slope: a.slope, branches: branches).reduced
  }

  /// The extent restricted to the input sizes on which `other` is defined.
  public func restricted(toDomainOf other: Extent) throws(Failure) -> Extent {
    let (a, b) = try Self.aligned(self, other)
    let branches = zip(a.branches, b.branches).map { first, second -> Branch? in
      guard let first, let second else { return nil }
      return Branch(offset: first.offset, least: max(first.least, second.least))
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
      guard let first, let second else {
        branches.append(nil)
        continue
      }
      branches.append(
        Branch(offset: try offset(first.offset, second.offset), least: max(first.least, second.least)))
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
      guard let branch = branches[residue % period] else {
        result.append(nil)
        continue
      }
      let offset = try Self.sum(branch.offset, try Self.product(slope, residue / period))
      var least = max(branch.least, residue)
      // The least size of this residue class at or above the old bound.
      least += ((residue - least) % newPeriod + newPeriod) % newPeriod
      result.append(Branch(offset: offset, least: least))
    }
    return Extent(period: newPeriod, slope: newSlope, branches: result)
  }

  /// The same function with the smallest period.
  var reduced: Extent {
    for candidate in 1..<max(2, period) where period % candidate == 0 && candidate < period {
      let factor = period / candidate
      guard slope % factor == 0 else { continue }
      let smallSlope = slope / factor
      var merged: [Branch?] = []
      for residue in 0..<candidate {
        let parts = (0..<factor).map { branches[residue + $0 * candidate] }
        if parts.allSatisfy({ $0 == nil }) {
          merged.append(nil)
          continue
        }
        guard let first = parts[0] else { break }
        let least = parts.compactMap { $0?.least }.min() ?? 0
        let agrees = parts.enumerated().allSatisfy { index, part in
          guard let part else { return false }
          let start = residue + index * candidate
          let expected = max(start, least + ((start - least) % period + period) % period)
          return part.offset == first.offset + smallSlope * index && part.least == expected
        }
        guard agrees else { break }
        merged.append(Branch(offset: first.offset, least: least))
      }
      if merged.count == candidate {
        return Extent(period: candidate, slope: smallSlope, branches: merged)
      }
    }
    return self
  }

  private func mapped(
    slope: Int? = nil, _ transform: (Branch) throws(Failure) -> Int
  ) throws(Failure) -> Extent {
    var result: [Branch?] = []
    for branch in branches {
      guard let branch else {
        result.append(nil)
        continue
      }
      result.append(Branch(offset: try transform(branch), least: branch.least))
    }
    return Extent(period: period, slope: slope ?? self.slope, branches: result).reduced
  }

  private static func sum(_ a: Int, _ b: Int) throws(Failure) -> Int {
    let (result, overflow) = a.addingReportingOverflow(b)
    guard !overflow else { throw .overflow }
    return result
  }

  private static func product(_ a: Int, _ b: Int) throws(Failure) -> Int {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow else { throw .overflow }
    return result
  }

  static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient
  }

  static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (abs(a), abs(b))
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}
