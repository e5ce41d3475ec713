import FCNCore

extension Explanation {
  /// - Parameters:
  ///   - graph: as the author wrote it.
  ///   - sizes: image sizes (height, width) that every output accepts.
  public init(_ graph: Graph, file: String, cost: NetworkCost, sizes: [(height: Int, width: Int)]) {
    let geometry = Geometry(graph)
    let verdict = Verdict(of: graph)
    var sink = DiagnosticSink()
    Alignment.check(graph, report: &sink)
    self.init(
      network: graph.name, file: file, isFullyConvolutional: verdict.isFullyConvolutional,
      inputs: graph.inputs.map { geometry.row($0.value, stages: []) }, values: geometry.rows,
      outputs: zip(graph.namedOutputs, verdict.outputs).map { geometry.output($0, $1) },
      misaligned: sink.diagnostics.map { finding in
        (finding.range.map { Self.place($0) + ": " } ?? "") + finding.message
      },
      parameters: cost.parameters, multiplyAdds: cost.multiplyAdds.description, memory: cost.memory?.description,
      memoryPeak: cost.memoryPeak, refusal: cost.refusal,
      sizes: sizes.map { Self.sized(graph, cost, $0.height, $0.width) })
  }

  /// `file:line:column`
  public static func place(_ range: SourceRange) -> String {
    "\(range.file.path):\(range.start.line):\(range.start.column)"
  }

  private static func sized(_ graph: Graph, _ cost: NetworkCost, _ height: Int, _ width: Int) -> Sized {
    let borders = graph.namedOutputs.compactMap { output -> Sized.Border? in
      let type = graph.values[output.value].type
      guard let rows = type.height(height), let columns = type.width(width),
        let vertical = try? BorderInfluence(graph, of: output.value, .rows, size: height),
        let horizontal = try? BorderInfluence(graph, of: output.value, .columns, size: width)
      else { return nil }
      return Sized.Border(
        output: output.description.name, height: rows, width: columns, top: vertical.band?.before,
        bottom: vertical.band?.after, left: horizontal.band?.before, right: horizontal.band?.after,
        stages: max(vertical.depth, horizontal.depth))
    }
    return Sized(
      height: height, width: width, multiplyAdds: cost.multiplyAdds(height, width) ?? 0,
      memory: cost.programMemory(height: height, width: width), borders: borders)
  }
}

/// The geometry of both axes, in the words of an explanation.
private struct Geometry {
  let graph: Graph
  private let names: [String]
  private let axes: [Axis: AxisGeometry]

  init(_ graph: Graph) {
    self.graph = graph
    names = graph.uniqueNames
    var axes: [Axis: AxisGeometry] = [:]
    for axis in Axis.allCases { axes[axis] = try? AxisGeometry(graph, axis) }
    self.axes = axes
  }

  /// A row for every value that an output depends on; pointwise stages share the row of the stage before them.
  var rows: [Explanation.Row] {
    let isLive = graph.liveNodes
    let counts = graph.readCounts
    // Values that a pointwise stage of one input reads.
    let continued = Set(
      graph.nodes.enumerated().compactMap { index, node in
        isLive[index] && node.inputs.count == 1 && node.stage is any PointwiseStage ? node.inputs[0] : nil
      })
    var rows: [Explanation.Row] = []
    var stages: [Graph.ValueID: [String]] = [:]
    for (index, node) in graph.nodes.enumerated() where isLive[index] {
      var names = [graph.stageName(index)]
      if node.inputs.count == 1, let before = stages[node.inputs[0]] { names = before + names }
      for (position, output) in node.outputs.enumerated() {
        if node.outputs.count == 1, counts[output] == 1, continued.contains(output) {
          stages[output] = names
        } else {
          rows.append(row(output, stages: position == 0 ? names : []))
        }
      }
    }
    return rows
  }

  func row(_ value: Graph.ValueID, stages: [String]) -> Explanation.Row {
    let type = graph.values[value].type
    return Explanation.Row(
      name: names[value], stages: stages, channels: type.channels, height: type.height.formula(of: "H"),
      width: type.width.formula(of: "W"), stride: stride(value), offset: offset(value), receptiveField: field(value))
  }

  func output(_ output: Graph.Output, _ verdict: Verdict.OutputVerdict) -> Explanation.Output {
    let row = row(output.value, stages: [])
    return Explanation.Output(
      name: verdict.name, channels: row.channels, height: row.height, width: row.width,
      acceptedHeights: verdict.height.domain(of: "H"), acceptedWidths: verdict.width.domain(of: "W"),
      size: property(.size, verdict), equivariant: property(.equivariant, verdict), local: property(.local, verdict),
      stride: row.stride, offset: row.offset, receptiveField: row.receptiveField, rows: bands(output.value, .rows),
      columns: bands(output.value, .columns))
  }

  private func property(_ property: Verdict.Property, _ verdict: Verdict.OutputVerdict) -> Explanation.Property {
    let reasons = verdict.reasons[property, default: []]
    return Explanation.Property(
      holds: reasons.isEmpty,
      reasons: reasons.map { reason in
        .init(stage: reason.stage, value: reason.value, text: reason.text, place: reason.range.map(Explanation.place))
      })
  }

  // MARK: Along an axis

  private func pair(_ text: (Axis) -> String?) -> Explanation.Pair? {
    guard let rows = text(.rows), let columns = text(.columns) else { return nil }
    return Explanation.Pair(rows: rows, columns: columns)
  }

  private func stride(_ value: Graph.ValueID) -> Explanation.Pair? {
    pair { axis in
      let places = axes[axis]?.classes.map { $0.places[value] } ?? []
      let scales = Set(places.map { $0?.scale })
      guard let scale = scales.first.flatMap({ $0 }) else { return nil }
      return scales.count == 1 ? scale.description : "by size"
    }
  }

  private func offset(_ value: Graph.ValueID) -> Explanation.Pair? {
    pair { axis in
      let places = axes[axis]?.classes.map { $0.places[value] } ?? []
      guard let place = places.first.flatMap({ $0 }) else { return nil }
      guard let offset = place.offset, Set(places).count == 1 else { return "by size" }
      return offset.description
    }
  }

  private func field(_ value: Graph.ValueID) -> Explanation.Pair? {
    // Of very large networks the outputs' alone are worked out.
    guard graph.nodes.count <= 2000 || graph.outputs.contains(where: { $0.value == value }) else { return nil }
    return pair { axis in axes[axis]?.receptiveField(of: value, in: graph).map { String($0.size) } }
  }

  private func bands(_ value: Graph.ValueID, _ axis: Axis) -> Explanation.Bands? {
    axes[axis]?.receptiveField(of: value, in: graph).map { field in
      Explanation.Bands(
        anywhere: halo(field.halo), aligned: halo(field.alignedHalo), alignment: field.alignment)
    }
  }

  private func halo(_ halo: ReceptiveField.Halo) -> Explanation.Halo {
    Explanation.Halo(before: halo.before.description, after: halo.after.description)
  }
}
