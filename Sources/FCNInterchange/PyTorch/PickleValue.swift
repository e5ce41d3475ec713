/// A value on the stack of a `PickleMachine`.
///
/// Numbers with a point, lists, sets, bytes and the plain data of other libraries are `opaque`: nothing that a network
/// needs is in them, so their contents are not kept.
enum PickleValue {
  case opaque
  case integer(Int)
  case text(String)
  case tuple(PickleTuple)
  /// Positions in `PickledObjects`.
  case dictionary(Int)
  case storage(Int)
  case tensor(Int)
  case global(PickleGlobal)
}

struct PickleTuple {
  let items: [PickleValue]
  /// How many tuples lie in each other, this one included.
  let depth: Int

  /// Deeper ones could not be released again: that goes one call deeper for each.
  private static let depthLimit = 32

  init(_ items: [PickleValue]) throws(PickleProblem) {
    var inner = 0
    for case .tuple(let tuple) in items { inner = max(inner, tuple.depth) }
    guard inner < Self.depthLimit else {
      throw PickleProblem(message: "its pickle has more than \(Self.depthLimit) tuples in each other")
    }
    self.items = items
    depth = inner + 1
  }

  /// The items where all of them are whole numbers.
  var integers: [Int]? {
    var result: [Int] = []
    for item in items {
      guard case .integer(let number) = item else { return nil }
      result.append(number)
    }
    return result
  }
}

/// What a pickle has built: the parts that can change or are shared, which values refer to by position.
struct PickledObjects {
  struct Dictionary {
    /// The tensors and dictionaries under keys that are texts, in the order of the file; the last of a key counts.
    var entries: [(key: String, value: PickleValue)] = []
    /// An optimiser has them beside its state.
    var hasParameterGroups = false
  }

  /// The most dictionaries, tensors, storages and entries, each.
  private static let countLimit = 1 << 20

  private(set) var dictionaries: [Dictionary] = []
  private(set) var storages: [TorchStorage] = []
  private(set) var tensors: [TorchTensor] = []
  private var entryCount = 0

  mutating func addDictionary() throws(PickleProblem) -> PickleValue {
    try check(dictionaries.count, "dictionaries")
    dictionaries.append(Dictionary())
    return .dictionary(dictionaries.count - 1)
  }

  mutating func add(_ storage: TorchStorage) throws(PickleProblem) -> PickleValue {
    try check(storages.count, "storages")
    storages.append(storage)
    return .storage(storages.count - 1)
  }

  mutating func add(_ tensor: TorchTensor) throws(PickleProblem) -> PickleValue {
    try check(tensors.count, "tensors")
    tensors.append(tensor)
    return .tensor(tensors.count - 1)
  }

  mutating func set(_ key: PickleValue, to value: PickleValue, in dictionary: Int) throws(PickleProblem) {
    guard case .text(let key) = key else { return }
    if key == "param_groups" { dictionaries[dictionary].hasParameterGroups = true }
    switch value {
    case .tensor, .dictionary:
      try check(entryCount, "entries of dictionaries")
      entryCount += 1
      dictionaries[dictionary].entries.append((key, value))
    default: break
    }
  }

  private func check(_ count: Int, _ what: String) throws(PickleProblem) {
    guard count < Self.countLimit else {
      throw PickleProblem(message: "its pickle has more than \(Self.countLimit) \(what)")
    }
  }
}
