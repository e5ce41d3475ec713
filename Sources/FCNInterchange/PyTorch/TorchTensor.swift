/// The element type of a tensor.
struct TorchElement: Hashable, Sendable {
  /// PyTorch's name without `torch.`.
  var name: String
  /// Bytes of a number.
  var size: Int
  /// Nil where the numbers cannot be weights.
  var encoding: NumberEncoding?

  static let byte = TorchElement(name: "uint8", size: 1)

  /// By name.
  static let all: [String: TorchElement] = Dictionary(
    uniqueKeysWithValues: [
      TorchElement(name: "float64", size: 8, encoding: .float64),
      TorchElement(name: "float32", size: 4, encoding: .float32),
      TorchElement(name: "float16", size: 2, encoding: .float16),
      TorchElement(name: "bfloat16", size: 2, encoding: .bfloat16),
      TorchElement(name: "int64", size: 8, encoding: .int64), TorchElement(name: "int32", size: 4),
      TorchElement(name: "int16", size: 2), TorchElement(name: "int8", size: 1), .byte,
      TorchElement(name: "uint16", size: 2), TorchElement(name: "uint32", size: 4),
      TorchElement(name: "uint64", size: 8), TorchElement(name: "bool", size: 1),
      TorchElement(name: "complex32", size: 4), TorchElement(name: "complex64", size: 8),
      TorchElement(name: "complex128", size: 16), TorchElement(name: "float8_e4m3fn", size: 1),
      TorchElement(name: "float8_e4m3fnuz", size: 1), TorchElement(name: "float8_e5m2", size: 1),
      TorchElement(name: "float8_e5m2fnuz", size: 1), TorchElement(name: "float8_e8m0fnu", size: 1),
    ].map { ($0.name, $0) })
}

/// Numbers that tensors share: a record of the archive.
struct TorchStorage: Sendable {
  /// The name of the record behind `data/`.
  var key: String
  var element: TorchElement
  /// Numbers.
  var count: Int
}

/// A tensor: a storage, and which of its numbers are the tensor's.
struct TorchTensor: Sendable {
  var storage: TorchStorage
  var element: TorchElement
  var shape: [Int]
  /// For each axis how many numbers lie between neighbours; not negative, and zero for an axis of one.
  var strides: [Int]
  /// The position of the first number.
  var offset: Int
  /// Numbers.
  var count: Int

  /// More numbers than the storage holds repeat some of them; no more of these are taken.
  private static let repetitionLimit = 1 << 24

  /// - Throws: where the numbers do not lie in the storage.
  init(
    _ storage: TorchStorage, element: TorchElement, shape: [Int], strides: [Int], offset: Int
  ) throws(PickleProblem) {
    guard shape.count == strides.count, !shape.contains(where: { $0 < 0 }), let count = elementCount(of: shape) else {
      throw PickleProblem(message: "a tensor of storage `\(storage.key)` has the impossible shape \(shape)")
    }
    self.storage = storage
    self.element = element
    self.shape = shape
    self.strides = zip(shape, strides).map { $0 > 1 ? $1 : 0 }
    self.offset = offset
    self.count = count
    let (size, isTooLarge) = storage.count.multipliedReportingOverflow(by: storage.element.size)
    guard let last = lastPosition, !isTooLarge, last < size / element.size else {
      throw PickleProblem(
        message: "a tensor of shape \(shape) reads beyond its storage `\(storage.key)` of \(storage.count) numbers",
        help: "the file is damaged; copy it again")
    }
    guard count <= max(storage.count, Self.repetitionLimit) else {
      throw PickleProblem(
        message: "a tensor of shape \(shape) repeats the \(storage.count) numbers of its storage too often",
        help: "save a copy: `tensor.contiguous()`")
    }
  }

  /// The greatest position that is read, -1 where none is; nil where it is negative or too large.
  private var lastPosition: Int? {
    guard count > 0 else { return -1 }
    guard offset >= 0 else { return nil }
    var position = offset
    for (size, stride) in zip(shape, strides) {
      let (distance, isTooFar) = stride.multipliedReportingOverflow(by: size - 1)
      let (sum, isTooLarge) = position.addingReportingOverflow(distance)
      guard stride >= 0, !isTooFar, !isTooLarge else { return nil }
      position = sum
    }
    return position
  }

  /// The numbers, the last axis fastest.
  /// - Precondition: `bytes` are at least those of the storage.
  func decode(_ bytes: UnsafeRawBufferPointer, as encoding: NumberEncoding) -> [Float] {
    guard count > 0 else { return [] }
    if strides == rowOrder {
      let start = offset * encoding.size
      return encoding.decode(
        UnsafeRawBufferPointer(rebasing: bytes[start..<start + count * encoding.size]), count: count)
    }
    var result: [Float] = []
    result.reserveCapacity(count)
    forEachPosition(shape: shape, strides: strides, offset: offset) {
      result.append(encoding.number(at: $0, of: bytes))
    }
    return result
  }

  /// The strides of numbers that lie one behind the other.
  private var rowOrder: [Int] {
    var stride = 1
    var result: [Int] = []
    for size in shape.reversed() {
      result.append(size > 1 ? stride : 0)
      stride *= size
    }
    return result.reversed()
  }
}
