import FCNCore

/// The examination of one stage: use after use, with the first fault of each kind.
struct Examination {
  let type: any Stage.Type
  let seed: UInt64
  private(set) var faults: [Conformance.Fault] = []
  /// Inputs that some use declares as read, and whether anything in them ever mattered.
  var inputsInUse: [Int: (subject: Subject, matters: Bool)] = [:]

  var signature: StageSignature { type.signature }

  init(of type: any Stage.Type, seed: UInt64) {
    self.type = type
    self.seed = seed
  }

  mutating func examine(_ use: Conformance.Use) {
    let subject: Subject
    do throws(Rejection) {
      subject = try Subject(type, use)
    } catch {
      report(.rejectedUses, use, declared: "a use that was given", seen: "it is rejected: \(error.message)")
      return
    }
    guard checkOutputCount(subject), checkRequirements(subject) else { return }
    checkDomain(subject)
    let scenes = subject.scenes(seed: seed)
    if scenes.isEmpty {
      let seen = "no size is accepted, of \(Subject.sizeCount) along each axis from the least one on"
      report(.rejectedUses, use, declared: "a use that was given", seen: seen)
      return
    }
    checkFixedSize(subject, scenes)
    checkConstantSizes(subject)
    let sound = scenes.filter { checkShape(subject, $0) }
    guard let last = sound.last else { return }
    checkCost(subject)
    for scene in [sound[0], sound[sound.count / 2], last] { checkFacts(subject, scene) }
    checkAlternatives(subject, sound[sound.count / 2])
    let reads = checkReads(subject, sound)
    if reads.matter { checkWeightsMatter(subject, sound) }
    // A wrong window moves wrongly too: that is told once.
    guard reads.areRight, !subject.isFixed else { return }
    checkMovement(subject, sound)
    for scene in sound { checkBorder(subject, scene) }
  }

  /// What only all uses together show.
  mutating func finish() {
    for (index, input) in inputsInUse.sorted(by: { $0.key < $1.key }) where !input.matters {
      let name = Conformance.Use.name(index)
      report(
        .unreadPosition, input.subject.use, declared: "\(name) is read",
        seen: "whatever changes in \(name), nothing changes in the output, in this and in every other use")
    }
  }

  // MARK: Faults

  func wants(_ kind: Conformance.Fault.Kind) -> Bool { !faults.contains { $0.kind == kind } }

  /// Adds a fault, unless there is one of its kind.
  mutating func report(
    _ kind: Conformance.Fault.Kind, _ use: Conformance.Use? = nil, _ image: ImageSize? = nil, declared: String,
    seen: String
  ) {
    guard wants(kind) else { return }
    faults.append(
      Conformance.Fault(
        kind: kind, stage: signature.name, use: use?.lines(signature) ?? [], size: image?.description,
        declared: declared, seen: seen))
  }
}
