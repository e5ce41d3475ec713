import FCNCore

/// Weights: distinct names, real shapes, and none without effect.
extension Examination {
  mutating func checkRequirements(_ subject: Subject) -> Bool {
    var names: Set<String> = []
    for requirement in subject.requirements {
      if !names.insert(requirement.name).inserted {
        report(
          .weights, subject.use, declared: "a weight `\(requirement.name)`", seen: "another weight of the same name")
      }
      if requirement.shape.contains(where: { $0 < 1 }) {
        report(
          .weights, subject.use, declared: "a weight `\(requirement.name)` of shape \(requirement.shape)",
          seen: "every size in a shape is 1 or more")
      }
    }
    return subject.hasSoundWeights
  }

  /// Another weight gives another output, in some scene.
  mutating func checkWeightsMatter(_ subject: Subject, _ scenes: [Scene]) {
    guard wants(.weights) else { return }
    for (index, requirement) in subject.requirements.enumerated() {
      let matters = scenes.enumerated().reversed().contains { place, scene in
        (0..<2).contains { trial in
          let inputs = scene.inputs(seed: UInt64(2 * place + trial))
          var weights = scene.weights
          weights[index] = Scene.weight(scene.requirements[index], index, seed: seed &+ 1 &+ UInt64(trial))
          let results = scene.stage.evaluate(inputs, weights: weights)
          return zip(scene.evaluate(inputs), results).contains { before, after in
            !zip(before.values, after.values).allSatisfy { $0.isSame(as: $1) }
          }
        }
      }
      if !matters {
        report(
          .weights, subject.use, declared: "a weight `\(requirement.name)` of shape \(requirement.shape)",
          seen: "other numbers in it change nothing")
      }
    }
  }
}
