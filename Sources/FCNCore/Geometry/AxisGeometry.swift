/// The geometry of a network along one axis: what every node reads and where every value lies, for every image size.
///
/// The sizes fall into finitely many classes within which all of this is the same, or the same function of the size.
public struct AxisGeometry: Sendable {
  /// Sizes for which every node reads the same.
  public struct Class: Sendable {
    /// The residues modulo `AxisGeometry.period`, or the single sizes, in ascending order.
    public var sizes: [SizeClass]
    /// For each node and each of its inputs what is read; nil where that grows without bound, and for nodes that are
    /// not looked at.
    public var reads: [[AxisReads?]]
    /// For each value where it lies; nil where it has no place: one pixel for the whole image.
    public var places: [Place?]
    /// The nodes that join values with a place.
    public var joins: [Int: Join]

    /// The nodes that join values of different scales: what they read drifts apart with the distance from the edge.
    public var divergingNodes: Set<Int> { Set(joins.filter { $0.value.isDiverging }.keys) }
  }

  /// Where the output of a node lies by each of its inputs.
  public struct Join: Hashable, Sendable {
    /// The input whose place the output takes: the one that sees least, because it holds the detail.
    public var reference: Int
    /// For each input; nil where it has no place.
    public var places: [Place?]

    var isDiverging: Bool { Set(places.compactMap { $0?.scale }).count > 1 }
  }

  public let axis: Axis
  /// The values that were asked about.
  public let roots: [Graph.ValueID]
  /// The nodes that they depend on, in order.
  public let nodes: [Int]
  /// The sizes for which all of them are defined.
  public let domain: Extent
  public let period: Int
  public let classes: [Class]

  /// - Parameters:
  ///   - graph: as the author wrote it: passes may fuse stages into others.
  ///   - roots: the values whose ancestors are looked at; the outputs where nil.
  ///   - size: for this image size only; nil for all.
  /// - Throws: where the sizes repeat only after too many pixels, or numbers get too large.
  public init(
    _ graph: Graph, _ axis: Axis, of roots: [Graph.ValueID]? = nil, size: Int? = nil
  ) throws(Extent.Failure) {
    let roots = roots ?? graph.outputs.map(\.value)
    let isAncestor = graph.ancestors(of: roots)
    let nodes = graph.nodes.indices.filter { isAncestor[$0] }
    var domain = size.map(Extent.fixed) ?? .input
    for root in roots { domain = try domain.restricted(toDomainOf: graph.values[root].type[keyPath: axis.extent]) }
    let accesses = graph.nodes.indices.map { index in
      isAncestor[index] ? graph.accesses(of: index).map(axis.access) : []
    }
    let extents = graph.inputs.map(\.value) + nodes.flatMap { graph.nodes[$0].outputs }
    var period = domain.period
    if size == nil {
      for id in extents { period = try Self.common(period, graph.values[id].type[keyPath: axis.extent].period) }
      for case .window(let window) in nodes.flatMap({ accesses[$0] }) {
        period = try Self.common(period, window.offset.period)
      }
    }
    guard period * max(1, nodes.count) <= Self.workLimit else { throw .periodTooLarge }
    (self.axis, self.roots, self.nodes, self.domain, self.period) = (axis, roots, nodes, domain, period)
    classes = try Self.classes(graph, axis, nodes, accesses, domain: domain, period: period)
  }

  /// The same along the other axis, for a network in which both are alike.
  private init(_ other: AxisGeometry, along axis: Axis) {
    self.axis = axis
    (roots, nodes, domain) = (other.roots, other.nodes, other.domain)
    (period, classes) = (other.period, other.classes)
  }

  /// The geometries along both axes; where they are alike it is worked out once.
  /// - Throws: as `init` does.
  public static func both(
    _ graph: Graph, of roots: [Graph.ValueID]? = nil
  ) throws(Extent.Failure) -> [Axis: AxisGeometry] {
    let rows = try AxisGeometry(graph, .rows, of: roots)
    let isAlike = rows.nodes.allSatisfy { index in
      graph.nodes[index].outputs.allSatisfy { graph.values[$0].type.height == graph.values[$0].type.width }
        && graph.accesses(of: index).allSatisfy { $0.rows == $0.columns }
    }
    let inputsAreAlike = graph.inputs.allSatisfy { input in
      graph.values[input.value].type.height == graph.values[input.value].type.width
    }
    let columns =
      isAlike && inputsAreAlike ? AxisGeometry(rows, along: .columns) : try AxisGeometry(graph, .columns, of: roots)
    return [.rows: rows, .columns: columns]
  }

  private static func common(_ a: Int, _ b: Int) throws(Extent.Failure) -> Int {
    let period = a / Extent.greatestCommonDivisor(a, b) * b
    guard period <= Extent.periodLimit else { throw .periodTooLarge }
    return period
  }

  private static func classes(
    _ graph: Graph, _ axis: Axis, _ nodes: [Int], _ accesses: [[AxisAccess]], domain: Extent, period: Int
  ) throws(Extent.Failure) -> [Class] {
    struct Key: Hashable {
      var reads: [[AxisReads?]]
      var inputs: [Place?]
    }
    var known: [Key: Int] = [:]
    var classes: [Class] = []
    // There may be very many residues: nothing large is copied for each.
    let extents = graph.values.map { $0.type[keyPath: axis.extent] }
    let inputIDs = graph.nodes.map(\.inputs)
    let outputIDs = graph.nodes.map { $0.outputs[0] }
    for residue in 0..<period {
      guard let branch = domain.branches[residue % domain.period] else { continue }
      let isSingle = branch.least == branch.most
      if isSingle, branch.least % period != residue { continue }
      let sizes = SizeClass(period: period, residue: residue, single: isSingle ? branch.least : nil)
      var reads = [[AxisReads?]](repeating: [], count: graph.nodes.count)
      for index in nodes {
        for (position, access) in accesses[index].enumerated() {
          reads[index].append(
            try access.reads(
              input: extents[inputIDs[index][position]], output: extents[outputIDs[index]], on: sizes))
        }
      }
      let inputs = try graph.inputPlaces(axis, on: sizes)
      if let index = known[Key(reads: reads, inputs: inputs)] {
        classes[index].sizes.append(sizes)
        continue
      }
      known[Key(reads: reads, inputs: inputs)] = classes.count
      var placement = Placement(graph, inputs: inputs)
      for index in nodes { try placement.place(index, reads: reads[index]) }
      classes.append(
        Class(sizes: [sizes], reads: reads, places: placement.places, joins: placement.joins))
    }
    return classes
  }
}

/// Places given to values, one node after the other.
private struct Placement {
  let graph: Graph
  var places: [Place?]
  var joins: [Int: AxisGeometry.Join] = [:]
  /// Roughly how far from its place a position sees, in input pixels.
  private var reaches: [Double]

  init(_ graph: Graph, inputs: [Place?]) {
    self.graph = graph
    places = Array(repeating: nil, count: graph.values.count)
    reaches = Array(repeating: 0, count: graph.values.count)
    for (input, place) in zip(graph.inputs, inputs) { places[input.value] = place }
  }

  /// The outputs of a node lie where its inputs say. Where they disagree, the input that sees least decides.
  mutating func place(_ index: Int, reads: [AxisReads?]) throws(Extent.Failure) {
    let node = graph.nodes[index]
    var join = AxisGeometry.Join(reference: 0, places: [])
    var least = Double.infinity
    var greatest = 0.0
    for (position, (input, reads)) in zip(node.inputs, reads).enumerated() {
      guard let outer = places[input], let reads, let inner = try reads.place() else {
        join.places.append(nil)
        continue
      }
      join.places.append(try outer.followed(by: inner))
      var positions = PositionSet()
      reads.insert(readsOf: 0...0, into: &positions)
      let span = positions.hull.map { Double($0.upperBound - $0.lowerBound) } ?? 0
      let reach = reaches[input] + span / 2 * Double(outer.scale.numerator) / Double(outer.scale.denominator)
      greatest = max(greatest, reach)
      if reach < least { (least, join.reference) = (reach, position) }
    }
    for output in node.outputs {
      places[output] = join.places.isEmpty ? nil : join.places[join.reference]
      reaches[output] = greatest
    }
    if join.places.count(where: { $0 != nil }) > 1 { joins[index] = join }
  }
}

extension Graph {
  /// Where the inputs lie: the first one is the measure, a pixel of another covers its share of the image.
  fileprivate func inputPlaces(_ axis: Axis, on sizes: SizeClass) throws(Extent.Failure) -> [Place?] {
    let share = AxisAccess.resample(Resample(interpolation: .bilinear, grid: .halfPixel, rounding: .floor))
    var places: [Place?] = []
    for (index, input) in inputs.enumerated() {
      let size = values[input.value].type[keyPath: axis.extent]
      places.append(index == 0 ? .input : try share.reads(input: .input, output: size, on: sizes)?.place())
    }
    return places
  }
}
