import FCNRuntime

extension SizeRules {
  /// The size rules of a network.
  /// - Parameter graph: as the author wrote it: a pass may have removed the stage that a rule comes from.
  /// - Throws: where the accepted sizes repeat only after too many pixels.
  public init(of graph: Graph) throws(Extent.Failure) {
    self.init(rows: try AxisRules(of: graph, .rows), columns: try AxisRules(of: graph, .columns))
  }
}

extension AxisRules {
  fileprivate init(of graph: Graph, _ axis: Axis) throws(Extent.Failure) {
    var domain = Extent.constant(1)
    var conditions: [Condition] = []
    // What a stage leaves of the sizes that all before it accept: the stage is told where that is less.
    func restrict(to extent: Extent, _ subject: () -> String) throws(Extent.Failure) {
      let remaining = try domain.restricted(toDomainOf: extent)
      guard remaining != domain else { return }
      domain = remaining
      conditions.append(
        Condition(
          subject: subject(), domain: ExtentTable(try Extent.constant(1).restricted(toDomainOf: extent)),
          text: extent.domain(of: axis.variable)))
    }
    for input in graph.inputs {
      try restrict(to: graph.values[input.value].type[keyPath: axis.extent]) {
        "input `\(input.description.name)`" + Self.place(input.range)
      }
    }
    let isLive = graph.liveNodes
    for (index, node) in graph.nodes.enumerated() where isLive[index] {
      for output in node.outputs {
        try restrict(to: graph.values[output].type[keyPath: axis.extent]) { Self.subject(node, graph) }
      }
    }
    // Without the geometry an output counts as spread over the image.
    let geometry = try? AxisGeometry(graph, axis)
    let edges = EdgeTable.tables(of: graph.outputs.map(\.value), in: graph, axis)
    self.init(
      domain: ExtentTable(domain), text: domain.domain(of: axis.variable), conditions: conditions,
      outputs: graph.outputs.enumerated().map { index, output in
        let extent = graph.values[output.value].type[keyPath: axis.extent]
        return Output(
          formula: extent.formula(of: axis.variable), places: PlaceTable(of: output.value, extent, geometry),
          edges: edges?[index] ?? EdgeTable([.all], reach: nil))
      })
  }

  /// How many inputs of a stage are named.
  private static let namedInputs = 4

  /// `` `concat` of `up4` and `skip4` (unet.fcn:22:14) ``
  private static func subject(_ node: Graph.Node, _ graph: Graph) -> String {
    var names = node.inputs.prefix(namedInputs).map { "`\(graph.values[$0].name)`" }
    if node.inputs.count > namedInputs { names.append("\(node.inputs.count - namedInputs) more") }
    let last = names.popLast() ?? ""
    let list = names.isEmpty ? last : names.joined(separator: ", ") + " and " + last
    return "`\(type(of: node.stage).signature.name)` of \(list)" + place(node.origin.range, node.origin.instances)
  }

  /// The place in the text, without the folder: where the network was compiled is nobody's business.
  private static func place(_ range: SourceRange?, _ instances: [SourceRange] = []) -> String {
    func text(_ range: SourceRange) -> String {
      let file = range.file.path.split(separator: "/").last ?? "<stdin>"
      return "\(file):\(range.start.line):\(range.start.column)"
    }
    guard let range else { return "" }
    return " (\(text(range))" + (instances.first.map { ", used at \(text($0))" } ?? "") + ")"
  }
}

extension PlaceTable {
  fileprivate init(of value: Graph.ValueID, _ extent: Extent, _ geometry: AxisGeometry?) {
    let unplaced = extent.constantValue == nil ? Place.proportional : .whole
    guard let geometry else {
      self.init([unplaced])
      return
    }
    var places = [Place?](repeating: nil, count: geometry.period)
    for sizes in geometry.classes {
      let place = sizes.places[value].map { Place($0) } ?? unplaced
      for size in sizes.sizes { places[size.residue] = place }
    }
    let divisors = (1...places.count).lazy.filter { places.count % $0 == 0 }
    let merged = divisors.compactMap { Self.merged(places, period: $0) }.first ?? places
    self.init(merged.map { $0 ?? unplaced })
  }

  /// The places by the residues of a shorter period; nil where sizes of one residue differ. What would stand at sizes
  /// that are not accepted does not count.
  private static func merged(_ places: [Place?], period: Int) -> [Place?]? {
    var result = [Place?](repeating: nil, count: period)
    for (residue, place) in places.enumerated() where place != nil {
      guard result[residue % period] == nil || result[residue % period] == place else { return nil }
      result[residue % period] = place
    }
    return result
  }
}

extension PlaceTable.Place {
  fileprivate init(_ place: FCNCore.Place) {
    self = .proportional
    guard let offset = place.offset else { return }
    let scale = place.scale
    let divisor = Extent.greatestCommonDivisor(scale.denominator, offset.denominator)
    guard let denominator = try? Extent.product(scale.denominator / divisor, offset.denominator),
      let step = try? Extent.product(scale.numerator, denominator / scale.denominator),
      let start = try? Extent.product(offset.numerator, denominator / offset.denominator),
      step > 0, [step, start, denominator].allSatisfy({ $0.magnitude <= PlaceTable.limit })
    else { return }
    self = .line(scale: step, offset: start, denominator: denominator)
  }
}
