import FCNCore

/// A usual mistake that explains why a value is not the expected one.
struct Hint {
  /// In words that follow "the numbers fit".
  var text: String
  /// The stage that would have to be another one; nil where an input would.
  var node: Int?
  var relativeError: Float
  /// Tells numbers apart: alternatives that come to the same are one hint.
  var digest: Int

  func isSame(as other: Hint) -> Bool { node == other.node && digest == other.digest }
}

/// Looks for the usual mistake behind a wrong value: whatever alternative gives the expected numbers is a hint.
struct HintFinder {
  let graph: Graph
  let tolerance: Float
  /// Multiply-adds that all findings of a comparison may take together, some minutes.
  private var budget = 3e11
  /// Multiply-adds for one value.
  private static let limitOfWork = 1e11
  /// The most hints that are given for a value.
  private static let limit = 3
  /// The most other stages whose weights are tried, and other values that may have to be added.
  private static let otherLimit = 64

  init(_ graph: Graph, tolerance: Float) {
    self.graph = graph
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - expected: the expected numbers of the value of the segment.
  ///   - earlier: the names of values before it, the nearest first, and what gives their expected numbers.
  /// - Returns: the best hints, and whether all that is usual was tried.
  mutating func hints(
    for segment: Segment, expected: Tensor,
    earlier: [(name: String, numbers: () throws(Session.Failure) -> Tensor?)] = []
  ) throws(Session.Failure) -> (hints: [Hint], areAllTried: Bool) {
    let own = segment.numbers[segment.value].flatMap { Difference($0, expected) }?.relative ?? .infinity
    var search = Search(
      segment: segment, expected: expected, bound: min(tolerance, own / 10), limit: min(budget, Self.limitOfWork))
    for node in segment.nodes.reversed() {
      guard let stage = graph.nodes[node].stage as? any AlternativeStage else { continue }
      for alternative in stage.alternatives where search.mayGoOn() {
        search.consider(alternative.text, at: node) { alternative.outputs($0) }
      }
    }
    for node in segment.nodes.reversed() {
      for other in others(like: node) where search.mayGoOn() {
        let stage = graph.nodes[node].stage
        search.consider("with the weights of `\(graph.nodes[other].weightPath)`", at: node) {
          stage.outputs(for: $0.inputs, weights: graph.nodes[other].weights)
        }
      }
    }
    if let own = segment.numbers[segment.value] {
      for (name, numbers) in earlier.prefix(Self.otherLimit) where search.mayGoOn() {
        guard let other = try numbers(), other.shape == own.shape else { continue }
        var sum = own
        for index in sum.values.indices { sum.values[index] += other.values[index] }
        search.consider(
          "where `\(name)` is added: a residual connection is missing", replacing: [segment.value: sum],
          at: segment.nodes.last)
      }
    }
    for input in segment.inputs {
      guard let numbers = segment.numbers[input], let port = graph.inputs.first(where: { $0.value == input }) else {
        continue
      }
      for reading in InputReading.all(for: port.description) where search.mayGoOn() {
        search.consider(reading.text(port.description.name), replacing: [input: reading(numbers)], at: nil)
      }
    }
    budget -= search.work
    return (Self.best(search.found), !search.wasCutShort)
  }

  /// The readings of an input that make it what is expected of it.
  func hints(for input: Graph.Input, _ numbers: Tensor, expected: Tensor) -> [Hint] {
    guard let own = Difference(numbers, expected)?.relative else { return [] }
    let found = InputReading.all(for: input.description).compactMap { reading -> Hint? in
      guard let difference = Difference(reading(numbers), expected),
        difference.relative <= min(tolerance, own / 10)
      else { return nil }
      return Hint(
        text: reading.text(input.description.name), node: nil, relativeError: difference.relative,
        digest: reading(numbers).values.hashValue)
    }
    return Self.best(found)
  }

  /// The best hints, those that fit alike in the order in which they were found: the more usual first.
  private static func best(_ hints: [Hint]) -> [Hint] {
    guard let least = hints.map(\.relativeError).min() else { return [] }
    // Rounding alone gives errors of this size.
    let fitting = hints.filter { $0.relativeError <= max(4 * least, 5e-7) }
    let others = fitting.enumerated().filter { index, hint in !fitting[..<index].contains { $0.isSame(as: hint) } }
    return Array(others.map(\.element).prefix(limit))
  }

  /// Nodes of the same stage with weights of the same shapes.
  private func others(like node: Int) -> [Int] {
    let own = graph.nodes[node]
    guard !own.weights.isEmpty else { return [] }
    var seen: Set<String> = [own.weightPath]
    let fitting = graph.nodes.indices.filter { index in
      let other = graph.nodes[index]
      return type(of: other.stage) == type(of: own.stage) && other.weights.map(\.shape) == own.weights.map(\.shape)
        && seen.insert(other.weightPath).inserted
    }
    return Array(fitting.sorted { abs($0 - node) < abs($1 - node) }.prefix(Self.otherLimit))
  }

  private struct Search {
    let segment: Segment
    let expected: Tensor
    /// The greatest relative error that counts as a fit.
    let bound: Float
    /// Multiply-adds after which nothing more is tried.
    let limit: Double
    var found: [Hint] = []
    var work = 0.0
    var wasCutShort = false

    mutating func mayGoOn() -> Bool {
      if work >= limit { wasCutShort = true }
      return !wasCutShort
    }

    mutating func consider(_ text: String, at node: Int, _ outputs: (Alternative.Computation) -> [Tensor]?) {
      guard let computation = segment.computation(of: node), let changed = outputs(computation),
        changed.count == segment.graph.nodes[node].outputs.count
      else { return }
      work += segment.work(of: node, changed)
      consider(
        text, replacing: Dictionary(uniqueKeysWithValues: zip(segment.graph.nodes[node].outputs, changed)), at: node)
    }

    mutating func consider(_ text: String, replacing changes: [Graph.ValueID: Tensor], at node: Int?) {
      let (numbers, work) = segment.numbers(replacing: changes)
      self.work += work
      guard let numbers, let difference = Difference(numbers, expected), difference.relative <= bound else { return }
      found.append(
        Hint(text: text, node: node, relativeError: difference.relative, digest: numbers.values.hashValue))
    }
  }
}
