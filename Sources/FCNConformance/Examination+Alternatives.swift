import FCNCore

/// What else may have been meant: told apart by their texts, and computed from whatever the stage is given.
extension Examination {
  mutating func checkAlternatives(_ subject: Subject, _ scene: Scene) {
    guard wants(.alternatives), let stage = subject.stage as? any AlternativeStage else { return }
    let inputs = scene.inputs()
    let computed = Alternative.Computation(inputs: inputs, weights: scene.weights, outputs: scene.evaluate(inputs))
    var texts: Set<String> = []
    for alternative in stage.alternatives {
      let declared = "an alternative \"\(alternative.text)\""
      if alternative.text.isEmpty || !texts.insert(alternative.text).inserted {
        report(.alternatives, subject.use, scene.image, declared: declared, seen: "its text does not tell it apart")
      }
      guard let outputs = alternative.outputs(computed), outputs.count != computed.outputs.count else { continue }
      report(
        .alternatives, subject.use, scene.image, declared: declared,
        seen: "it gives \(outputs.count) outputs, and the stage \(computed.outputs.count)")
    }
  }
}
