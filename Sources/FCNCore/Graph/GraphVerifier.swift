/// Checks what must hold in every graph, however a pass made it. A fault is a fault of the compiler or a plugin, so the
/// answer is meant for tests and for an internal error, not for authors.
public enum GraphVerifier {
  /// What is wrong with the graph, empty where nothing is: every position in range, every value made once and before
  /// it is read, and every type what the stage that makes it says. Values that passes have left without a node may stay
  /// as long as nothing reads them.
  public static func faults(in graph: Graph) -> [String] {
    var faults: [String] = []
    var isMade = Array(repeating: false, count: graph.values.count)
    func exists(_ id: Graph.ValueID, _ role: String) -> Bool {
      if graph.values.indices.contains(id) { return true }
      faults.append("\(role) is value \(id) of \(graph.values.count)")
      return false
    }
    func make(_ id: Graph.ValueID, _ role: String) {
      guard exists(id, role) else { return }
      if isMade[id] { faults.append("value \(id) is made twice, at last by \(role)") }
      isMade[id] = true
    }
    for (index, input) in graph.inputs.enumerated() {
      make(input.value, "input \(index)")
      guard graph.values.indices.contains(input.value) else { continue }
      if graph.values[input.value].type.channels != input.description.channels {
        faults.append("input \(index) is described with \(input.description.channels) channels")
      }
    }
    for (index, node) in graph.nodes.enumerated() {
      let role = "node \(index) (\(type(of: node.stage).signature.name))"
      var isReadable = true
      for id in node.inputs {
        guard exists(id, "an input of \(role)") else {
          isReadable = false
          continue
        }
        if !isMade[id] { faults.append("\(role) reads value \(id) before it is made") }
      }
      for id in node.outputs { make(id, role) }
      if isReadable, node.outputs.allSatisfy(graph.values.indices.contains) {
        faults += typeFaults(of: node, in: graph, role: role)
      }
    }
    for (index, output) in graph.outputs.enumerated() where exists(output.value, "output \(index)") {
      if !isMade[output.value] { faults.append("output \(index) is value \(output.value), which nothing makes") }
      if graph.values[output.value].type.channels != output.description.channels {
        faults.append("output \(index) is described with \(output.description.channels) channels")
      }
    }
    return faults
  }

  private static func typeFaults(of node: Graph.Node, in graph: Graph, role: String) -> [String] {
    let inputs = node.stageInputs.map { graph.values[$0].type }
    do throws(Rejection) {
      let types = try node.stage.outputTypes(for: inputs)
      let found = node.outputs.map { graph.values[$0].type }
      // What is fused into a node may give another formula of the same sizes: that of a join, for instance.
      let isRight = node.epilogue == nil ? types == found : types.map(\.channels) == found.map(\.channels)
      var faults = isRight ? [] : ["\(role) gives \(types.map(\.description)), not \(found.map(\.description))"]
      if node.weightPath.isEmpty, !node.stage.weights(for: inputs).isEmpty {
        faults.append("\(role) has unnamed weights")
      }
      return faults
    } catch {
      return ["\(role) rejects its inputs: \(error.message)"]
    }
  }
}
