/// A pickle of protocol 2 written by hand, instruction by instruction (Python's `pickletools`), in a checkpoint.
struct Pickle {
  private(set) var bytes: [UInt8] = [0x80, 2]

  init() {}

  /// Instructions as they are.
  init(_ instructions: [UInt8]) { bytes += instructions }

  // MARK: Instructions

  static func text(_ text: String) -> [UInt8] { [0x58] + long(text.utf8.count) + Array(text.utf8) }
  static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }
  /// A number of eight bytes.
  static func integer(_ value: Int) -> [UInt8] {
    [0x8A, 8] + (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
  static func tuple(_ items: [UInt8]...) -> [UInt8] { [mark] + items.flatMap { $0 } + [0x74] }
  static func integers(_ values: [Int]) -> [UInt8] { [mark] + values.flatMap(integer) + [0x74] }
  /// Keeps the topmost value under a number, and takes it again.
  static func put(_ index: Int) -> [UInt8] { [0x72] + long(index) }
  static func get(_ index: Int) -> [UInt8] { [0x6A] + long(index) }
  static let mark: UInt8 = 0x28
  static let dictionary: UInt8 = 0x7D
  static let setItem: UInt8 = 0x73
  static let reduce: UInt8 = 0x52
  static let stop: UInt8 = 0x2E

  static func storage(_ key: String, count: Int, type: String = "FloatStorage") -> [UInt8] {
    tuple(text("storage"), global("torch", type), text(key), text("cpu"), integer(count)) + [0x51]
  }

  static func tensor(storage: [UInt8], offset: Int = 0, shape: [UInt8], strides: [UInt8]) -> [UInt8] {
    global("torch._utils", "_rebuild_tensor_v2")
      + tuple(storage, integer(offset), shape, strides, [0x89], [dictionary]) + [reduce]
  }

  private static func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

  // MARK: A dictionary

  /// The dictionary that the pickle is.
  mutating func dictionary(_ fill: (inout Pickle) -> Void) {
    bytes.append(Self.dictionary)
    fill(&self)
    bytes.append(Self.stop)
  }

  mutating func entry(_ key: String, _ value: (inout Pickle) -> Void) {
    bytes += Self.text(key)
    value(&self)
    bytes.append(Self.setItem)
  }

  mutating func tensor(storage: String, count: Int, offset: Int, shape: [Int], strides: [Int]) {
    bytes += Self.tensor(
      storage: Self.storage(storage, count: count), offset: offset, shape: Self.integers(shape),
      strides: Self.integers(strides))
  }

  // MARK: The checkpoint

  /// The pickle with a storage `0` of four numbers.
  var checkpoint: [UInt8] {
    let numbers: [UInt8] = Array(repeating: [0, 0, 0x80, 0x3F], count: 4).flatMap { $0 }
    return Zip(entries: [
      // A checksum of zero is one that was not worked out.
      Zip.Entry(name: "x/data.pkl", contents: bytes, checksum: 0),
      Zip.Entry(name: "x/data/0", contents: numbers, checksum: Zip.checksum(numbers)),
    ]).bytes
  }
}
