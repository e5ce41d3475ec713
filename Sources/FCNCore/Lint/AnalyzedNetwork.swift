/// A file as rules look at it: its syntax tree and the stages that its calls may name.
public struct AnalyzedText {
  public let tree: NetworkSyntax
  public let registry: Registry

  public init(tree: NetworkSyntax, registry: Registry) {
    self.tree = tree
    self.registry = registry
  }

  /// The stage of a call; nil where it is the use of a definition.
  public func stage(of call: CallSyntax) -> (any Stage.Type)? {
    call.namespace == nil ? registry.stages[call.name.name] : nil
  }
}

/// A network without errors, with analyses that are worked out once, when the first rule asks for them.
public final class AnalyzedNetwork {
  public let text: AnalyzedText
  public let graph: Graph
  /// The node that gives each value; values that no node gives are absent.
  public private(set) lazy var producers: [Graph.ValueID: Int] = graph.producers
  /// The nodes that read each value, in order.
  public private(set) lazy var readers: [[Int]] = {
    var readers = [[Int]](repeating: [], count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for input in Set(node.inputs) { readers[input].append(index) }
    }
    return readers
  }()
  /// What each node is.
  public private(set) lazy var categories: [StageCategory] = graph.nodes.indices.map { graph.category(of: $0) }
  /// Which positions of each of its inputs each node reads.
  public private(set) lazy var accesses: [[SpatialAccess]] = graph.nodes.indices.map { graph.accesses(of: $0) }
  /// The nodes that each place of the text stands for.
  fileprivate lazy var nodesByRange: [SourceRange: [Int]] = {
    var nodes: [SourceRange: [Int]] = [:]
    for (index, node) in graph.nodes.enumerated() {
      if let range = node.origin.range { nodes[range, default: []].append(index) }
    }
    return nodes
  }()
  /// Between which numbers each value lies.
  public private(set) lazy var ranges: [NumberRange] = graph.numberRanges
  /// Names that nothing reads, and stages that no output depends on.
  public private(set) lazy var unusedNames: [Diagnostic] = {
    var sink = DiagnosticSink()
    UnusedNames.check(text.tree, graph: graph, report: &sink)
    return sink.diagnostics
  }()
  /// What is read where, and where everything lies, along each axis; absent where the sizes are too many.
  public private(set) lazy var geometries: [Axis: AxisGeometry] = (try? AxisGeometry.both(graph)) ?? [:]

  private lazy var outputs = Set(graph.outputs.map(\.value))

  public init(text: AnalyzedText, graph: Graph) {
    self.text = text
    self.graph = graph
  }

  /// The name of the stage of a node.
  public func stageName(_ node: Int) -> String { type(of: graph.nodes[node].stage).signature.name }

  /// The types of the inputs of a node.
  public func inputTypes(_ node: Int) -> [TensorType] { graph.nodes[node].inputs.map { graph.values[$0].type } }

  /// The facts of a node's stage where its inputs are known.
  public func facts(_ node: Int) -> StageFacts { graph.nodes[node].stage.facts(for: inputTypes(node)) }

  /// The node that gives the first input of a node, if one does.
  public func node(before node: Int) -> Int? { graph.nodes[node].inputs.first.flatMap { producers[$0] } }

  /// The only node that reads the first output of a node; nil where there are several, or it is an output too.
  public func onlyReader(of node: Int) -> Int? {
    guard let value = graph.nodes[node].outputs.first, !isOutput(value), readers[value].count == 1 else { return nil }
    return readers[value].first
  }

  public func isOutput(_ value: Graph.ValueID) -> Bool { outputs.contains(value) }
}

extension AnalyzedNetwork {
  /// The nodes that one place of the text stands for: those of every use of the definition that it lies in.
  public func uses(of node: Int) -> [Int] {
    guard let range = graph.nodes[node].origin.range else { return [node] }
    return nodesByRange[range] ?? [node]
  }
}
