import FCNRuntime

extension EdgeTable {
  /// Which positions of some values have seen an edge of the image along an axis, for every size.
  ///
  /// For each remainder of the size one image is looked at, large enough that its middle sees no edge: how many positions
  /// at an end see an edge is the same in all larger ones. Where a value has positions whose spacing follows from the
  /// size of the image, or is not local, it may be all of them.
  /// - Returns: a table for each value; nil where the geometry is not known.
  static func tables(of values: [Graph.ValueID], in graph: Graph, _ axis: Axis) -> [EdgeTable]? {
    guard let geometry = try? AxisGeometry(graph, axis, of: values) else { return nil }
    let fields = values.map { geometry.receptiveField(of: $0, in: graph) }
    let reaches = fields.map { field in
      field.map { max($0.halo.before, $0.halo.after) }.map {
        Int((Double($0.numerator) / Double($0.denominator)).rounded(.up))
      }
    }
    let reach = reaches.compactMap { $0 }.max() ?? 256
    let wanted = 2 * reach + 4 * geometry.period + 16
    let work = Double(wanted) * Double(max(geometry.nodes.count, 1)) * Double(geometry.period)
    var bands = values.map { _ in [Band](repeating: .all, count: work > workLimit ? 1 : geometry.period) }
    if work <= workLimit {
      for residue in 0..<geometry.period {
        guard let size = geometry.size(residue: residue, near: wanted),
          let found = try? touchedBands(of: values, in: graph, axis, size: size)
        else { continue }
        for index in values.indices { bands[index][residue] = found[index] }
      }
    }
    return values.indices.map { index in
      let whole = reaches[index] == nil || bands[index].contains(.all)
      return EdgeTable(merged(bands[index]), reach: whole ? nil : reaches[index])
    }
  }

  /// How many positions of nodes may be looked at; beyond, every position counts as having seen an edge.
  private static let workLimit = 5e7

  /// The bands by the residues of the shortest period that tells them apart.
  private static func merged(_ bands: [Band]) -> [Band] {
    let divisors = (1...bands.count).lazy.filter { bands.count % $0 == 0 }
    let period = divisors.first { period in bands.indices.allSatisfy { bands[$0] == bands[$0 % period] } }
    return Array(bands.prefix(period ?? bands.count))
  }

  /// Follows from the input on which positions have seen an edge.
  private static func touchedBands(
    of values: [Graph.ValueID], in graph: Graph, _ axis: Axis, size: Int
  ) throws(Extent.Failure) -> [Band] {
    let geometry = try AxisGeometry(graph, axis, of: values, size: size)
    let reads = geometry.classes.first?.reads ?? []
    var touched = graph.values.map { value in
      [Bool](repeating: false, count: max(0, value.type[keyPath: axis.extent](size) ?? 0))
    }
    for index in geometry.nodes {
      let node = graph.nodes[index]
      for (position, input) in node.inputs.enumerated() {
        guard let reads = reads[index][position] else {
          for output in node.outputs { touched[output] = touched[output].map { _ in true } }
          continue
        }
        if reads.isUnread { continue }
        let isAnyTouched = touched[input].contains(true)
        if reads.isWhole {
          if isAnyTouched { for output in node.outputs { touched[output] = touched[output].map { _ in true } } }
          continue
        }
        let count = touched[input].count
        let length = node.outputs.map { touched[$0].count }.max() ?? 0
        for place in 0..<length {
          var positions = PositionSet()
          reads.insert(readsOf: place...place, into: &positions)
          guard let hull = positions.hull else { continue }
          var isTouched = hull.lowerBound < 0 || hull.upperBound >= count
          if !isTouched, isAnyTouched {
            positions.forEachRun { run in
              if touched[input][run].contains(true) { isTouched = true }
            }
          }
          guard isTouched else { continue }
          for output in node.outputs where place < touched[output].count { touched[output][place] = true }
        }
      }
    }
    return values.map { value in
      guard let first = touched[value].firstIndex(of: false), let last = touched[value].lastIndex(of: false) else {
        return .all
      }
      return .ends(before: first, after: touched[value].count - 1 - last)
    }
  }
}

extension AxisGeometry {
  /// A size of a remainder for which everything is defined: the first from `wanted` on, or else the last before.
  fileprivate func size(residue: Int, near wanted: Int) -> Int? {
    let start = wanted - wanted % period + residue
    for step in 0..<4 where domain(start + step * period) != nil { return start + step * period }
    return stride(from: start - period, to: 0, by: -period).first { domain($0) != nil }
  }
}
