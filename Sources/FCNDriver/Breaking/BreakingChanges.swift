import FCNCore
import FCNRuntime

/// Finds what a change of a network breaks.
public struct BreakingChanges {
  private let old: Graph
  private let new: Graph
  private let tree: NetworkSyntax
  private var findings: [Diagnostic] = []

  /// - Parameters:
  ///   - old: as it was.
  ///   - new: as it is now.
  ///   - tree: the text of `new`, in which findings are placed.
  /// - Returns: the findings by classes, each sorted by place.
  public static func find(from old: Graph, to new: Graph, tree: NetworkSyntax) -> [Diagnostic] {
    var changes = BreakingChanges(old: old, new: new, tree: tree)
    changes.compareInputs()
    changes.compareOutputs()
    changes.compareWeights()
    // Where weights or outputs differ, numbers do anyway.
    if changes.findings.isEmpty { changes.compareNumbers() }
    return changes.findings
  }

  private init(old: Graph, new: Graph, tree: NetworkSyntax) {
    self.old = old
    self.new = new
    self.tree = tree
  }

  private mutating func report(_ kind: BreakingClass, _ message: String, at range: SourceRange?, help: String? = nil) {
    findings.append(Diagnostic(kind.id, message, at: range ?? header, severity: .error, help: help))
  }

  /// Where the network is named: for what is gone and has no place of its own.
  private var header: SourceRange? {
    for case .network(let header) in tree.items { return header.name.range }
    return nil
  }

  // MARK: Interface

  private mutating func compareInputs() {
    for (position, input) in old.inputs.enumerated() {
      let name = input.description.name
      guard let other = new.inputs.first(where: { $0.description.name == name }) else {
        report(
          .interface, "the input `\(name)` is gone", at: nil,
          help: nearest(name, new.inputs.map(\.description.name)) ?? "keep its name")
        continue
      }
      if new.inputs.firstIndex(where: { $0.description.name == name }) != position {
        report(.interface, "the input `\(name)` is not number \(position + 1) any more", at: other.range)
      }
      if input.description.channels != other.description.channels {
        report(
          .interface,
          "the input `\(name)` has \(other.description.channels) channels, it had \(input.description.channels)",
          at: other.range)
      } else if text(input.description.preprocessing) != text(other.description.preprocessing) {
        report(.interface, "pictures for the input `\(name)` are prepared in another way", at: other.range)
      }
      let (before, after) = (old.values[input.value].type, new.values[other.value].type)
      if position > 0, before.height != after.height || before.width != after.width {
        report(
          .interface,
          "the input `\(name)` is \(size(after)), it was \(size(before))", at: other.range)
      }
    }
    let names = old.inputs.map(\.description.name)
    for input in new.inputs where !names.contains(input.description.name) {
      report(.interface, "the input `\(input.description.name)` is new: programs do not give it", at: input.range)
    }
  }

  private mutating func compareOutputs() {
    for output in old.namedOutputs {
      let name = output.description.name
      guard let other = new.namedOutputs.first(where: { $0.description.name == name }) else {
        report(
          .interface, "the output `\(name)` is gone", at: nil,
          help: nearest(name, new.namedOutputs.map(\.description.name)) ?? "keep its name")
        continue
      }
      let (before, after) = (output.description, other.description)
      if before.channels != after.channels {
        report(
          .interface, "the output `\(name)` has \(after.channels) channels, it had \(before.channels)", at: other.range)
      }
      if text(before.kind) != text(after.kind) {
        report(.interface, "the numbers of the output `\(name)` mean something else", at: other.range)
      }
      if text(before.answer) != text(after.answer) {
        report(.interface, "what is worked out of the output `\(name)` is something else", at: other.range)
      }
      compareSizes(of: name, old.values[output.value].type, new.values[other.value].type, at: other.range)
    }
  }

  private mutating func compareSizes(of name: String, _ before: TensorType, _ after: TensorType, at range: SourceRange?)
  {
    for (axis, letter) in [(\TensorType.height, "H"), (\.width, "W")] {
      let (old, new) = (before[keyPath: axis], after[keyPath: axis])
      if old == new { continue }
      let sizes = Self.sampled(old, new)
      if let refused = sizes.first(where: { old($0) != nil && new($0) == nil }) {
        report(
          .interface,
          "pictures of \(letter) = \(refused) are not accepted any more: \(new.domain(of: letter)), it was "
            + old.domain(of: letter), at: range)
        return
      }
      if let moved = sizes.first(where: { old($0) != nil && old($0) != new($0) }) {
        report(
          .interface,
          "the output `\(name)` is \(new(moved) ?? 0) pixels for \(letter) = \(moved), it was \(old(moved) ?? 0)",
          at: range)
        return
      }
    }
  }

  /// Sizes among which two extents differ if they differ at all: the small ones, and some periods of large ones.
  private static func sampled(_ a: Extent, _ b: Extent) -> [Int] {
    let period = a.period / Extent.greatestCommonDivisor(a.period, b.period) * b.period
    let leasts = (a.branches + b.branches).compactMap { $0?.least }
    let least = (leasts.max() ?? 1) + 2 * period
    return Array(1...max(2, min(least, 100_000)))
  }

  // MARK: Weights

  private mutating func compareWeights() {
    let (before, after) = (shapes(old), shapes(new))
    let missing = before.shapes.filter { after.shapes[$0.key] == nil }.keys.sorted()
    for (name, shape) in after.shapes.sorted(by: { $0.key < $1.key }) {
      guard let old = before.shapes[name] else {
        let help = nearest(name, missing) ?? "give the stage a label that old files have"
        report(
          .weights, "the weight `\(name)` is new: weight files do not have it", at: after.places[name] ?? nil,
          help: help)
        continue
      }
      if old != shape {
        report(
          .weights, "the weight `\(name)` has the shape \(list(shape)), it had \(list(old))",
          at: after.places[name] ?? nil)
      }
    }
    // A weight that is not asked for any more hurts only who is strict about it, and those whose name is new are told.
    if after.shapes.allSatisfy({ before.shapes[$0.key] == $0.value }), let first = missing.first {
      let more = missing.count > 1 ? " and \(missing.count - 1) more are" : " is"
      report(.weights, "the weight `\(first)`\(more) not used any more", at: nil)
    }
    if old.weightMap != new.weightMap, missing.isEmpty {
      report(.weights, "the weight map names other tensors", at: nil)
    }
  }

  private func shapes(_ graph: Graph) -> (shapes: [String: [Int]], places: [String: SourceRange?]) {
    var shapes: [String: [Int]] = [:]
    var places: [String: SourceRange?] = [:]
    let isLive = graph.liveNodes
    for (index, node) in graph.nodes.enumerated() where isLive[index] {
      for weight in node.stage.weights(for: node.inputs.map({ graph.values[$0].type })) {
        shapes["\(node.weightPath).\(weight.name)"] = weight.shape
        places["\(node.weightPath).\(weight.name)"] = node.origin.range
      }
    }
    return (shapes, places)
  }

  // MARK: Numbers

  private mutating func compareNumbers() {
    let (before, after) = (Terms(old), Terms(new))
    for output in new.namedOutputs {
      guard let other = old.namedOutputs.first(where: { $0.description.name == output.description.name }),
        before.terms[other.value] != after.terms[output.value]
      else { continue }
      let known = Set(before.terms)
      // The first stage, in the order of the network, that computes what nothing computed before.
      let isNeeded = new.ancestors(of: [output.value])
      let culprit = new.nodes.indices.first { index in
        isNeeded[index] && new.nodes[index].outputs.contains { !known.contains(after.terms[$0]) }
      }
      let stage = culprit.map { "`\(type(of: new.nodes[$0].stage).signature.name)`" } ?? "a stage"
      report(
        .numerics, "the output `\(output.description.name)` is computed in another way, from \(stage) on",
        at: culprit.flatMap { new.nodes[$0].origin.range } ?? output.range)
    }
  }

  // MARK: Texts

  /// A value of the runtime's descriptions as text, to compare: they hold numbers and words only.
  private func text(_ value: some Any) -> String { String(describing: value) }

  private func size(_ type: TensorType) -> String { "\(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))" }

  private func list(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }

  private func nearest(_ name: String, _ candidates: [String]) -> String? {
    Suggestion.nearest(to: name, in: candidates).map { "`\($0)` looks like it" }
  }
}

/// What every value of a graph computes, as a name that is the same for the same computation: the stages with their
/// parameters and weights, whatever values are called and however the text is written.
private struct Terms {
  /// For each value.
  private(set) var terms: [String]

  init(_ graph: Graph) {
    terms = Array(repeating: "", count: graph.values.count)
    for input in graph.inputs { terms[input.value] = "input \(input.description.name)" }
    for node in graph.nodes {
      let types = node.inputs.map { graph.values[$0].type }
      if node.stage.facts(for: types).isIdentity, let input = node.inputs.first {
        for output in node.outputs { terms[output] = terms[input] }
        continue
      }
      var hash = ContentHash()
      hash.add(type(of: node.stage).signature.name)
      hash.add(String(describing: node.stage))
      hash.add(node.weightPath)
      for input in node.inputs { hash.add(terms[input]) }
      for (position, output) in node.outputs.enumerated() { terms[output] = "\(hash.text).\(position)" }
    }
  }
}
