import FCNCore

/// Writes a safetensors file again with other shapes and orders of some of its tensors. Numbers are copied byte for byte,
/// whatever their type; the other tensors and the metadata stay as they are.
public enum SafetensorsRewriter {
  /// - Parameter changes: by name; the new shapes hold as many numbers as the old ones.
  /// - Throws: where a tensor that is changed is not in the file or holds another number of numbers, or a file cannot be
  ///   read or written.
  public static func rewrite(_ path: String, to output: String, changing changes: [String: TensorChange])
    throws(WeightFileError)
  {
    let source = try SafetensorsSource(MappedFile(path: path))
    let known = Dictionary(source.tensors.map { ($0.name, $0.shape) }) { first, _ in first }
    for (name, change) in changes.sorted(by: { $0.key < $1.key }) {
      guard let shape = known[name] else {
        throw WeightFileError(path: path, message: "there is no tensor `\(name)`")
      }
      let count = shape.reduce(1, *)
      guard count == change.shape.reduce(1, *), change.positions.map({ isPermutation($0, of: count) }) ?? true else {
        throw WeightFileError(path: path, message: "tensor `\(name)` of shape \(shape) cannot become \(change.shape)")
      }
    }
    let tensors = source.tensors
    let entries = tensors.map { tensor in
      SafetensorsWriter.Entry(
        name: tensor.name, type: tensor.elementType, shape: changes[tensor.name]?.shape ?? tensor.shape,
        size: source.bytes(of: tensor.name).count)
    }
    try source.checkUnchanged()
    try SafetensorsWriter.write(entries, metadata: source.metadata, to: output) { index, put in
      let tensor = tensors[index]
      let bytes = source.bytes(of: tensor.name)
      guard let positions = changes[tensor.name]?.positions, !bytes.isEmpty else { return put(bytes) }
      return putReordered(bytes, size: bytes.count / tensor.shape.reduce(1, *), positions, put)
    }
  }

  /// True for the positions of rows of which `count` numbers are a whole number.
  private static func isPermutation(_ positions: [Int], of count: Int) -> Bool {
    guard !positions.isEmpty, count.isMultiple(of: positions.count) else { return positions.isEmpty && count == 0 }
    return positions.sorted() == Array(positions.indices)
  }

  /// Gives the numbers, of `size` bytes each, row by row in another order.
  private static func putReordered(
    _ bytes: UnsafeRawBufferPointer, size: Int, _ positions: [Int], _ put: SafetensorsWriter.Put
  ) -> Bool {
    var row = [UInt8](repeating: 0, count: positions.count * size)
    for start in stride(from: 0, to: bytes.count, by: row.count) {
      for (index, position) in positions.enumerated() {
        for byte in 0..<size { row[index * size + byte] = bytes[start + position * size + byte] }
      }
      guard row.withUnsafeBytes(put) else { return false }
    }
    return true
  }
}
