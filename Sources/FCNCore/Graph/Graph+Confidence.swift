import FCNRuntime

extension Graph {
  /// The graph with, for each output of classes, an output that says how sure they are; where the stage that gives the
  /// classes can tell. Such outputs are computed on demand only.
  public var withConfidence: Graph {
    var result = self
    let producers = producers
    for index in outputs.indices {
      guard let node = producers[outputs[index].value], let stage = nodes[node].stage as? any ClassifyingStage,
        let input = nodes[node].inputs.first, outputs[index].description.role == .answer
      else { continue }
      let isProbability = producers[input].map { nodes[$0].stage.facts.givesProbabilities } ?? false
      guard let confidence = stage.confidence(ofProbabilities: isProbability),
        let type = try? confidence.outputTypes(for: nodes[node].inputs.map { values[$0].type }).first
      else { continue }
      let name = outputs[index].description.name + " confidence"
      let value = result.values.count
      result.values.append(Value(name: name, type: type, range: outputs[index].range))
      result.nodes.append(
        Node(
          stage: confidence, inputs: nodes[node].inputs, outputs: [value], weightPath: "", origin: nodes[node].origin))
      result.outputs[index].description.confidence = result.outputs.count
      result.outputs.append(
        Output(
          value: value,
          description: OutputDescription(name: name, channels: type.channels, kind: .raw, role: .confidence),
          range: outputs[index].range))
    }
    return result
  }
}
