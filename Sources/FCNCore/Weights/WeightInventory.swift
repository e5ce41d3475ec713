/// The tensors of several weight files by name.
struct WeightInventory {
  struct Tensor {
    var source: Int
    var description: WeightTensorDescription
  }

  let sources: [any WeightSource]
  /// In the order of the files; PyTorch's counters are left out.
  let tensors: [Tensor]
  private var byName: [String: [Int]] = [:]

  init(_ sources: [any WeightSource]) {
    self.sources = sources
    tensors = sources.indices.flatMap { source in
      sources[source].tensors.filter { !$0.isCounter }
        .map { Tensor(source: source, description: $0) }
    }
    for (index, tensor) in tensors.enumerated() { byName[tensor.description.name, default: []].append(index) }
  }

  /// Every tensor of a name, one per file at most.
  subscript(name: String) -> [Tensor] { (byName[name] ?? []).map { tensors[$0] } }
}
