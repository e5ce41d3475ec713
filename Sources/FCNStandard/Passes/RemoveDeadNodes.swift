import FCNCore

/// Removes nodes that no output needs.
public struct RemoveDeadNodes: Pass {
  public let name = "remove-dead-nodes"
  public let summary = "stages that no output needs are left out"

  public init() {}

  public func run(_ graph: Graph) -> (graph: Graph, remarks: [String]) {
    var needed = Set(graph.outputs.map(\.value))
    var kept: [Graph.Node] = []
    var remarks: [String] = []
    for node in graph.nodes.reversed() {
      if node.outputs.contains(where: needed.contains) {
        needed.formUnion(node.inputs)
        kept.append(node)
      } else {
        remarks.append("`\(graph.values[node.outputs[0]].name)` is not needed")
      }
    }
    var result = graph
    result.nodes = kept.reversed()
    return (result, remarks.reversed())
  }
}
