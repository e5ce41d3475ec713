/// What is proved of a network: whether it is fully convolutional, which image sizes its outputs exist for, and how each
/// output depends on the image.
public struct Verdict: Sendable {
  /// What may be asked of an output.
  public enum Property: String, Hashable, Sendable, CaseIterable {
    /// Pictures of any size go: no stage and no weight is tied to one size.
    case size
    /// Where the picture is moved by the stride of the output, the inner part of the output moves by one position.
    case equivariant
    /// Every position depends on a bounded part of the picture, so parts can be computed by themselves.
    case local
  }

  /// A stage that keeps an output from having a property.
  public struct Reason: Sendable {
    /// The node in the graph; nil where the network as a whole is the reason.
    public var node: Int?
    /// The stage's name, and the name of what it gives.
    public var stage: String
    public var value: String
    /// In words that follow "because".
    public var text: String
    public var range: SourceRange?
    /// The uses of definitions that led there, outermost first.
    public var instances: [SourceRange]
    /// True where a convolution can take the stage's place.
    public var isConvolutionizable = false
  }

  /// One output: its size, the image sizes on which it is defined, and what keeps it from having a property.
  public struct OutputVerdict: Sendable {
    public var name: String
    public var height: Extent
    public var width: Extent
    /// In the order of the stages; nothing for a property that it has.
    public var reasons: [Property: [Reason]]

    /// Such as `H ≡ 0 (mod 32), H >= 32`; the same for W where that differs.
    public var domain: String {
      let rows = height.domain(of: "H")
      return height == width ? rows : "\(rows), \(width.domain(of: "W"))"
    }

    public func has(_ property: Property) -> Bool { reasons[property, default: []].isEmpty }
  }

  public private(set) var outputs: [OutputVerdict] = []
  private var emptied: [Diagnostic] = []

  /// Why it is not fully convolutional, in the order of the stages; empty where it is.
  public var reasons: [Reason] { reasons(against: .size) }

  public var isFullyConvolutional: Bool { reasons.isEmpty }

  /// Judges the stages that the outputs depend on.
  public init(of graph: Graph) {
    for output in graph.namedOutputs {
      let type = graph.values[output.value].type
      let judgement = Judgement(graph, of: output.value)
      outputs.append(
        OutputVerdict(
          name: output.description.name, height: type.height, width: type.width,
          reasons: [
            .size: judgement.sizeReasons, .equivariant: judgement.equivarianceReasons,
            .local: judgement.localityReasons,
          ]))
      if type.height.isEmpty || type.width.isEmpty { emptied.append(Self.emptyDomain(of: output, in: graph)) }
    }
  }

  /// What keeps any output from having a property, each stage once.
  public func reasons(against property: Property) -> [Reason] {
    var seen: Set<Int?> = []
    let all = outputs.flatMap { $0.reasons[property, default: []] }
    return all.filter { seen.insert($0.node).inserted }.sorted { ($0.node ?? -1) < ($1.node ?? -1) }
  }

  // MARK: Findings

  /// Reports the outputs that exist for no image size.
  public func report(to sink: inout DiagnosticSink) {
    for diagnostic in emptied { sink.report(diagnostic) }
  }

  /// Reports the stages that keep the network from being fully convolutional, or from having other properties that are
  /// asked of it.
  public func reportReasons(requiring properties: Set<Property> = [.size], to sink: inout DiagnosticSink) {
    for property in Property.allCases where properties.contains(property) {
      for reason in reasons(against: property) { sink.report(Self.finding(property, reason)) }
    }
  }

  private static func finding(_ property: Property, _ reason: Reason) -> Diagnostic {
    let (id, verb, help) =
      switch property {
      case .size:
        (
          DiagnosticID.notFullyConvolutional, "fixes the size",
          reason.isConvolutionizable
            ? "`fcnc fix NET --convolutionize --input-size HEIGHTxWIDTH` makes a convolution of a dense layer on a map; "
              + "`global_mean` takes any size"
            : "take stages whose output follows the size of their input; `global_mean` takes any size"
        )
      case .equivariant:
        (
          DiagnosticID.notEquivariant, "does not move with the picture",
          "replace the stage by one with a fixed window or a fixed factor, or do not require `equivariant`"
        )
      case .local:
        (
          DiagnosticID.notLocal, "is not local",
          "replace the stage by one with a window of fixed size, or do not require `local`"
        )
      }
    return Diagnostic(
      id, "`\(reason.stage)` \(verb): \(reason.text)", at: reason.range,
      related: reason.instances.map { Diagnostic.Label($0, "in this use of a definition") }, help: help)
  }

  /// The finding for an output without any size: at the first stage on its way whose own inputs have sizes.
  private static func emptyDomain(of output: Graph.Output, in graph: Graph) -> Diagnostic {
    func isEmpty(_ id: Graph.ValueID) -> Bool {
      graph.values[id].type.height.isEmpty || graph.values[id].type.width.isEmpty
    }
    var only = graph
    only.outputs = [output]
    let isLive = only.liveNodes
    let culprit = graph.nodes.indices.first { index in
      isLive[index] && graph.nodes[index].outputs.contains(where: isEmpty)
        && !graph.nodes[index].inputs.contains(where: isEmpty)
    }
    let name = output.description.name
    guard let culprit else {
      return Diagnostic(.emptySizeDomain, "no image size is valid for the output `\(name)`", at: output.range)
    }
    let node = graph.nodes[culprit]
    let stage = type(of: node.stage).signature.name
    let inputs = node.inputs.prefix(8).compactMap { id in
      graph.values[id].range.map {
        Diagnostic.Label($0, "`\(graph.values[id].name)` is \(graph.values[id].type.description)")
      }
    }
    return Diagnostic(
      .emptySizeDomain, "no image size is valid for the output `\(name)`", at: node.origin.range ?? output.range,
      label: "the inputs of `\(stage)` never fit together",
      related: inputs + node.origin.instances.reversed().map { Diagnostic.Label($0, "in this use") }
        + (output.range.map { [Diagnostic.Label($0, "the output")] } ?? []),
      help: "make the branches shrink and grow alike, or crop one to the other")
  }
}
