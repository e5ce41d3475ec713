/// Weight files of which the state dicts are chosen that hold a network's weights, with the prefixes of their names.
struct PlacedWeights {
  private(set) var sources: [any WeightSource] = []
  /// For each file what its names begin with beside the network's names; empty where they are the network's.
  private(set) var prefixes: [String] = []

  /// Looks in every file for the weights. A file in which they cannot be told apart is reported and left out, and where
  /// they are not simply the tensors of the file, that is said.
  init(_ files: [any WeightSource], for uses: [WeightUse], report: inout DiagnosticSink) {
    for file in files {
      let stateDicts = Set(file.tensors.lazy.filter { !$0.isCounter }.map(\.stateDict))
      switch WeightPlacement.find(uses, in: file) {
      case .found(let placement):
        let selected = placement.stateDict.isEmpty ? nil : SelectedWeights(file, key: placement.stateDict)
        sources.append(selected ?? file)
        prefixes.append(placement.prefix)
        let isChosen = stateDicts.count > 1 && !placement.stateDict.isEmpty
        if isChosen || !placement.prefix.isEmpty {
          report.report(.placedWeights(placement, isChosen: isChosen, path: file.path))
        }
      case .ambiguous(let placements): report.report(.ambiguousStateDict(placements, in: file, fit: true))
      case .none:
        let all = stateDicts.map { WeightPlacement(stateDict: $0) }
        report.report(.ambiguousStateDict(all, in: file, fit: false))
      }
    }
  }

  /// The uses with the names that their tensors have in the files.
  func named(_ uses: [WeightUse]) -> [WeightUse] {
    guard prefixes.contains(where: { !$0.isEmpty }) else { return uses }
    let names = Set(sources.flatMap { $0.tensors.map(\.name) })
    return uses.map { use in
      guard !names.contains(use.tensor), let prefix = prefixes.first(where: { names.contains($0 + use.tensor) })
      else { return use }
      var use = use
      use.tensor = prefix + use.tensor
      return use
    }
  }
}

// MARK: Messages

extension Diagnostic {
  fileprivate static func placedWeights(_ placement: WeightPlacement, isChosen: Bool, path: String) -> Diagnostic {
    var parts: [String] = []
    if isChosen { parts.append("the weights are those of `\(placement.stateDict)`") }
    if !placement.prefix.isEmpty { parts.append("`\(placement.prefix)` before the names is left out") }
    return Diagnostic(.placedWeights, "\(path): \(parts.joined(separator: ", and "))", at: nil, severity: .note)
  }

  /// - Parameter fit: true where each of the places has the network's weights.
  fileprivate static func ambiguousStateDict(
    _ placements: [WeightPlacement], in file: any WeightSource, fit: Bool
  ) -> Diagnostic {
    let beginning = (file as? SelectedWeights).map { $0.key + "." } ?? ""
    let places = placements.map { place in
      (
        key: place.key.isEmpty ? "" : beginning + place.key,
        count: file.tensors.count {
          $0.stateDict == place.stateDict && $0.nameInStateDict.behind(place.prefix) != nil && !$0.isCounter
        }
      )
    }.sorted { ($1.count, $0.key) < ($0.count, $1.key) }
    let lines = places.prefix(20).map { key, count in
      "\(key.isEmpty ? "at the top" : "`\(key)`"): \(count) \(count == 1 ? "tensor" : "tensors")"
    }
    let example = places.first { !$0.key.isEmpty }?.key ?? ""
    let isPlain = example.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7F && $0 != 0x3B && $0 != 0x3C && $0 != 0x3E }
    return Diagnostic(
      .ambiguousStateDict,
      fit
        ? "\(file.path) holds \(places.count) sets of tensors that fit the network"
        : "\(file.path) holds \(places.count) state dicts, and none of them fits the network",
      at: nil, notes: lines + (places.count > 20 ? ["and \(places.count - 20) more"] : []),
      help: "say which one is meant: `--key \(isPlain ? example : "'\(example)'")`")
  }
}
