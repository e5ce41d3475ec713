import FCNCore

/// Writes a network as one Python file: an `nn.Module` to train, its preprocessing, and the way of its weights back.
public struct PyTorchExporter: Exporter {
  public let name = "pytorch"
  public let summary = "A Python file with the network as a PyTorch module, to train it."
  public let fileExtension = "py"

  public init() {}

  public func export(_ network: ExportedNetwork, report: inout DiagnosticSink) -> String? {
    // Where a stage fixes the size, the shapes of the weights depend on it.
    Verdict(of: network.graph).reportReasons(to: &report)
    guard !report.hasErrors, let forms = NodeForms(of: network.graph, report: &report) else { return nil }
    let plan = OutputPlan(network.graph, forms)
    let root = Block.tree(of: network.graph, nodes: plan.bodyNodes)
    var classes = ClassWriter(graph: network.graph, forms: forms, root: root, plan: plan)
    classes.write()
    let parts = [
      forms.definitions.map(\.text), forms.initialization.map { [$0] } ?? [], classes.texts,
      network.graph.inputs.compactMap {
        PreprocessingWriter.text(of: $0.description, among: network.graph.inputs.count)
      },
      [ConversionText.text(network.graph, className: classes.networkName)],
    ].joined().map { $0 + "\n" }
    let body = parts.joined(separator: "\n\n")
    return FileHead.text(of: network, className: classes.networkName, body: body) + "\n\n\n" + body
  }
}
