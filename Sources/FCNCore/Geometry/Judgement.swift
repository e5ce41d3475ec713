/// What keeps one value of a graph from having the properties of a `Verdict`.
struct Judgement {
  private(set) var sizeReasons: [Verdict.Reason] = []
  private(set) var equivarianceReasons: [Verdict.Reason] = []
  private(set) var localityReasons: [Verdict.Reason] = []
  private let graph: Graph

  init(_ graph: Graph, of value: Graph.ValueID) {
    self.graph = graph
    let isAncestor = graph.ancestors(of: [value])
    let nodes = graph.nodes.indices.filter { isAncestor[$0] }
    var fixing: [Int: String] = [:]
    for node in nodes {
      fixing[node] = self.fixing(node)
      if let text = fixing[node] { sizeReasons.append(reason(node, text)) }
    }
    // What is said of one axis is not said again of the other.
    var global: [Int: String] = [:]
    var stretched: [Int: String] = [:]
    do {
      let geometries = try AxisGeometry.both(graph, of: [value])
      for geometry in Axis.allCases.compactMap({ geometries[$0] }) {
        for node in nodes {
          global[node] = global[node] ?? unbounded(node, geometry)
          stretched[node] = stretched[node] ?? stretching(node, geometry)
        }
      }
    } catch {
      let text = "its sizes repeat only after too many pixels to be worked out"
      let whole = Verdict.Reason(
        node: nil, stage: graph.name, value: graph.name, text: text, range: nil, instances: [])
      (equivarianceReasons, localityReasons) = ([whole], [whole])
      return
    }
    for node in nodes {
      if let text = global[node] { localityReasons.append(reason(node, text)) }
      // What is tied to one size has no other size to move in.
      if let text = global[node] ?? stretched[node] ?? fixing[node] { equivarianceReasons.append(reason(node, text)) }
    }
  }

  private func reason(_ node: Int, _ text: String) -> Verdict.Reason {
    let origin = graph.nodes[node].origin
    return Verdict.Reason(
      node: node, stage: graph.stageName(node),
      value: graph.nodes[node].outputs.first.map { graph.values[$0].name } ?? "",
      text: text, range: origin.range, instances: origin.instances,
      isConvolutionizable: graph.nodes[node].stage is any ConvolutionizableStage)
  }

  /// Why a node ties the network to one size.
  private func fixing(_ index: Int) -> String? {
    let node = graph.nodes[index]
    let inputs = node.inputs.map { graph.values[$0].type }
    if let text = node.stage.facts(for: inputs).fixesSize { return text }
    for axis in Axis.allCases {
      let isOpen = inputs.allSatisfy { !$0[keyPath: axis.extent].isFinite }
      for output in node.outputs where isOpen {
        let extent = graph.values[output].type[keyPath: axis.extent]
        guard extent.isFinite, !extent.isEmpty else { continue }
        return "what meets there grows differently with the image and fits only for "
          + extent.domain(of: axis.variable)
      }
    }
    return nil
  }

  /// Why what a node reads has no bound.
  private func unbounded(_ index: Int, _ geometry: AxisGeometry) -> String? {
    let node = graph.nodes[index]
    for sizes in geometry.classes {
      for (input, reads) in zip(node.inputs, sizes.reads[index]) {
        // The whole of a value that has the same size for every image is no more than a window.
        if graph.values[input].type[keyPath: geometry.axis.extent].slope == 0 { continue }
        guard let reads else { return "what it reads moves with the size of the image" }
        if reads.isWhole {
          let facts = node.stage.facts(for: node.inputs.map { graph.values[$0].type })
          return "it needs \(facts.wholeImage ?? "the whole image")"
        }
      }
      // A value of fixed size stretched to the size of the image.
      if sizes.reads[index].contains(where: { $0 == nil }) {
        return "it stretches a value of fixed size over the image"
      }
      if let join = sizes.joins[index], join.isDiverging {
        let scales = join.places.compactMap { $0?.scale.description }
        return "it joins values whose positions are \(scales.joined(separator: " and ")) pixels of the image apart"
      }
    }
    return nil
  }

  /// For which sizes the grid of a node depends on the size of the image.
  private func stretching(_ index: Int, _ geometry: AxisGeometry) -> String? {
    let stretched = geometry.classes.filter { $0.reads[index].contains { $0?.dependsOnSize ?? false } }
    guard !stretched.isEmpty else { return nil }
    let sizes = geometry.sizes(stretched.flatMap(\.sizes))
    let text = "where it reads depends on the size of the image"
    return stretched.count == geometry.classes.count
      ? text : text + " for " + sizes.domain(of: geometry.axis.variable)
  }
}

extension Graph {
  /// The name of the stage of a node.
  public func stageName(_ node: Int) -> String { type(of: nodes[node].stage).signature.name }
}
