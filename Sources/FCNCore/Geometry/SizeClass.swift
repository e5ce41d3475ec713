/// The image sizes `period * t + residue` for every whole `t` (along one axis), or a single size.
///
/// On such a class every extent is a straight line in `t`, so what depends on sizes can be worked out once for all of
/// them.
public struct SizeClass: Hashable, Sendable {
  public var period: Int
  public var residue: Int
  /// The only size, where there is but one.
  public var single: Int?

  public init(period: Int, residue: Int, single: Int? = nil) {
    self.period = period
    self.residue = residue
    self.single = single
  }
}

extension Extent {
  /// The straight line `slope * t + offset` that this extent is on a class of sizes; nil where it is undefined.
  /// - Precondition: the class's period is a multiple of the extent's.
  func line(on sizes: SizeClass) -> (slope: Int, offset: Int)? {
    if let single = sizes.single { return self(single).map { (0, $0) } }
    guard let branch = branches[sizes.residue % period],
      let offset = try? Self.sum(branch.offset, Self.product(slope, sizes.residue / period)),
      let slope = try? Self.product(slope, sizes.period / period)
    else { return nil }
    return (slope, offset)
  }
}
