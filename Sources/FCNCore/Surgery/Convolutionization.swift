/// A network that was rewritten so that it takes pictures of any size.
public struct Convolutionization: Sendable {
  /// One call of the text that was rewritten.
  public struct Step: Sendable {
    /// Where it stood.
    public var range: SourceRange
    /// The stage that was called.
    public var stage: String
    /// The map whose numbers it took, at the size that the network was made for, and in which order.
    public var map: MapShape
    public var order: MapOrder
    /// The stage in its place and what it gives for every size; nil where the call fell away.
    public var replacement: (stage: String, type: TensorType)?
  }

  /// The rewritten text.
  public let text: String
  /// The rewritten network.
  public let graph: Graph
  /// The network as it was, at the size that it was made for.
  public let original: Graph
  /// In the order of the text; empty where nothing had to be rewritten.
  public let steps: [Step]
  private let plan: ConvolutionPlan

  init(text: String, graph: Graph, plan: ConvolutionPlan) {
    self.text = text
    self.graph = graph
    self.plan = plan
    original = plan.graph
    steps = plan.steps
  }

  /// The tensors of a weight file that have to be changed, by name. All weights keep their names.
  /// - Parameter map: comes before the network's own map.
  /// - Throws: a finding where two stages take one tensor and need different changes of it.
  public func tensorChanges(map: WeightMap = [:]) throws(Diagnostic) -> [String: TensorChange] {
    try plan.weightChanges(map: map).mapValues { change in
      TensorChange(shape: change.shape, positions: change.source.order.positions(in: change.source.map))
    }
  }
}

extension ConvolutionPlan {
  fileprivate var steps: [Convolutionization.Step] {
    var seen: Set<SourceRange> = []
    let steps = graph.nodes.indices.compactMap { index -> Convolutionization.Step? in
      let node = graph.nodes[index]
      guard let range = node.origin.range else { return nil }
      let source: FlattenedMap
      var replacement: (stage: String, type: TensorType)?
      switch changes[index] {
      case .none: return nil
      case .dropped(let map): source = map
      case .replaced(let use, over: let map):
        source = map
        replacement = node.outputs.first.flatMap { types[$0] }.map { (type(of: use.stage).signature.name, $0) }
      }
      guard seen.insert(range).inserted else { return nil }
      return Convolutionization.Step(
        range: range, stage: type(of: node.stage).signature.name, map: source.map, order: source.order,
        replacement: replacement)
    }
    return steps.sorted { $0.range.lower < $1.range.lower }
  }
}
