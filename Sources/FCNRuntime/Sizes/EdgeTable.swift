/// Which positions of an output have seen what lies beyond the edges of the image along one axis: padding, repeated or
/// missing pixels. Such a position would perhaps be another in a larger image.
public struct EdgeTable: Sendable {
  public enum Band: Equatable, Sendable {
    /// Every position has.
    case all
    /// So many positions at the begin and at the end have.
    case ends(before: Int, after: Int)
  }

  /// For the size `n`, the positions at `n` modulo their count; empty where no position has seen an edge.
  public var bands: [Band]
  /// So many input pixels behind its place a position sees at most; nil where it may see the whole image.
  public var reach: Int?

  public init(_ bands: [Band], reach: Int?) {
    self.bands = bands
    self.reach = reach
  }

  /// Whether an edge has had an influence on every position, whatever the size.
  var touchesAll: Bool { !bands.isEmpty && bands.allSatisfy { $0 == .all } }

  /// For each of `count` positions whether it has seen neither an edge nor pixels that an image was padded with.
  func isUntouched(count: Int, places: PlaceTable, axis: FittedAxis) -> [Bool] {
    var result = [Bool](repeating: true, count: count)
    if !bands.isEmpty {
      switch bands[axis.size % bands.count] {
      case .all: return [Bool](repeating: false, count: count)
      case .ends(let before, let after):
        for position in 0..<count where position < before || position >= count - after { result[position] = false }
      }
    }
    guard axis.size > axis.given, !places.places.isEmpty else { return result }
    guard let reach, case .line(let scale, let offset, let denominator) = places.places[axis.size % places.places.count]
    else { return [Bool](repeating: false, count: count) }
    for position in 0..<count where scale * position + offset + reach * denominator > (axis.given - 1) * denominator {
      result[position] = false
    }
    return result
  }
}
