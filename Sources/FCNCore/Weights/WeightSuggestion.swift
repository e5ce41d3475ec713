/// A guess which unused tensors of weight files belong to which weights that have none, for the user to confirm.
///
/// Weights and tensors of equal shape are paired in the order of the network and of the file; among several, those
/// whose names end alike (`.weight`, `.running_mean`) first. A pair is sure where its shape occurs once on both sides.
public struct WeightSuggestion: Sendable {
  public struct Pair: Hashable, Sendable {
    public var weight: String
    public var tensor: String
    public var shape: [Int]
    /// Other weights or tensors have the same shape: only their order speaks for this pair.
    public var isAmbiguous: Bool
  }

  /// In the order of the network.
  public let pairs: [Pair]
  /// Weights for which no tensor of their shape is left.
  public let weightsLeft: [(name: String, shape: [Int])]
  /// Tensors that no weight was found for.
  public let tensorsLeft: [WeightTensorDescription]

  /// - Parameter report: takes what has to be said of the files, as that one holds several state dicts.
  public init(
    for graph: Graph, from sources: [any WeightSource], map: WeightMap = [:], report: inout DiagnosticSink
  ) {
    let placed = PlacedWeights(sources, for: graph.weightUses(map: map), report: &report)
    let inventory = WeightInventory(placed.sources)
    let uses = placed.named(graph.weightUses(map: map))
    let used = Set(uses.map(\.tensor))
    var seen: Set<String> = []
    let weights = uses.filter { inventory[$0.tensor].isEmpty && seen.insert($0.name).inserted }
    let tensors = inventory.tensors.map(\.description).filter { !used.contains($0.name) }

    var partners: [Int: Int] = [:]
    let weightGroups = Dictionary(grouping: weights.indices) { WeightShape.canonical(weights[$0].requirement.shape) }
    let tensorGroups = Dictionary(grouping: tensors.indices) { WeightShape.canonical(tensors[$0].shape) }
    for (shape, group) in weightGroups {
      let candidates = tensorGroups[shape] ?? []
      let byEnding = Dictionary(grouping: candidates) { Self.ending(tensors[$0].name) }
      for (ending, alike) in Dictionary(grouping: group, by: { Self.ending(weights[$0].name) }) {
        for (weight, tensor) in zip(alike, byEnding[ending] ?? []) { partners[weight] = tensor }
      }
      let taken = Set(group.compactMap { partners[$0] })
      let rest = zip(group.filter { partners[$0] == nil }, candidates.filter { !taken.contains($0) })
      for (weight, tensor) in rest { partners[weight] = tensor }
    }
    pairs = weights.indices.compactMap { index in
      guard let partner = partners[index] else { return nil }
      let shape = weights[index].requirement.shape
      let key = WeightShape.canonical(shape)
      return Pair(
        weight: weights[index].name, tensor: tensors[partner].name, shape: shape,
        isAmbiguous: weightGroups[key]?.count != 1 || tensorGroups[key]?.count != 1)
    }
    weightsLeft = weights.indices.filter { partners[$0] == nil }.map {
      (weights[$0].name, weights[$0].requirement.shape)
    }
    let taken = Set(partners.values)
    tensorsLeft = tensors.indices.filter { !taken.contains($0) }.map { tensors[$0] }
  }

  /// The text of a weight map with the pairs; what has to be confirmed and what is left over is said in comments.
  public var text: String {
    var lines = pairs.map { pair in
      let line = WeightMap.line(weight: pair.weight, tensor: pair.tensor)
      return pair.isAmbiguous ? "\(line)  # confirm: other tensors or weights have the shape \(pair.shape) too" : line
    }
    lines += weightsLeft.map { "# no tensor of shape \($0.shape) is left for \(Self.onOneLine($0.name))" }
    lines += tensorsLeft.map { "# not used: \(Self.onOneLine($0.name)) \($0.shape)" }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func onOneLine(_ name: String) -> String {
    String(name.map { $0.isNewline ? " " : $0 })
  }

  private static func ending(_ name: String) -> Substring {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? name[...]
  }
}
