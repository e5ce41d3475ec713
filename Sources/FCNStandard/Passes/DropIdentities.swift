import FCNCore

/// Lets the readers of an identity (dropout) read its input.
public struct DropIdentities: Pass {
  public let name = "drop-identities"
  public let summary = "dropout and other stages that change nothing are left out"

  public init() {}

  public func run(_ graph: Graph) -> (graph: Graph, remarks: [String]) {
    var result = graph
    var replacement: [Int: Int] = [:]
    var remarks: [String] = []
    result.nodes = []
    for var node in graph.nodes {
      node.inputs = node.inputs.map { replacement[$0] ?? $0 }
      if node.stage.facts(for: node.stageInputs.map { graph.values[$0].type }).isIdentity {
        replacement[node.outputs[0]] = node.inputs[0]
        remarks.append("`\(graph.values[node.outputs[0]].name)` is `\(graph.values[node.inputs[0]].name)`")
      } else {
        result.nodes.append(node)
      }
    }
    for index in result.outputs.indices {
      let value = result.outputs[index].value
      result.outputs[index].value = replacement[value] ?? value
    }
    return (result, remarks)
  }
}
