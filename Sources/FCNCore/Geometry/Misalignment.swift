/// An input of a stage that lies at another place than the input it is joined with.
public struct Misalignment: Sendable {
  /// How far it lies further down (or to the right), in pixels of the network's first input.
  public enum Distance: Hashable, Sendable {
    case exactly(Rational)
    /// Between two numbers, by where in the image.
    case between(Rational, Rational)
    /// One position of it is as many input pixels as the second number says, of the other as many as the first.
    case growing(Rational, Rational)
  }

  /// The position of the node in the graph.
  public var node: Int
  /// The positions, among the node's inputs, of the one that decides the place and of the one that lies elsewhere.
  public var reference: Int
  public var input: Int
  public var axis: Axis
  /// Every distance, with the sizes for which it is so; sizes for which the inputs lie at one place are not listed.
  public var distances: [(distance: Distance, sizes: [SizeClass])]
  /// True where it is so for every size that is accepted.
  public var isForAllSizes: Bool
}

extension AxisGeometry {
  /// The joins whose inputs do not lie at one place, in the order of the nodes.
  public func misalignments() -> [Misalignment] {
    struct Key: Hashable {
      var node: Int
      var reference: Int
      var input: Int
    }
    var found: [Key: [(distance: Misalignment.Distance, sizes: [SizeClass])]] = [:]
    for sizes in classes {
      for (node, join) in sizes.joins {
        guard let reference = join.places[join.reference] else { continue }
        for (input, place) in join.places.enumerated() where input != join.reference {
          guard let place, let distance = reference.distance(to: place) else { continue }
          let key = Key(node: node, reference: join.reference, input: input)
          if let index = found[key]?.firstIndex(where: { $0.distance == distance }) {
            found[key]?[index].sizes += sizes.sizes
          } else {
            found[key, default: []].append((distance, sizes.sizes))
          }
        }
      }
    }
    let all = classes.reduce(0) { $0 + $1.sizes.count }
    return found.map { key, distances in
      Misalignment(
        node: key.node, reference: key.reference, input: key.input, axis: axis, distances: distances,
        isForAllSizes: distances.reduce(0) { $0 + $1.sizes.count } == all)
    }.sorted { ($0.node, $0.input) < ($1.node, $1.input) }
  }

  /// The sizes of some classes, as an extent that is defined for them.
  func sizes(_ sizes: [SizeClass]) -> Extent {
    let residues = Set(sizes.map(\.residue))
    let branches = (0..<period).map { residue -> Extent.Branch? in
      guard residues.contains(residue), var branch = domain.branches[residue % domain.period] else { return nil }
      branch.least += Extent.remainder(residue - branch.least, period)
      if let most = branch.most { branch.most = most - Extent.remainder(most - residue, period) }
      branch.offset = 0
      return branch
    }
    return Extent(period: period, slope: 0, branches: branches).reduced
  }
}

extension Place {
  /// How far `other` lies further on; nil where it lies at the same place.
  fileprivate func distance(to other: Place) -> Misalignment.Distance? {
    if self == other { return nil }
    guard scale == other.scale else { return .growing(scale, other.scale) }
    if let offset, let further = other.offset, let distance = try? further - offset { return .exactly(distance) }
    guard let low = try? other.low - high, let high = try? other.high - self.low else { return nil }
    return .between(low, high)
  }
}
