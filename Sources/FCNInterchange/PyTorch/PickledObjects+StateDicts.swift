/// A tensor of a checkpoint and where it stands.
struct CheckpointTensor {
  /// The keys of the dictionaries that lead to it, joined by dots.
  var stateDict: String
  /// `stateDict`, a dot, and the tensor's own key.
  var name: String
  var tensor: TorchTensor
}

extension PickledObjects {
  /// Dictionaries in each other, entries on the way, and bytes of a name: more than any training needs.
  private static let depthLimit = 16
  private static let walkLimit = 1 << 20
  private static let nameLimit = 4096
  /// Bytes of all names together.
  private static let namesLimit = 1 << 26

  /// The tensors of all dictionaries that are reached from `value` by keys that are texts, in the order of the file; the
  /// state of an optimiser is left out.
  func stateDicts(of value: PickleValue) throws(PickleProblem) -> [CheckpointTensor] {
    guard case .dictionary(let root) = value else {
      let what = if case .tensor = value { "a single tensor without a name" } else { "no dictionary" }
      throw PickleProblem(message: "the checkpoint holds \(what)", help: CheckpointArchive.saveHelp)
    }
    var walk = Walk(objects: self)
    try walk.visit(root, path: "", above: [])
    guard !walk.found.isEmpty else {
      throw PickleProblem(message: "the checkpoint holds no tensors with names", help: CheckpointArchive.saveHelp)
    }
    return walk.found
  }

  private struct Walk {
    let objects: PickledObjects
    var found: [CheckpointTensor] = []
    private var names: Set<String> = []
    private var steps = 0
    private var nameBytes = 0

    init(objects: PickledObjects) { self.objects = objects }

    mutating func visit(_ position: Int, path: String, above: [Int]) throws(PickleProblem) {
      let dictionary = objects.dictionaries[position]
      if dictionary.hasParameterGroups { return }
      guard !above.contains(position) else {
        throw PickleProblem(message: "the dictionary `\(path)` holds itself")
      }
      guard above.count < PickledObjects.depthLimit else {
        throw PickleProblem(message: "more than \(PickledObjects.depthLimit) dictionaries lie in each other")
      }
      steps += dictionary.entries.count
      guard steps <= PickledObjects.walkLimit else {
        throw PickleProblem(message: "the dictionaries hold more than \(PickledObjects.walkLimit) tensors")
      }
      for (key, value) in dictionary.latestEntries {
        let name = path.isEmpty ? key : "\(path).\(key)"
        guard name.utf8.count <= PickledObjects.nameLimit else {
          throw PickleProblem(message: "the name of a tensor has more than \(PickledObjects.nameLimit) bytes")
        }
        switch value {
        case .dictionary(let inner): try visit(inner, path: name, above: above + [position])
        case .tensor(let tensor):
          guard names.insert(name).inserted else {
            throw PickleProblem(message: "two tensors would be called `\(name)`", help: CheckpointArchive.saveHelp)
          }
          nameBytes += name.utf8.count
          guard nameBytes <= PickledObjects.namesLimit else {
            throw PickleProblem(message: "the names of the tensors take more than \(PickledObjects.namesLimit) bytes")
          }
          found.append(CheckpointTensor(stateDict: path, name: name, tensor: objects.tensors[tensor]))
        default: break
        }
      }
    }
  }
}

extension PickledObjects.Dictionary {
  /// The entries without those whose key is set again later.
  fileprivate var latestEntries: [(key: String, value: PickleValue)] {
    var last: [String: Int] = [:]
    for (index, entry) in entries.enumerated() { last[entry.key] = index }
    guard last.count < entries.count else { return entries }
    return entries.indices.filter { last[entries[$0].key] == $0 }.map { entries[$0] }
  }
}
