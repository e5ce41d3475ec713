/// Whether a network is fully convolutional, and which image sizes its outputs exist for.
public struct Verdict: Sendable {
  /// A stage that works for one image size only.
  public struct Reason: Sendable {
    /// The stage's name.
    public var stage: String
    /// In words that follow "because".
    public var text: String
    public var range: SourceRange?
    /// The uses of definitions that led there, outermost first.
    public var instances: [SourceRange]
    /// True where a convolution can take the stage's place.
    public var isConvolutionizable = false
  }

  /// The size of one output and the image sizes on which it is defined.
  public struct OutputSize: Sendable {
    public var name: String
    public var height: Extent
    public var width: Extent

    /// Such as `H mod 32 = 0`; the same for W where that differs.
    public var domain: String {
      let rows = height.domain(of: "H")
      return height == width ? rows : "\(rows), \(width.domain(of: "W"))"
    }
  }

  /// Why it is not fully convolutional, in the order of the stages; empty where it is.
  public var reasons: [Reason] = []
  public var outputs: [OutputSize]
  private var emptied: [Diagnostic] = []

  public var isFullyConvolutional: Bool { reasons.isEmpty }

  /// Judges the stages that the outputs depend on.
  public init(of graph: Graph) {
    outputs = graph.outputs.map {
      let type = graph.values[$0.value].type
      return OutputSize(name: $0.description.name, height: type.height, width: type.width)
    }
    let isLive = graph.liveNodes
    for (index, node) in graph.nodes.enumerated() where isLive[index] {
      guard let text = node.stage.facts(for: node.inputs.map { graph.values[$0].type }).fixesSize else { continue }
      reasons.append(
        Reason(
          stage: type(of: node.stage).signature.name, text: text, range: node.origin.range,
          instances: node.origin.instances, isConvolutionizable: node.stage is any ConvolutionizableStage))
    }
    for output in graph.outputs {
      let type = graph.values[output.value].type
      guard type.height.isEmpty || type.width.isEmpty else { continue }
      emptied.append(Self.emptyDomain(of: output, in: graph))
    }
  }

  /// Reports the outputs that exist for no image size.
  public func report(to sink: inout DiagnosticSink) {
    for diagnostic in emptied { sink.report(diagnostic) }
  }

  /// Reports the stages that keep the network from being fully convolutional.
  public func reportReasons(to sink: inout DiagnosticSink) {
    for reason in reasons {
      sink.report(
        Diagnostic(
          .notFullyConvolutional, "`\(reason.stage)` fixes the size: \(reason.text)", at: reason.range,
          related: reason.instances.map { Diagnostic.Label($0, "in this use of a definition") },
          help: reason.isConvolutionizable
            ? "`fcnc fix NET --convolutionize --input-size HEIGHTxWIDTH` makes a convolution of a dense layer on a map; "
              + "`global_mean` takes any size"
            : "take stages whose output follows the size of their input; `global_mean` takes any size"))
    }
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

extension Graph {
  /// Which nodes some output depends on.
  var liveNodes: [Bool] {
    var isNeeded = Array(repeating: false, count: values.count)
    for output in outputs { isNeeded[output.value] = true }
    var isLive = Array(repeating: false, count: nodes.count)
    for index in nodes.indices.reversed() where nodes[index].outputs.contains(where: { isNeeded[$0] }) {
      isLive[index] = true
      for id in nodes[index].inputs { isNeeded[id] = true }
    }
    return isLive
  }
}
