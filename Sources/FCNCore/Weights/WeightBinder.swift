/// Gives the nodes of a graph their weights from weight files.
///
/// The tensor of a weight has the weight's name, unless a map says otherwise or the names of the file all begin with the
/// same prefix. Everything that does not fit is reported in one run.
public struct WeightBinder: Sendable {
  public var sources: [any WeightSource]
  /// Comes before the graph's own map.
  public var map: WeightMap
  /// Tensors that nothing uses are an error.
  public var isStrict: Bool

  public init(_ sources: [any WeightSource], map: WeightMap = [:], strict: Bool = false) {
    self.sources = sources
    self.map = map
    isStrict = strict
  }

  /// The graph with the weights of every node of which all weights are found and fit.
  public func bind(_ graph: Graph, report: inout DiagnosticSink) -> Graph {
    let (uses, placed) = placedUses(of: graph, report: &report)
    // Without its tensors a file would only be reported again, tensor by tensor.
    guard placed.sources.count == sources.count else { return graph }
    var binding = Binding(graph: graph, uses: uses, inventory: WeightInventory(placed.sources))
    binding.checkMap(map, report: &report)
    binding.checkConflicts(report: &report)
    let weights = binding.readAll(report: &report)
    binding.reportMissing(report: &report)
    binding.reportUnused(isStrict: isStrict, report: &report)

    var result = graph
    var counts: [Int: Int] = [:]
    for use in uses { counts[use.node, default: 0] += 1 }
    for (node, found) in weights where found.count == counts[node] { result.nodes[node].weights = found }
    return result
  }

  /// Every weight that the nodes need, with the name that its tensor has in the files, and the tensor if it is there.
  /// What has to be said of the files is said by `bind`.
  public func tensors(for graph: Graph) -> [(use: WeightUse, tensor: WeightTensorDescription?)] {
    var unsaid = DiagnosticSink()
    let (uses, placed) = placedUses(of: graph, report: &unsaid)
    let inventory = WeightInventory(placed.sources)
    return uses.map { ($0, inventory[$0.tensor].first?.description) }
  }

  private func placedUses(of graph: Graph, report: inout DiagnosticSink) -> (uses: [WeightUse], placed: PlacedWeights) {
    let uses = graph.weightUses(map: map)
    let placed = PlacedWeights(sources, for: uses, report: &report)
    return (placed.named(uses), placed)
  }
}

/// The work of one call of `WeightBinder.bind`.
private struct Binding {
  let graph: Graph
  let uses: [WeightUse]
  let inventory: WeightInventory
  /// False where a stage fixes the size, but the network was read for every size: shapes are not known then.
  private let isSized: Bool
  private var missing: [WeightUse] = []
  private var cache: [String: WeightTensor] = [:]
  private var failed: Set<String> = []

  init(graph: Graph, uses: [WeightUse], inventory: WeightInventory) {
    self.graph = graph
    self.uses = uses
    self.inventory = inventory
    isSized = Verdict(of: graph).isFullyConvolutional
  }

  func checkMap(_ map: WeightMap, report: inout DiagnosticSink) {
    let names = Set(uses.map(\.name))
    let unknown = Set(map.tensors.keys).union(graph.weightMap.keys).subtracting(names).sorted()
    for (index, weight) in unknown.enumerated() {
      let nearest = index < 20 ? Suggestion.nearest(to: weight, in: names) : nil
      report.report(.unknownWeight(weight, nearest: nearest, at: map.ranges[weight]))
    }
  }

  func checkConflicts(report: inout DiagnosticSink) {
    var first: [String: WeightUse] = [:]
    for use in uses {
      guard let other = first[use.tensor] else {
        first[use.tensor] = use
        continue
      }
      guard other.requirement.shape != use.requirement.shape else { continue }
      report.report(.conflictingWeights(use, other, in: graph))
    }
  }

  /// The weights of each node that were found, in the order of the requirements.
  mutating func readAll(report: inout DiagnosticSink) -> [Int: [WeightTensor]] {
    var result: [Int: [WeightTensor]] = [:]
    for use in uses {
      let candidates = inventory[use.tensor]
      guard let tensor = candidates.first else {
        missing.append(use)
        continue
      }
      let place = graph.nodes[use.node].origin.range
      guard candidates.count == 1 else {
        if failed.insert(use.tensor).inserted {
          let paths = candidates.map { inventory.sources[$0.source].path }
          report.report(.ambiguousTensor(use.tensor, in: paths, at: place))
        }
        continue
      }
      let source = inventory.sources[tensor.source]
      guard WeightShape.fits(tensor.description.shape, use.requirement.shape) else {
        report.report(.misshapenWeight(use, tensor.description, path: source.path, at: place, isSized: isSized))
        continue
      }
      guard let numbers = read(tensor.description, from: source, at: place, report: &report) else { continue }
      guard let weight = WeightShape.adapt(numbers, to: use.requirement.shape) else {
        report.report(.misshapenWeight(use, tensor.description, path: source.path, at: place, isSized: isSized))
        continue
      }
      if let least = use.requirement.least, let position = weight.values.firstIndex(where: { $0 < least }) {
        let error = WeightFileError(
          path: source.path,
          message: "tensor `\(tensor.description.name)` (for `\(use.name)`) holds \(weight.values[position]) "
            + "at position \(position), but no number below \(least) makes sense there",
          help: "look whether another tensor is meant")
        report.report(.unreadableWeight(error, at: place))
        continue
      }
      result[use.node, default: []].append(weight)
    }
    return result
  }

  func reportMissing(report: inout DiagnosticSink) {
    let used = Set(uses.map(\.tensor))
    let unused = inventory.tensors.lazy.map(\.description).filter { !used.contains($0.name) }
    let prefix = commonPrefix
    // Comparing many long names with many others takes time; who misses hundreds is not helped by hundreds of guesses.
    let candidates = unused.prefix(500)
    for (index, use) in missing.enumerated() {
      var nearest: String?
      if prefix == nil, index < 20 {
        let fitting = candidates.filter { WeightShape.fits($0.shape, use.requirement.shape) }.map(\.name)
        nearest =
          Suggestion.nearest(to: use.tensor, in: fitting)
          ?? Suggestion.nearest(to: use.tensor, in: candidates.map(\.name))
      }
      report.report(.missingWeight(use, nearest: nearest, prefix: prefix, at: graph.nodes[use.node].origin.range))
    }
  }

  func reportUnused(isStrict: Bool, report: inout DiagnosticSink) {
    let used = Set(uses.map(\.tensor))
    var names: [Int: [String]] = [:]
    for tensor in inventory.tensors where !used.contains(tensor.description.name) {
      names[tensor.source, default: []].append(tensor.description.name)
    }
    guard !names.isEmpty else { return }
    let files = names.sorted { $0.key < $1.key }.map { (path: inventory.sources[$0.key].path, names: $0.value) }
    report.report(.unusedTensors(files, isStrict: isStrict))
  }

  /// How the names of the network begin where that is all in which they differ from the file's.
  private var commonPrefix: String? {
    guard let first = missing.first else { return nil }
    let dots = first.tensor.indices.filter { first.tensor[$0] == "." }
    // Each candidate is tried on every missing weight, so their number has to be bounded.
    return dots.prefix(8).lazy.map { String(first.tensor[...$0]) }.first { prefix in
      missing.allSatisfy { use in
        guard let name = use.tensor.behind(prefix), let tensor = inventory[name].first else { return false }
        return WeightShape.fits(tensor.description.shape, use.requirement.shape)
      }
    }
  }

  private mutating func read(
    _ tensor: WeightTensorDescription, from source: any WeightSource, at place: SourceRange?,
    report: inout DiagnosticSink
  ) -> WeightTensor? {
    if let weight = cache[tensor.name] { return weight }
    guard !failed.contains(tensor.name) else { return nil }
    do throws(WeightFileError) {
      let weight = try source.read(tensor.name)
      cache[tensor.name] = weight
      return weight
    } catch {
      failed.insert(tensor.name)
      report.report(.unreadableWeight(error, at: place))
      return nil
    }
  }
}

// MARK: Messages

extension Diagnostic {
  fileprivate static func missingWeight(
    _ use: WeightUse, nearest: String?, prefix: String?, at place: SourceRange?
  ) -> Diagnostic {
    var help: String?
    if let prefix {
      help = "every missing tensor is in the file without `\(prefix)`: map the names"
    } else if let nearest {
      help =
        "there is an unused tensor `\(nearest)`; if it is the one, map it: "
        + "`\(WeightMap.line(weight: use.name, tensor: nearest))`"
    }
    let shape = "shape \(use.requirement.shape)"
    let name = use.name == use.tensor ? "`\(use.name)`" : "`\(use.name)`, which is mapped to `\(use.tensor)`,"
    return Diagnostic(
      .missingWeight, "no tensor for the weight \(name) of \(shape)", at: place, label: "needs `\(use.name)`",
      help: help)
  }

  fileprivate static func misshapenWeight(
    _ use: WeightUse, _ tensor: WeightTensorDescription, path: String, at place: SourceRange?, isSized: Bool
  ) -> Diagnostic {
    var notes = ["the tensor is in \(path)"]
    if let remedy = WeightShape.remedy(tensor.shape, use.requirement.shape) { notes.insert(remedy, at: 0) }
    let name = use.name == tensor.name ? "`\(tensor.name)`" : "`\(tensor.name)` (for `\(use.name)`)"
    let fits = notes.count > 1
    return Diagnostic(
      .misshapenWeight,
      "tensor \(name) has the shape \(tensor.shape), but the stage needs \(use.requirement.shape)"
        + (fits ? "; \(notes.removeFirst())" : ""),
      at: place, label: "needs \(use.requirement.shape)", notes: notes,
      help: fits
        ? "transpose or reshape the tensor when the file is written" : isSized ? nil : StageFacts.fixedSizeHelp)
  }

  fileprivate static func conflictingWeights(_ use: WeightUse, _ other: WeightUse, in graph: Graph) -> Diagnostic {
    let related = graph.nodes[other.node].origin.range.map {
      [Label($0, "needs it with the shape \(other.requirement.shape)")]
    }
    return Diagnostic(
      .conflictingWeights,
      "two stages take the tensor `\(use.tensor)` with different shapes, \(other.requirement.shape) and "
        + "\(use.requirement.shape)",
      at: graph.nodes[use.node].origin.range, related: related ?? [],
      help: "give the stages different weight names, or make them alike to share the weight")
  }

  fileprivate static func ambiguousTensor(_ name: String, in paths: [String], at place: SourceRange?) -> Diagnostic {
    Diagnostic(
      .ambiguousTensor, "tensor `\(name)` is in more than one weight file", at: place, notes: paths.map { "in \($0)" },
      help: "give only one of the files")
  }

  fileprivate static func unreadableWeight(_ error: WeightFileError, at place: SourceRange?) -> Diagnostic {
    Diagnostic(.unreadableWeight, error.message, at: place, notes: ["in \(error.path)"], help: error.help)
  }

  fileprivate static func unusedTensors(_ files: [(path: String, names: [String])], isStrict: Bool) -> Diagnostic {
    let count = files.reduce(0) { $0 + $1.names.count }
    return Diagnostic(
      .unusedTensor, count == 1 ? "1 tensor is not used" : "\(count) tensors are not used", at: nil,
      severity: isStrict ? .error : .warning,
      notes: files.map { file in
        let shown = file.names.prefix(40).map { "`\($0)`" }.joined(separator: ", ")
        return "in \(file.path): \(shown)" + (file.names.count > 40 ? " and \(file.names.count - 40) more" : "")
      },
      help: "look whether a part of the trained network is missing"
        + (isStrict ? "; if they are not needed, leave `--strict` out" : ""))
  }

  fileprivate static func unknownWeight(_ name: String, nearest: String?, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      .unknownWeight, "the network has no weight `\(name)`", at: range, severity: .warning,
      help: nearest.map { "there is `\($0)`" } ?? "remove it from the weight map")
  }
}
