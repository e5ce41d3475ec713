import FCNRuntime

/// Answer stages: they stand at the end of an output and are no nodes of the graph.
extension Elaboration {
  /// An answer that was asked for, by the value that stands for it.
  struct AnswerUse {
    var stage: any AnswerStage
    var inputs: [Graph.ValueID]
    var range: SourceRange
    var isOutput = false
  }

  /// Refuses answers as inputs of a stage.
  func checkInputs(_ ids: [Graph.ValueID], of use: StageUse, in environment: Environment) -> Bool {
    guard let index = ids.firstIndex(where: { answers[$0] != nil }), let answer = answers[ids[index]] else {
      return true
    }
    let name = type(of: answer.stage).signature.name
    report(
      Diagnostic(
        .answerNotLast, "`\(use.signature.name)` cannot work on what `\(name)` gives", at: use.call.name.range,
        related: [Diagnostic.Label(answer.range, "this gives an answer, not a map")],
        help: "make it the last stage of an output; `\(use.signature.name)` can take the value before it"),
      in: environment)
    return false
  }

  /// The outputs that an answer needs: the map that is asked about, under the name of the output, and its further maps.
  func addAnswer(_ id: Graph.ValueID, _ description: OutputDescription, range: SourceRange) {
    guard let use = answers[id] else { return }
    answers[id]?.isOutput = true
    let place = graph.outputs.count
    var first = description
    first.answer = AnswerDescription(
      method: use.stage.method(for: use.inputs.map { graph.values[$0].type }),
      furtherMaps: use.stage.furtherMaps.map { place + $0 })
    graph.outputs.append(Graph.Output(value: use.inputs[0], description: first, range: range))
    for (index, input) in use.inputs.enumerated().dropFirst() {
      let map = OutputDescription(
        name: "\(description.name) map \(index + 1)", channels: graph.values[input].type.channels, kind: .raw,
        role: .map)
      graph.outputs.append(Graph.Output(value: input, description: map, range: range))
    }
  }

  /// Reports the answers that are no outputs, except where an unused name says so already.
  func reportLostAnswers() {
    for (id, use) in answers.sorted(by: { $0.key < $1.key }) where !use.isOutput && !graph.values[id].isNamed {
      report(
        Diagnostic(
          .deadStage, "no output depends on this `\(type(of: use.stage).signature.name)`", at: use.range,
          severity: .warning, help: "make it an output: `output name = ...`, or remove it"))
    }
  }
}
