/// Where in a weight file the weights of a network are: in which state dict, and what the names of its tensors begin with
/// beside the network's names.
struct WeightPlacement: Hashable {
  /// Empty where the tensors stand at the top.
  var stateDict = ""
  /// Ends in a dot, or is empty.
  var prefix = ""

  /// The key under which the tensors are.
  var key: String {
    let prefix = prefix.hasSuffix(".") ? String(prefix.dropLast()) : prefix
    return [stateDict, prefix].filter { !$0.isEmpty }.joined(separator: ".")
  }

  enum Answer {
    case found(WeightPlacement)
    /// These fit equally well.
    case ambiguous([WeightPlacement])
    /// The file has state dicts, and none of them is that of the network.
    case none
  }

  /// The longest prefix that is looked for, in dots.
  private static let depth = 8

  /// The one place where most of the weights are, with fitting shapes, if it is at least half of them.
  static func find(_ uses: [WeightUse], in source: any WeightSource) -> Answer {
    var wanted: [String: [[Int]]] = [:]
    for use in uses { wanted[use.tensor, default: []].append(use.requirement.shape) }
    var sizes: [String: Int] = [:]
    var matches: [WeightPlacement: Int] = [:]
    for tensor in source.tensors where !tensor.isCounter {
      sizes[tensor.stateDict, default: 0] += 1
      var placement = WeightPlacement(stateDict: tensor.stateDict)
      let name = tensor.nameInStateDict
      var rest = name[...]
      for _ in 0...depth {
        if let shapes = wanted[String(rest)], shapes.contains(where: { WeightShape.fits(tensor.shape, $0) }) {
          placement.prefix = String(name[..<rest.startIndex])
          matches[placement, default: 0] += 1
        }
        guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { break }
        rest = rest[rest.utf8.index(after: dot)...]
      }
    }
    let best = matches.values.max() ?? 0
    // A file may hold a part of the network only, but then it holds nothing else.
    let enough = sizes.count == 1 ? min(wanted.count, sizes.values.first ?? 0) : wanted.count
    var candidates = best * 2 < enough ? [] : matches.filter { $0.value == best }.map(\.key)
    // What has the network's own names comes before what has more.
    let plain = Set(candidates.filter(\.prefix.isEmpty).map(\.stateDict))
    candidates.removeAll { !$0.prefix.isEmpty && plain.contains($0.stateDict) }
    if candidates.contains(WeightPlacement()) { candidates = [WeightPlacement()] }
    switch candidates.count {
    case 0 where sizes.count > 1: return .none
    case 0: return .found(WeightPlacement(stateDict: sizes.keys.first ?? ""))
    case 1: return .found(candidates[0])
    default: return .ambiguous(candidates)
    }
  }
}

extension WeightTensorDescription {
  /// PyTorch's counters `num_batches_tracked` serve only the training.
  var isCounter: Bool { name.hasSuffix("num_batches_tracked") }

  /// The name as it stands in the state dict.
  var nameInStateDict: String { stateDict.isEmpty ? name : name.behind(stateDict + ".") ?? name }
}
