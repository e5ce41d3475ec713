/// A quasi-affine function of an input size `n = period * t + r`: `slope * t + offsets[r]` from `leasts[r]` to
/// `mosts[r]`; a residue with a negative `least` is undefined.
public struct ExtentTable: Sendable {
  public var period: Int
  public var slope: Int
  public var offsets: [Int]
  public var leasts: [Int]
  /// `Int.max` where there is no greatest size.
  public var mosts: [Int]

  public init(period: Int, slope: Int, offsets: [Int], leasts: [Int], mosts: [Int]) {
    self.period = period
    self.slope = slope
    self.offsets = offsets
    self.leasts = leasts
    self.mosts = mosts
  }

  /// Defined for every size from 1 on.
  public static let everySize = ExtentTable(period: 1, slope: 0, offsets: [1], leasts: [1], mosts: [.max])

  /// Whether it is defined for every size from 1 on.
  var isEverySize: Bool { period == 1 && (0...1).contains(leasts[0]) && mosts[0] == .max }

  public func isDefined(at size: Int) -> Bool {
    let residue = size % period
    return size > 0 && leasts[residue] >= 0 && size >= leasts[residue] && size <= mosts[residue]
  }

  /// The value for an input size, nil where there is none or it is beyond any picture.
  public func value(at size: Int) -> Int? {
    guard isDefined(at: size) else { return nil }
    let (product, overflow) = slope.multipliedReportingOverflow(by: size / period)
    guard !overflow, (-Self.limit...Self.limit).contains(product) else { return nil }
    return product + offsets[size % period]
  }

  /// The greatest size below another for which there is a value.
  public func nearest(below size: Int) -> Int? {
    var best: Int?
    for residue in 0..<period where leasts[residue] >= 0 {
      let highest = min(size - 1, mosts[residue])
      guard highest >= residue else { continue }
      let candidate = highest - (highest - residue) % period
      if candidate >= max(leasts[residue], 1) { best = max(best ?? 0, candidate) }
    }
    return best
  }

  /// The least size above another for which there is a value; nil where there is none within reach of any picture.
  public func nearest(above size: Int) -> Int? {
    var best: Int?
    for residue in 0..<period where leasts[residue] >= 0 {
      let lowest = max(size + 1, leasts[residue], residue, 1)
      guard lowest <= Self.limit else { continue }
      let gap = (lowest - residue) % period
      let candidate = gap == 0 ? lowest : lowest + period - gap
      if candidate <= mosts[residue] { best = min(best ?? .max, candidate) }
    }
    return best
  }

  private static let limit = 1 << 40
}
