import FCNCore

/// Compares what a network computes with what was recorded from another implementation of it.
///
/// Every stage is computed twice: from the inputs of the network, which shows how far off each value is, and from the
/// expected values before it, which shows the stages that are wrong on their own, whatever they inherit.
struct Comparer {
  private let interpreter: Interpreter
  private let expected: ExpectedValues
  private let tolerance: Float
  private let inputs: [Graph.ValueID: Tensor]
  private let names: [String]
  private let producers: [Graph.ValueID: Int]
  /// What later stages are computed from: the expected numbers where there are some, else what the stage gives for those
  /// before it.
  private var fed: [Graph.ValueID: Tensor] = [:]
  /// The values for which `fed` is what the network computes anyway.
  private var isPure: Set<Graph.ValueID> = []
  private var rows: [(value: Graph.ValueID, row: Comparison.Row)] = []
  private var wrong: [(value: Graph.ValueID, finding: Diagnostic)] = []
  private var hintFinder: HintFinder

  private var graph: Graph { interpreter.graph }

  /// - Parameters:
  ///   - inputs: in the order of the graph's.
  init(_ interpreter: Interpreter, inputs: [Tensor], expected: ExpectedValues, tolerance: Float) {
    self.interpreter = interpreter
    self.expected = expected
    self.tolerance = tolerance
    self.inputs = Dictionary(
      zip(interpreter.graph.inputs.map(\.value), inputs), uniquingKeysWith: { first, _ in first })
    hintFinder = HintFinder(interpreter.graph, tolerance: tolerance)
    names = interpreter.graph.uniqueNames
    producers = interpreter.graph.producers
  }

  /// The rows and findings of a comparison; `walk` is at its beginning.
  mutating func run(_ walk: inout Interpreter.Walk) throws(Session.Failure) -> (
    rows: [Comparison.Row], findings: [Diagnostic]
  ) {
    for input in graph.inputs { try compare(input) }
    let lastUses = lastUses
    while let node = try walk.next() {
      let outputs = graph.nodes[node].outputs
      let results = outputs.compactMap { walk[$0] }
      let own = ownResults(of: node, results)
      for (position, value) in outputs.enumerated() {
        try compare(value, of: node, results[position], own: own.map { $0[position] })
      }
      for value in graph.nodes[node].inputs + outputs where lastUses[value, default: node] <= node {
        fed[value] = nil
      }
    }
    return (rows.map(\.row), findings())
  }

  private var lastUses: [Graph.ValueID: Int] {
    var result: [Graph.ValueID: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs { result[value] = index }
    }
    return result
  }

  /// What a node gives for the expected values before it; nil where it cannot take them.
  private mutating func ownResults(of node: Int, _ results: [Tensor]) -> [Tensor]? {
    let stage = graph.nodes[node]
    if stage.inputs.allSatisfy(isPure.contains) {
      isPure.formUnion(stage.outputs)
      return results
    }
    let inputs = stage.inputs.compactMap { fed[$0] }
    guard inputs.count == stage.inputs.count else { return nil }
    return stage.stage.outputs(for: inputs, weights: stage.weights)
  }

  // MARK: Values

  private mutating func compare(_ input: Graph.Input) throws(Session.Failure) {
    guard let given = inputs[input.value] else { return }
    guard let recorded = expected.arrays[input.value],
      let numbers = try expected.tensor(of: input.value, shape: given.shape)
    else {
      fed[input.value] = given
      isPure.insert(input.value)
      return
    }
    fed[input.value] = numbers
    let difference = Difference(given, numbers)
    let isRight = (difference?.relative ?? .infinity) <= tolerance
    rows.append(
      (
        input.value,
        Comparison.Row(
          array: recorded.name, value: names[input.value], stage: "input", place: input.range.map(Explanation.place),
          shape: given.shape, expectedShape: recorded.shape, error: difference?.greatest,
          relativeError: difference?.relative, ownError: difference?.relative, status: isRight ? .ok : .wrong)
      ))
    guard !isRight else { return }
    let hints = hintFinder.hints(for: input, given, expected: numbers)
    wrong.append(
      (
        input.value,
        .inputDiffers(
          names[input.value], at: input.range, shape: given.shape, expected: recorded.shape, difference,
          help: Self.help(hints, graph) ?? Likeness(given, numbers, tolerance: tolerance)?.text)
      ))
  }

  /// - Parameters:
  ///   - result: what the network computes.
  ///   - own: what the stage gives for the expected values before it.
  private mutating func compare(
    _ value: Graph.ValueID, of node: Int, _ result: Tensor, own: Tensor?
  ) throws(Session.Failure) {
    guard let recorded = expected.arrays[value] else {
      fed[value] = own
      return
    }
    isPure.remove(value)
    let numbers = try expected.tensor(of: value, shape: result.shape)
    fed[value] = numbers
    let difference = numbers.flatMap { Difference(result, $0) }
    let ownDifference = numbers.flatMap { numbers in own.flatMap { Difference($0, numbers) } }
    let isOff = !((difference?.relative ?? .infinity) <= tolerance)
    // Where the stage cannot take what is expected before it, the fault lies there; and where the network itself gives
    // the expected numbers, in what was recorded before.
    let isWrong = isOff && own != nil && !((ownDifference?.relative ?? .infinity) <= tolerance)
    let origin = graph.nodes[node].origin
    rows.append(
      (
        value,
        Comparison.Row(
          array: recorded.name, value: names[value], stage: graph.stageName(node),
          place: origin.range.map(Explanation.place), shape: result.shape, expectedShape: recorded.shape,
          error: difference?.greatest, relativeError: difference?.relative, ownError: ownDifference?.relative,
          status: isWrong ? .wrong : isOff ? .inherits : .ok)
      ))
    guard isWrong, let own else { return }
    wrong.append((value, try finding(value, own, numbers, ownDifference, shape: recorded.shape)))
  }

  // MARK: Findings

  private mutating func finding(
    _ value: Graph.ValueID, _ own: Tensor, _ numbers: Tensor?, _ difference: Difference?, shape: [Int]
  ) throws(Session.Failure) -> Diagnostic {
    let segment = try Segment(graph, upTo: value, producers: producers) {
      (value: Graph.ValueID) throws(Session.Failure) -> (numbers: Tensor, isExpected: Bool)? in
      let type = graph.values[value].type
      if let recorded = expected.arrays[value] {
        // Its own shape may be another: what is expected counts.
        let numbers = try expected.tensor(of: value, shape: [type.channels] + recorded.shape.dropFirst())
        return numbers.map { ($0, true) }
      }
      return inputs[value].map { ($0, false) }
    }
    var (hints, areAllTried): ([Hint], Bool) = ([], true)
    if let numbers {
      (hints, areAllTried) = try hintFinder.hints(
        for: segment, expected: numbers, earlier: earlier(than: value, shape: shape))
    }
    let likeness = numbers.flatMap { Likeness(own, $0, tolerance: tolerance)?.text }
    var finding = Diagnostic.valueDiffers(
      graph, names, segment, blamed: hints.first?.node, shape: own.shape, expected: shape, difference,
      help: Self.help(hints, graph, of: segment.nodes.last) ?? likeness)
    if hints.isEmpty && !areAllTried {
      finding.notes.append("not every usual mistake was tried, as each takes long here; a smaller picture takes less")
    }
    return finding
  }

  /// The values of a shape that were compared before and the inputs, the nearest first.
  private func earlier(
    than value: Graph.ValueID, shape: [Int]
  ) -> [(name: String, numbers: () throws(Session.Failure) -> Tensor?)] {
    let compared = rows.reversed().filter { $0.value != value && $0.row.expectedShape == shape }
    let recorded = compared.map { row in
      let numbers = { () throws(Session.Failure) -> Tensor? in
        try expected.tensor(of: row.value, shape: row.row.expectedShape)
      }
      return (name: row.row.value, numbers: numbers)
    }
    let given = graph.inputs.map(\.value).filter { expected.arrays[$0] == nil }.map { input in
      (name: names[input], numbers: { () throws(Session.Failure) -> Tensor? in inputs[input] })
    }
    return recorded + given
  }

  /// - Parameter node: the node whose stage is meant where none is named.
  private static func help(_ hints: [Hint], _ graph: Graph, of node: Int? = nil) -> String? {
    guard !hints.isEmpty else { return nil }
    let texts = hints.map { hint in
      guard let other = hint.node, other != node else { return hint.text }
      let place = graph.nodes[other].origin.range.map { " (\(Explanation.place($0)))" } ?? ""
      return "\(hint.text), at `\(graph.stageName(other))`\(place)"
    }
    return "the numbers fit " + texts.joined(separator: "; or ")
  }

  /// The findings with the values that inherit each error.
  private func findings() -> [Diagnostic] {
    guard wrong.isEmpty else {
      return wrong.map { value, finding in
        var finding = finding
        let behind = rows.filter { depends($0.value, on: value) }.map(\.row)
        let inheriting = behind.filter { $0.status == .inherits }.map(\.value)
        if !inheriting.isEmpty { finding.notes.append(.inheriting(inheriting)) }
        if let agreeing = behind.first(where: { $0.status == .ok }) {
          finding.notes.append(
            "`\(agreeing.value)`, which depends on it, is as expected all the same: what was recorded may have been changed "
              + "afterwards, as by a module that works in place")
        }
        return finding
      }
    }
    guard let first = rows.first(where: { $0.row.status != .ok }) else { return [] }
    return [.differenceGrows(first.row, at: producers[first.value].flatMap { graph.nodes[$0].origin.range })]
  }

  private func depends(_ value: Graph.ValueID, on other: Graph.ValueID) -> Bool {
    let ancestors = graph.ancestors(of: [value])
    return graph.nodes.indices.contains { ancestors[$0] && graph.nodes[$0].inputs.contains(other) }
  }
}

extension Interpreter.Walk {
  /// The next node, with the failure of a session.
  fileprivate mutating func next() throws(Session.Failure) -> Int? {
    do { return try step() } catch { throw Session.Failure(error.message, help: error.help) }
  }
}
