import FCNCore

/// The facts that passes and the verdict rely on.
extension Examination {
  mutating func checkCost(_ subject: Subject) {
    guard let weight = subject.requirements.first(where: { $0.shape.count == 4 }) else { return }
    let cost = subject.stage.multiplyAdds(for: subject.use.inputs)
    if cost <= 0 {
      report(
        .cost, subject.use, declared: "\(cost) multiply-adds a pixel",
        seen: "the weight `\(weight.name)` of shape \(weight.shape)")
    }
  }

  mutating func checkFacts(_ subject: Subject, _ scene: Scene) {
    let inputs = scene.inputs()
    let outputs = scene.evaluate(inputs)
    let facts = subject.stage.facts(for: scene.types)
    if facts.isIdentity, outputs.count != 1 || !inputs[0].isClose(to: outputs[0]) {
      report(
        .identity, subject.use, scene.image, declared: "`isIdentity`: the output is the input",
        seen: Self.difference(inputs[0].values, outputs[0].values))
    }
    if facts.concatenatesChannels {
      let values = inputs.flatMap(\.values)
      if outputs.count != 1 || !outputs[0].values.isClose(to: values) {
        report(
          .concatenation, subject.use, scene.image,
          declared: "`concatenatesChannels`: the output is the channels of the inputs, one input after the other",
          seen: Self.difference(values, outputs[0].values))
      }
    }
    if let stage = subject.stage as? any ChannelAffineStage, outputs.count == 1 {
      let (scale, shift) = stage.affine(weights: scene.weights, channels: outputs[0].channels)
      checkAffine(.affine, "`affine`", subject, scene, inputs[0], (scale, shift), outputs[0])
    }
    if let stage = subject.stage as? any AffineAbsorbingStage, outputs.count == 1 {
      checkAbsorption(stage, subject, scene, inputs, outputs[0])
    }
  }

  /// Compares `scale * before + shift` with `after`.
  private mutating func checkAffine(
    _ kind: Conformance.Fault.Kind, _ name: String, _ subject: Subject, _ scene: Scene, _ before: Tensor,
    _ affine: (scale: [Float], shift: [Float]), _ after: Tensor
  ) {
    let declared = "\(name): scale * x + shift with the numbers of each channel"
    guard affine.scale.count == before.channels, affine.shift.count == before.channels,
      before.values.count == after.values.count
    else {
      report(
        kind, subject.use, scene.image, declared: declared,
        seen: "\(affine.scale.count) scales and \(affine.shift.count) shifts for "
          + Self.shape(before.channels, before.height, before.width))
      return
    }
    let pixels = before.height * before.width
    let expected = before.values.enumerated().map { affine.scale[$0 / pixels] * $1 + affine.shift[$0 / pixels] }
    if !expected.isClose(to: after.values) {
      report(kind, subject.use, scene.image, declared: declared, seen: Self.difference(expected, after.values))
    }
  }

  private mutating func checkAbsorption(
    _ stage: any AffineAbsorbingStage, _ subject: Subject, _ scene: Scene, _ inputs: [Tensor], _ output: Tensor
  ) {
    let channels = 0..<output.channels
    let noise = Noise(seed &+ 0xAFF1)
    let (scale, shift) = (channels.map { noise.number($0, 0, 0) * 2 }, channels.map { noise.number($0, 1, 0) })
    let (absorbed, weights) = stage.absorbing(scale: scale, shift: shift, weights: scene.weights)
    let declared = absorbed.weights(for: scene.types).map(\.shape)
    guard declared == weights.map(\.shape) else {
      report(
        .absorption, subject.use, scene.image, declared: "weights of the shapes \(declared)",
        seen: "weights of the shapes \(weights.map(\.shape))")
      return
    }
    let isSameUse = scene.types.indices.allSatisfy { index in
      absorbed.access(toInput: index, of: scene.types) == scene.access(index)
    }
    guard isSameUse, let types = try? absorbed.outputTypes(for: scene.types), types == scene.outputs,
      let result = absorbed.evaluate(inputs, weights: weights).first
    else {
      report(
        .absorption, subject.use, scene.image, declared: "a stage with the outputs and accesses of this one",
        seen: "a stage with others")
      return
    }
    checkAffine(.absorption, "`absorbing`", subject, scene, output, (scale, shift), result)
  }

  /// The first numbers that differ, as text.
  static func difference(_ expected: [Float], _ seen: [Float]) -> String {
    guard expected.count == seen.count else { return "\(seen.count) numbers, not \(expected.count)" }
    let index = expected.indices.first { !expected[$0].isClose(to: seen[$0]) } ?? 0
    return "number \(index) is \(seen[index]), not \(expected[index])"
  }
}

/// Whether a stage fixes the size.
extension Examination {
  /// A stage that has a weight or channel for every pixel, or one size for all images, says so; and only such a one does.
  mutating func checkFixedSize(_ subject: Subject, _ scenes: [Scene]) {
    guard wants(.fixedSize) else { return }
    if let reason = subject.facts.fixesSize {
      guard !subject.dependsOnSize(scenes) else { return }
      report(
        .fixedSize, subject.use, declared: "`fixesSize`: \(reason)",
        seen: "every size is accepted, with the same weights, and the output follows the size of the input")
      return
    }
    guard subject.stage.facts.fixesSize == nil else { return }
    let shapes = subject.requirements.map(\.shape)
    for image in subject.images {
      guard let inputs = subject.use.inputs.constant(at: image) else { continue }
      let others = subject.stage.weights(for: inputs).map(\.shape)
      guard others != shapes else { continue }
      report(
        .fixedSize, subject.use, image, declared: "`fixesSize` is nil: any size goes",
        seen: "weights of the shapes \(others) for inputs of this size, \(shapes) for all sizes")
    }
    for axis in Axis.allCases where subject.hasOneSize(axis) {
      report(
        .fixedSize, subject.use, declared: "`fixesSize` is nil, and no input is read as a whole",
        seen: "the output has the same \(axis.sizeName) for every image")
    }
  }
}

extension Subject {
  /// True where the outputs have one size along an axis although every input grows with the image and none of them is
  /// summed up.
  fileprivate func hasOneSize(_ axis: Axis) -> Bool {
    let isOpen = use.inputs.allSatisfy { $0[keyPath: axis.extent].slope != 0 }
    let isOne = outputs.contains { $0[keyPath: axis.extent].slope == 0 && !$0[keyPath: axis.extent].isFinite }
    return isOpen && isOne
      && !use.inputs.indices.contains { axis.access(stage.access(toInput: $0, of: use.inputs)) == .whole }
  }

  /// True where weights, channels, the size of the output or what is accepted show that the stage does not go along with
  /// every size.
  fileprivate func dependsOnSize(_ scenes: [Scene]) -> Bool {
    if outputs.contains(where: {
      $0.height.isFinite || $0.width.isFinite || $0.height.slope == 0 || $0.width.slope == 0
    }) {
      return true
    }
    if scenes.count < images.count { return true }
    return scenes.contains { scene in
      scene.requirements.map(\.shape) != requirements.map(\.shape)
        || scene.outputs.map(\.channels) != outputs.map(\.channels)
        || scene.outputSizes != outputs.compactMap { $0.size(for: scene.image) }
    }
  }
}

extension Tensor {
  fileprivate func isClose(to other: Tensor) -> Bool {
    channels == other.channels && height == other.height && width == other.width && values.isClose(to: other.values)
  }
}

extension [Float] {
  /// The same numbers but for rounding.
  func isClose(to others: [Float]) -> Bool {
    count == others.count && zip(self, others).allSatisfy { $0.isClose(to: $1) }
  }
}
