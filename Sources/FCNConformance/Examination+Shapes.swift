import FCNCore

/// Shape rules: as many outputs as the signature says, of the sizes that the reference gives, for one size as for all.
extension Examination {
  mutating func checkOutputCount(_ subject: Subject) -> Bool {
    let names = signature.outputs
    if subject.outputs.count == names.count, !names.isEmpty { return true }
    report(
      .outputCount, subject.use, declared: "\(names.count) in the signature",
      seen: "\(subject.outputs.count) by the shape rule")
    return false
  }

  /// Where an input has no size the outputs have none, and where they have one it is 1 or more.
  mutating func checkDomain(_ subject: Subject) {
    for axis in Axis.allCases {
      for size in subject.range(axis) ?? 1..<Subject.sizeCount + 1 {
        for output in subject.outputs {
          guard let extent = output[keyPath: axis.extent](size) else { continue }
          let text = "the output has a \(axis.sizeName) of \(extent) for \(axis.variable) = \(size)"
          if let index = subject.use.inputs.firstIndex(where: { $0[keyPath: axis.extent](size) == nil }) {
            report(
              .domain, subject.use, declared: text,
              seen: "\(Conformance.Use.name(index)) has no \(axis.sizeName) for \(axis.variable) = \(size)")
          } else if extent < 1 {
            report(.domain, subject.use, declared: text, seen: "a size is 1 or more")
          }
        }
      }
    }
  }

  /// True where the reference gives what the shape rule says.
  mutating func checkShape(_ subject: Subject, _ scene: Scene) -> Bool {
    let results = scene.evaluate(scene.inputs())
    if scene.areShaped(results) { return true }
    let declared = zip(scene.outputs, scene.outputSizes).map { Self.shape($0.channels, $1.height, $1.width) }
    let seen = results.map { Self.shape($0.channels, $0.height, $0.width) }
    let kind: Conformance.Fault.Kind = results.count == signature.outputs.count ? .shape : .outputCount
    report(
      kind, subject.use, scene.image, declared: declared.joined(separator: "; "),
      seen: seen.isEmpty ? "the reference gives no output" : seen.joined(separator: "; "))
    return false
  }

  /// The shape rule says the same of inputs of one size as of inputs of every size.
  mutating func checkConstantSizes(_ subject: Subject) {
    guard !subject.isFixed, wants(.constantSize) else { return }
    for image in subject.images {
      guard let constant = subject.use.inputs.constant(at: image) else { continue }
      for inputs in [constant, subject.use.inputs.fixed(to: image)] {
        check(subject, inputs, at: image)
      }
    }
  }

  private mutating func check(_ subject: Subject, _ inputs: [TensorType], at image: ImageSize) {
    let expected = subject.outputs.compactMap { type in
      type.size(for: image).map { Self.shape(type.channels, $0.height, $0.width) }
    }
    let declared = expected.joined(separator: "; ") + " by the rule for all sizes"
    do throws(Rejection) {
      let outputs = try subject.stage.outputTypes(for: inputs)
      let shapes = outputs.map { type in
        type.size(for: image).map { Self.shape(type.channels, $0.height, $0.width) } ?? "none"
      }
      guard shapes != expected || outputs.map(\.element) != subject.outputs.map(\.element) else { return }
      report(
        .constantSize, subject.use, image, declared: declared,
        seen: shapes.joined(separator: "; ") + " by the rule for inputs of this one size")
    } catch {
      report(
        .constantSize, subject.use, image, declared: declared,
        seen: "inputs of this one size are rejected: \(error.message)")
    }
  }

  static func shape(_ channels: Int, _ height: Int, _ width: Int) -> String {
    "\(channels) channel\(channels == 1 ? "" : "s") of \(height) x \(width)"
  }
}

extension [TensorType] {
  /// The types of a network for images of one size.
  fileprivate func fixed(to image: ImageSize) -> [TensorType] {
    map { type in
      var type = type
      type.height = (try? type.height.restricted(toDomainOf: .fixed(image.height))) ?? type.height
      type.width = (try? type.width.restricted(toDomainOf: .fixed(image.width))) ?? type.width
      return type
    }
  }
}
