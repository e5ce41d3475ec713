import FCNCore

/// Finds the values that recorded arrays are the expected numbers of, by their names.
///
/// An array has the name of a value, of an output, or the path of the weights of the stage or definition that gives the
/// value, as forward hooks of PyTorch have it; a map comes before all of these.
struct ActivationMatcher {
  private let graph: Graph
  private let names: [String]
  private let map: WeightMap
  private var byName: [String: Graph.ValueID] = [:]
  private var byPath: [String: [Graph.ValueID]] = [:]
  private let shape: (Graph.ValueID) -> [Int]

  /// - Parameters:
  ///   - map: arrays (right) for values, by their names or paths (left).
  ///   - shape: that of a value; without rows where the value is not computed.
  init(_ graph: Graph, map: WeightMap, weightMap: WeightMap, shape: @escaping (Graph.ValueID) -> [Int]) {
    self.graph = graph
    self.map = map
    self.shape = shape
    names = graph.uniqueNames
    let live = graph.values.indices.filter { shape($0)[1] > 0 }
    for output in graph.outputs { byName[output.description.name] = output.value }
    for value in live { byName[names[value]] = value }
    for use in graph.weightUses(map: weightMap) where use.index == 0 {
      guard let value = graph.nodes[use.node].outputs.first, shape(value)[1] > 0 else { continue }
      let tensor = use.tensor.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
      for path in Set([graph.nodes[use.node].weightPath, tensor]) { byPath[path, default: []].append(value) }
    }
  }

  /// What the arrays of a file are.
  struct Matches {
    /// The values that an array may be, the likeliest first; one, but where a value has the name of another one's weights.
    var candidates: [(array: ExpectedValues.Recorded, values: [Graph.ValueID])] = []
    var leftovers: [Comparison.Leftover] = []
  }

  /// - Throws: where the map names what is not there.
  func matches(for tensors: [WeightTensorDescription]) throws(Session.Failure) -> Matches {
    var matches = Matches()
    var mapped: [String: Graph.ValueID] = [:]
    for (name, array) in map.tensors.sorted(by: { $0.key < $1.key }) {
      guard let value = byName[name] ?? values(named: name).first else {
        throw Session.Failure(
          "the map names `\(name)`, which is no value of the network",
          help: Suggestion.nearest(to: name, in: knownNames).map { "there is `\($0)`" })
      }
      guard tensors.contains(where: { $0.name == array }) else {
        throw Session.Failure(
          "the map names the array `\(array)`, which is not there",
          help: Suggestion.nearest(to: array, in: tensors.map(\.name)).map { "there is `\($0)`" })
      }
      mapped[array] = value
    }
    // What the map says of a value holds against names.
    let taken = Set(mapped.values)
    for tensor in tensors {
      let values = mapped[tensor.name].map { [$0] } ?? self.values(named: tensor.name).filter { !taken.contains($0) }
      guard let first = values.first else {
        matches.leftovers.append(leftover(tensor.name, isOneOfMany: matches.leftovers.count >= 20))
        continue
      }
      guard let planes = ExpectedValues.planes(tensor.shape, channels: graph.values[first].type.channels) else {
        let text = "(\(tensor.shape.map(String.init).joined(separator: ", ")))"
        let isBatch = tensor.shape.count == 4 && tensor.shape[0] != 1
        matches.leftovers.append(
          .init(
            array: tensor.name,
            reason: "has the shape \(text)"
              + (isBatch ? ", a batch; record one picture" : ", not (channels, height, width)")))
        continue
      }
      let fitting = values.filter { shape($0) == planes }
      matches.candidates.append((.init(name: tensor.name, shape: planes), fitting.isEmpty ? [first] : fitting))
    }
    return matches
  }

  private func values(named name: String) -> [Graph.ValueID] {
    let paths = byPath[name] ?? []
    var values = paths.count == 1 ? paths : []
    for value in [graph.definitionResults[name], byName[name]].compactMap({ $0 }) where shape(value)[1] > 0 {
      if !values.contains(value) { values.append(value) }
    }
    return values
  }

  private var knownNames: [String] { Array(byName.keys) + byPath.keys + graph.definitionResults.keys }

  /// - Parameter isOneOfMany: who has many is not helped by a guess for each.
  private func leftover(_ array: String, isOneOfMany: Bool) -> Comparison.Leftover {
    if (byPath[array]?.count ?? 0) > 1 {
      return .init(array: array, reason: "is the path of the weights of several stages")
    }
    let nearest = isOneOfMany ? nil : Suggestion.nearest(to: array, in: knownNames)
    return .init(array: array, reason: "is the name of no value" + (nearest.map { "; there is `\($0)`" } ?? ""))
  }
}
