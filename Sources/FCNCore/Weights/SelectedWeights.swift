/// The tensors of a weight file under a key: those whose names begin with the key and a dot, without that beginning.
public struct SelectedWeights: WeightSource {
  public let tensors: [WeightTensorDescription]
  /// The key, from the top of the file.
  let key: String
  private let whole: any WeightSource
  private let beginning: String

  public var path: String { whole.path }

  /// Nil where no tensor is under the key.
  public init?(_ whole: any WeightSource, key: String) {
    let beginning = key + "."
    tensors = whole.tensors.compactMap { tensor in
      guard let name = tensor.name.behind(beginning) else { return nil }
      return WeightTensorDescription(
        name: name, shape: tensor.shape, elementType: tensor.elementType,
        stateDict: tensor.stateDict.behind(beginning) ?? "")
    }
    guard !tensors.isEmpty else { return nil }
    self.key = ((whole as? SelectedWeights).map { $0.key + "." } ?? "") + key
    self.whole = whole
    self.beginning = beginning
  }

  public func read(_ name: String) throws(WeightFileError) -> WeightTensor { try whole.read(beginning + name) }
}

extension String {
  /// What follows a beginning; nil where the text begins otherwise.
  func behind(_ beginning: String) -> String? {
    guard utf8.starts(with: beginning.utf8) else { return nil }
    return String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
  }
}
