import FCNCore

/// Locality: the positions that matter are those that are declared.
extension Examination {
  /// Whether nothing is wrong, and whether anything in the inputs matters: of a window that sees the border alone, say,
  /// nothing does.
  mutating func checkReads(_ subject: Subject, _ scenes: [Scene]) -> (areRight: Bool, matter: Bool) {
    var (areRight, matter) = (true, false)
    for input in subject.use.inputs.indices {
      var spans: [Axis: [Span]] = [:]
      for scene in scenes.forReads(of: input) {
        for axis in Axis.allCases {
          let influence = Influence(scene, of: input, axis)
          let reads = scene.reads(input, axis)
          note(input, subject, isRead: !reads.isUnread, matters: influence.isAlive)
          matter = matter || influence.isAlive
          guard !reads.isWhole else {
            // A stage for one size alone may read in no regular way.
            guard influence.isAlive, !subject.isFixed, subject.isOfNumbers(input) else { continue }
            spans[axis, default: []].append(Span(reads, reached: influence.span))
            continue
          }
          let sight = Sight(
            subject: subject, scene: scene, input: input, axis: axis, influence: influence, reads: reads,
            single: reads.single)
          areRight = check(sight) && areRight
          checkPlace(sight)
        }
      }
      for axis in Axis.allCases { areRight = check(spans[axis] ?? [], subject, input, axis) && areRight }
    }
    return (areRight, matter)
  }

  private mutating func note(_ input: Int, _ subject: Subject, isRead: Bool, matters: Bool) {
    guard isRead else { return }
    inputsInUse[input] = (inputsInUse[input]?.subject ?? subject, (inputsInUse[input]?.matters ?? false) || matters)
  }

  private mutating func check(_ sight: Sight) -> Bool {
    guard sight.influence.isAlive else { return true }
    var isRight = true
    for index in 0..<sight.reads.outputSize {
      let declared = sight.reads.positions(of: index) ?? []
      let seen = sight.influence.positions(of: index)
      let foreign = seen.first { !declared.contains($0) }
      // Beyond an edge a border may hide what is declared: of twice the edge and its neighbour the median is the edge.
      let mayHide = !sight.isInterior(index) || !sight.subject.isOfNumbers(sight.input)
      let idle = mayHide ? nil : declared.first { !seen.contains($0) }
      if foreign == nil, idle == nil { continue }
      isRight = false
      let text = "\(sight.name) \(index) of the output is computed from \(sight.list(declared))"
      if let foreign {
        report(
          .undeclaredRead, sight.subject.use, sight.scene.image, declared: text,
          seen: "it changes with \(sight.list([foreign]))")
      }
      if let idle {
        report(
          .unreadPosition, sight.subject.use, sight.scene.image, declared: text,
          seen: "it never changes with \(sight.list([idle]))")
      }
    }
    return isRight
  }

  /// Of an input that is read as a whole, an output position depends on more where there is more.
  private mutating func check(_ spans: [Span], _ subject: Subject, _ input: Int, _ axis: Axis) -> Bool {
    let name = Conformance.Use.name(input)
    guard let large = spans.max(by: { $0.size < $1.size }),
      let small = spans.filter({ $0.size + large.growth <= large.size }).max(by: { $0.size < $1.size }),
      large.reached <= small.reached
    else { return true }
    report(
      .unreadPosition, subject.use, declared: "the output is computed from all \(axis.rawValue) of \(name)",
      seen: "none of its positions depends on more than \(large.reached) neighbouring \(axis.rawValue) of \(name), be "
        + "there \(small.size) or \(large.size)")
    return false
  }
}

extension Subject {
  /// False where an input holds classes: other ones may hide the change of one.
  fileprivate func isOfNumbers(_ input: Int) -> Bool { use.inputs[input].element == .real }
}

/// How far an output position reached in an input of some size.
private struct Span {
  var size: Int
  var reached: Int
  /// How much larger an input has to be for more to be reached. Of k parts that an axis is divided into, a part has up
  /// to two positions more than the quotient.
  var growth: Int

  init(_ reads: DeclaredReads, reached: Int) {
    (size, self.reached) = (reads.inputSize, reached)
    growth = max(10, reads.output.slope == 0 ? 2 * reads.outputSize : 0) + 1
  }
}

/// What was seen of one input along one axis, beside what is declared.
struct Sight {
  let subject: Subject
  let scene: Scene
  let input: Int
  let axis: Axis
  let influence: Influence
  let reads: DeclaredReads
  /// The same, for this size alone.
  let single: AxisReads?

  /// True where everything that an output position reads lies inside the input.
  func isInterior(_ index: Int) -> Bool { single.map { reads.isInterior(index, $0) } ?? false }

  /// The word for a position: `row`.
  var name: String { axis == .rows ? "row" : "column" }

  /// `rows 2, 4 and 6 of x`.
  func list(_ positions: [Int]) -> String {
    let numbers = positions.map(String.init)
    let owner = "of \(Conformance.Use.name(input))"
    guard let last = numbers.last else { return "no \(name) \(owner)" }
    if numbers.count == 1 { return "\(name) \(last) \(owner)" }
    return "\(name)s \(numbers.dropLast().joined(separator: ", ")) and \(last) \(owner)"
  }
}

extension [Scene] {
  /// A few scenes that differ in size: two with edges alone, and two or more with an inside.
  fileprivate func forReads(of input: Int) -> [Scene] {
    let access = first?.access(input)
    let isWhole = access?.rows == .whole || access?.columns == .whole
    var indices = Set([1, 3, count / 2, count / 2 + 1].map { Swift.min($0, count - 1) })
    if isWhole { indices.formUnion([count * 2 / 5, Swift.max(0, count - 3), count - 1]) }
    return indices.sorted().map { self[$0] }
  }
}
