/// Finds the joins of a network whose inputs lie at different places.
public enum Alignment {
  /// Reports every such join as a warning: how far the values lie apart, for which sizes, where it comes from and what
  /// mends it.
  public static func check(_ graph: Graph, report: inout DiagnosticSink) {
    // Where the sizes are too many to be worked out, the verdict says so.
    guard let geometries = try? AxisGeometry.both(graph) else { return }
    check(graph, geometries, report: &report)
  }

  /// The same where the geometries of the outputs are known.
  public static func check(_ graph: Graph, _ geometries: [Axis: AxisGeometry], report: inout DiagnosticSink) {
    var found: [Int: [Misalignment]] = [:]
    for geometry in Axis.allCases.compactMap({ geometries[$0] }) {
      for misalignment in geometry.misalignments() { found[misalignment.node, default: []].append(misalignment) }
    }
    for (_, misalignments) in found.sorted(by: { $0.key < $1.key }) {
      // One finding a join: the farthest input of each axis stands for the others.
      let worst = Axis.allCases.compactMap { axis in
        misalignments.filter { $0.axis == axis }.max { $0.greatest < $1.greatest }
      }
      if let finding = MisalignmentFinding(graph, geometries, worst)?.diagnostic { report.report(finding) }
    }
  }
}

/// The words of one finding.
private struct MisalignmentFinding {
  let graph: Graph
  let geometries: [Axis: AxisGeometry]
  let first: Misalignment
  let all: [Misalignment]

  init?(_ graph: Graph, _ geometries: [Axis: AxisGeometry], _ all: [Misalignment]) {
    guard let first = all.first else { return nil }
    (self.graph, self.geometries, self.all) = (graph, geometries, all)
    self.first = first
  }

  var diagnostic: Diagnostic {
    let node = graph.nodes[first.node]
    let (input, reference) = (node.inputs[first.input], node.inputs[first.reference])
    let names = (graph.values[input].name, graph.values[reference].name)
    let subject = names.0 == names.1 ? "its input \(first.input + 1)" : "`\(names.0)`"
    let object = names.0 == names.1 ? "input \(first.reference + 1)" : "`\(names.1)`"
    let labels = [reference, input].compactMap { id in
      graph.values[id].range.map { Diagnostic.Label($0, "`\(graph.values[id].name)`: \(placeText(id))") }
    }
    return Diagnostic(
      .misalignedJoin,
      "`\(graph.stageName(first.node))` joins values that do not lie at one place: "
        + distanceText(subject, object),
      at: node.origin.range, severity: .warning,
      related: labels + node.origin.instances.reversed().map { Diagnostic.Label($0, "in this use of a definition") },
      notes: [shiftText(input), shiftText(reference)].compactMap { $0 }, help: help)
  }

  // MARK: Distances

  private func distanceText(_ subject: String, _ object: String) -> String {
    guard all.count == 2, all[0].signature == all[1].signature,
      all[0].input == all[1].input, all[0].reference == all[1].reference
    else { return all.map { text($0, [$0.axis], subject, object) }.joined(separator: "; and ") }
    return text(first, [.rows, .columns], subject, object)
  }

  private func text(_ misalignment: Misalignment, _ axes: [Axis], _ subject: String, _ object: String) -> String {
    let likewise = axes.count > 1 ? " (W likewise)" : ""
    guard misalignment.distances.count == 1, let (distance, sizes) = misalignment.distances.first else {
      let exceptions = exceptions(misalignment)
      return "\(subject) lies up to \(pixels(misalignment.greatest)) away from \(object)"
        + (exceptions.isEmpty ? "" : exceptions + likewise)
    }
    let condition =
      misalignment.isForAllSizes ? "" : ", where \(domain(sizes, misalignment.axis))" + likewise
    switch distance {
    case .exactly(let distance):
      return "\(subject) lies \(pixels(distance.magnitude)) further \(directions(axes, distance > .zero)) than "
        + object + condition
    case .between(let low, let high):
      return "\(subject) lies up to \(pixels(max(low.magnitude, high.magnitude))) away from \(object)\(condition)"
    case .growing(let one, let other):
      return "the positions of \(subject) are \(pixels(other)) apart, those of \(object) \(pixels(one))\(condition)"
    }
  }

  /// For which sizes all is well, where there are many distances.
  private func exceptions(_ misalignment: Misalignment) -> String {
    guard !misalignment.isForAllSizes, let geometry = geometries[misalignment.axis] else { return "" }
    let apart = Set(misalignment.distances.flatMap(\.sizes))
    let together = geometry.classes.flatMap(\.sizes).filter { !apart.contains($0) }
    return together.isEmpty ? "" : ", except where \(domain(together, misalignment.axis))"
  }

  private func domain(_ sizes: [SizeClass], _ axis: Axis) -> String {
    geometries[axis]?.sizes(sizes).domain(of: axis.variable) ?? ""
  }

  private func pixels(_ number: Rational) -> String { "\(number) pixel\(number <= Rational(1) ? "" : "s")" }

  private func directions(_ axes: [Axis], _ isForward: Bool) -> String {
    axes.map { $0 == .rows ? (isForward ? "down" : "up") : (isForward ? "right" : "left") }
      .joined(separator: " and ")
  }

  // MARK: Reasons

  /// Where the positions of a value lie: `position i lies at 2*i + 1/2`.
  private func placeText(_ id: Graph.ValueID) -> String {
    let places = geometries[first.axis]?.classes.map { $0.places[id] } ?? []
    guard let place = places.first.flatMap({ $0 }) else { return "it has no place" }
    let sign = place.low < .zero ? "-" : "+"
    let scale = place.scale == Rational(1) ? "i" : "\(place.scale)·i"
    let depends = place.offset == nil || Set(places).count > 1
    let offset =
      depends
      ? " + an offset that depends on the size" : place.low == .zero ? "" : " \(sign) \(place.low.magnitude)"
    return "position i lies at \(scale)\(offset)"
  }

  /// The stages on the way to a value that move what they give by a part of a pixel.
  private func shiftText(_ id: Graph.ValueID) -> String? {
    guard let sizes = geometries[first.axis]?.classes.first else { return nil }
    let producers = graph.producers
    var shifts: [String] = []
    var current = id
    while let index = producers[current] {
      let node = graph.nodes[index]
      let position =
        sizes.joins[index]?.reference
        ?? sizes.reads[index].firstIndex { reads in
          (try? reads?.place()) != nil
        }
      guard let position, let outer = sizes.places[node.inputs[position]] else { break }
      if let reads = sizes.reads[index][position], let inner = try? reads.place(), inner.low != .zero,
        let shift = try? outer.scale * inner.low
      {
        let place = node.origin.range.map { " (line \($0.start.line))" } ?? ""
        shifts.append("`\(graph.stageName(index))`\(place) by \(shift)")
      }
      current = node.inputs[position]
    }
    guard !shifts.isEmpty else { return nil }
    let listed = shifts.reversed().suffix(6)
    return "`\(graph.values[id].name)` is moved by " + listed.joined(separator: ", ")
      + (shifts.count > listed.count ? " and others before" : "")
  }

  private var help: String {
    if !first.isForAllSizes {
      return "leave those sizes out (`round: exact` for the pools), or pad so that no row is dropped"
    }
    guard case .exactly(let distance)? = first.distances.first?.distance, first.distances.count == 1 else {
      return "enlarge by a fixed `factor`, and accept only sizes for which it fits"
    }
    let scale = geometries[first.axis]?.classes.first?.places[graph.nodes[first.node].outputs[0]]?.scale
    if let scale, let positions = try? distance / scale, positions.isInteger {
      return "cut the larger one with `crop(align: ...)`, which finds the offset, or mend the padding by \(positions)"
    }
    return "shrink and enlarge by the same kind: `maxpool(2)` or an even kernel with nearest, `grid: half_pixel` or "
      + "`deconv`; an odd kernel with a stride of 2 with `grid: align_corners` or bilinear `grid: asymmetric`"
  }
}

extension Misalignment {
  /// The greatest distance, in input pixels.
  fileprivate var greatest: Rational {
    distances.map { entry in
      switch entry.distance {
      case .exactly(let distance): distance.magnitude
      case .between(let low, let high): max(low.magnitude, high.magnitude)
      case .growing: Rational(Extent.magnitudeLimit)
      }
    }.max() ?? .zero
  }

  /// What is the same for both axes where they are treated alike.
  fileprivate var signature: [Distance: [SizeClass]] {
    Dictionary(distances.map { ($0.distance, $0.sizes) }) { first, _ in first }
  }
}
