/// What becomes of every node of a network, read at one size of its input, so that it takes pictures of any size.
///
/// The nodes are gone through in their order. Of each value it is known which type it has in the rewritten network, and
/// whether it stands for a map whose numbers were counted out by a stage that falls away.
struct ConvolutionPlan: Sendable {
  enum Change: Sendable {
    case none
    case dropped(FlattenedMap)
    case replaced(StageReplacement, over: FlattenedMap)
  }

  /// A map and the order in which its numbers are counted.
  struct FlattenedMap: Hashable, Sendable {
    var map: MapShape
    var order: MapOrder
  }

  /// The network at the one size.
  let graph: Graph
  /// In the order of the nodes.
  private(set) var changes: [Change]
  /// The types of the graph's values in the rewritten network; nil behind what was reported.
  private(set) var types: [TensorType?]
  /// The values in whose place their map stands, with the node that flattens it.
  private var flattened: [Graph.ValueID: (map: FlattenedMap, node: Int)] = [:]

  /// - Parameter inputs: the types of the graph's inputs for every size.
  init(_ graph: Graph, inputs: [TensorType], report: inout DiagnosticSink) {
    self.graph = graph
    changes = Array(repeating: .none, count: graph.nodes.count)
    types = Array(repeating: nil, count: graph.values.count)
    for (input, type) in zip(graph.inputs, inputs) { types[input.value] = type }
    for index in graph.nodes.indices {
      do throws(Diagnostic) { try visit(index) } catch { report.report(error) }
    }
    for output in graph.outputs {
      guard let (map, node) = flattened[output.value] else { continue }
      report.report(
        Diagnostic(
          .notConvolutionizable, "the output `\(output.description.name)` is a flattened map",
          at: output.range, related: flattening(map, node), help: "take the map itself as the output"))
    }
  }

  /// True where a value is a flattened one, in whose place the map stands.
  func isFlattened(_ value: Graph.ValueID) -> Bool { flattened[value] != nil }

  // MARK: Nodes

  private mutating func visit(_ index: Int) throws(Diagnostic) {
    let node = graph.nodes[index]
    let inputs = node.inputs.compactMap { types[$0] }
    // Whatever depends on something reported stays silent.
    guard inputs.count == node.inputs.count else { return }
    if let source = node.inputs.compactMap({ flattened[$0] }).first {
      try visit(index, behind: source.map, from: source.node, inputs)
      return
    }
    guard let reason = node.stage.facts(for: inputs).fixesSize else {
      try keep(index, inputs)
      return
    }
    guard let map = node.inputs.first.flatMap({ MapShape(graph.values[$0].type) }),
      let result = (node.stage as? any ConvolutionizableStage)?.convolutionized(over: map)
    else {
      throw refusal(
        index, "`\(name(index))` fixes the size, and no convolution can take its place: \(reason)",
        help: "take stages whose output follows the size of their input")
    }
    switch result {
    case .counting(let order): drop(index, FlattenedMap(map: map, order: order), inputs[0])
    case .windowed(let replacement):
      try replace(index, by: replacement, over: FlattenedMap(map: map, order: .channelRowColumn), inputs[0])
    }
  }

  /// A node that reads the counted numbers of a map.
  private mutating func visit(
    _ index: Int, behind source: FlattenedMap, from origin: Int, _ inputs: [TensorType]
  ) throws(Diagnostic) {
    let node = graph.nodes[index]
    switch (node.stage as? any ConvolutionizableStage)?.convolutionized(over: source.map) {
    case .windowed(let replacement)? where inputs.count == 1:
      try replace(index, by: replacement, over: source, inputs[0])
    // What is counted already is one pixel, which is counted in one way only.
    case .counting? where inputs.count == 1: drop(index, source, inputs[0])
    default:
      guard isElementwise(node), node.inputs.allSatisfy({ flattened[$0]?.map == source }) else {
        throw refusal(
          index, "`\(name(index))` takes the numbers of a flattened map one by one, which only a dense layer may do",
          related: flattening(source, origin),
          help: "put it before the flattening, or behind a dense layer")
      }
      try keep(index, inputs)
      for output in node.outputs { flattened[output] = (source, origin) }
    }
  }

  /// True for a stage that treats every number alike, wherever it stands.
  private func isElementwise(_ node: Graph.Node) -> Bool {
    guard let stage = node.stage as? any PointwiseStage else { return false }
    let types = node.inputs.map { graph.values[$0].type }
    return stage.weights(for: types).isEmpty && stage.expression(for: types).referencedChannelParameters.isEmpty
  }

  private mutating func keep(_ index: Int, _ inputs: [TensorType]) throws(Diagnostic) {
    try set(index, graph.nodes[index].stage, inputs)
  }

  private mutating func drop(_ index: Int, _ source: FlattenedMap, _ input: TensorType) {
    changes[index] = .dropped(source)
    for output in graph.nodes[index].outputs {
      types[output] = input
      flattened[output] = (source, index)
    }
  }

  private mutating func replace(
    _ index: Int, by replacement: StageReplacement, over source: FlattenedMap, _ input: TensorType
  ) throws(Diagnostic) {
    changes[index] = .replaced(replacement, over: source)
    try set(index, replacement.stage, [input])
  }

  private mutating func set(_ index: Int, _ stage: any Stage, _ inputs: [TensorType]) throws(Diagnostic) {
    do throws(Rejection) {
      for (output, type) in zip(graph.nodes[index].outputs, try stage.outputTypes(for: inputs)) { types[output] = type }
    } catch {
      throw refusal(
        index, "`\(name(index))` would not work any more in pictures of any size: \(error.message)", help: error.help)
    }
  }

  // MARK: Weights

  /// What becomes of a tensor of a weight file.
  struct WeightChange: Hashable {
    var shape: [Int]
    /// The map whose numbers the last axis counts, and how.
    var source: FlattenedMap
  }

  /// The tensors that change, by name.
  /// - Parameter map: comes before the graph's own map.
  /// - Throws: where two stages take one tensor and need different changes of it.
  func weightChanges(map: WeightMap = [:]) throws(Diagnostic) -> [String: WeightChange] {
    var seen: [String: (change: WeightChange?, node: Int)] = [:]
    for use in graph.weightUses(map: map) {
      let change = try weightChange(use)
      if let (other, node) = seen[use.tensor], other != change {
        throw refusal(
          use.node, "`\(name(use.node))` shares the tensor `\(use.tensor)` with a stage that needs another form of it",
          related: graph.nodes[node].origin.range.map { [Diagnostic.Label($0, "this stage")] } ?? [],
          help: "give one of them weights of its own")
      }
      seen[use.tensor] = (change, use.node)
    }
    return seen.compactMapValues(\.change)
  }

  private func weightChange(_ use: WeightUse) throws(Diagnostic) -> WeightChange? {
    guard case .replaced(let replacement, var source) = changes[use.node] else { return nil }
    let inputs = graph.nodes[use.node].inputs.compactMap { types[$0] }
    let old = use.requirement
    let new = replacement.stage.weights(for: inputs).first { $0.name == old.name }?.shape
    if new == old.shape { return nil }
    let (map, axes) = (source.map, [source.map.channels, source.map.rows, source.map.columns])
    guard let new, old.shape.last == map.channels * map.rows * map.columns, new == old.shape.dropLast() + axes else {
      throw refusal(use.node, "the weights of the convolution are others than those of `\(name(use.node))`", help: nil)
    }
    if source.order.positions(in: map) == nil { source.order = .channelRowColumn }
    return WeightChange(shape: new, source: source)
  }

  // MARK: Findings

  private func name(_ index: Int) -> String { type(of: graph.nodes[index].stage).signature.name }

  /// A finding at a node, with the uses of definitions that led there.
  func refusal(
    _ index: Int, _ message: String, related: [Diagnostic.Label] = [], notes: [String] = [], help: String?
  ) -> Diagnostic {
    let origin = graph.nodes[index].origin
    return Diagnostic(
      .notConvolutionizable, message, at: origin.range,
      related: related + origin.instances.reversed().prefix(8).map { Diagnostic.Label($0, "in this use") },
      notes: notes, help: help)
  }

  private func flattening(_ source: FlattenedMap, _ node: Int) -> [Diagnostic.Label] {
    let map = source.map
    return graph.nodes[node].origin.range.map {
      [Diagnostic.Label($0, "flattens \(map.channels) channels of \(map.rows)x\(map.columns) pixels")]
    } ?? []
  }
}
