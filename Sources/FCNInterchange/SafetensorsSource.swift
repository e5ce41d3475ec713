import FCNCore

/// An opened safetensors file.
struct SafetensorsSource: WeightSource {
  private struct Entry {
    var description: WeightTensorDescription
    var encoding: NumberEncoding?
    var range: Range<Int>
  }

  let tensors: [WeightTensorDescription]
  /// What the file says about itself, in its order.
  let metadata: [(key: String, value: String)]
  private let file: MappedFile
  private let entries: [String: Entry]

  var path: String { file.path }

  init(_ file: MappedFile) throws(WeightFileError) {
    let header = try Self.header(of: file)
    let start = 8 + header.count
    var entries: [Entry] = []
    var metadata: [(key: String, value: String)] = []
    do throws(Problem) {
      entries = try Self.entries(header, dataSize: file.bytes.count - start, metadata: &metadata)
      entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
      try Self.checkLayout(entries, dataSize: file.bytes.count - start)
    } catch {
      throw WeightFileError(path: file.path, message: error.message, help: error.help)
    }
    for index in entries.indices {
      let range = entries[index].range
      entries[index].range = start + range.lowerBound..<start + range.upperBound
    }
    self.file = file
    self.metadata = metadata
    self.entries = Dictionary(entries.map { ($0.description.name, $0) }) { first, _ in first }
    tensors = entries.map(\.description)
  }

  func read(_ name: String) throws(WeightFileError) -> WeightTensor {
    guard let entry = entries[name] else {
      throw WeightFileError(
        path: path, message: "there is no tensor `\(name)`",
        help: Suggestion.nearest(to: name, in: tensors.lazy.map(\.name)).map { "there is `\($0)`" })
    }
    let shape = entry.description.shape
    guard let encoding = entry.encoding else {
      throw WeightFileError(
        path: path, message: "tensor `\(name)` is of type \(entry.description.elementType), which cannot be a weight",
        help: "save it as F32")
    }
    try file.checkUnchanged()
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    let values = encoding.decode(bytes, count: bytes.count / encoding.size)
    try checkFinite(values, shape: shape, name: name, path: path)
    return WeightTensor(shape: shape, values: values)
  }

  /// The numbers of a tensor as they are in the file; valid while the source lives.
  func bytes(of name: String) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[entries[name]?.range ?? 0..<0])
  }

  func checkUnchanged() throws(WeightFileError) { try file.checkUnchanged() }

  // MARK: The header

  private struct Problem: Error {
    var message: String
    var help: String?
  }

  /// The types of the format whose size is whole bytes, with how they are read, if they are.
  private static let elementTypes: [String: (size: Int, encoding: NumberEncoding?)] = [
    "F64": (8, .float64), "F32": (4, .float32), "F16": (2, .float16), "BF16": (2, .bfloat16), "I64": (8, .int64),
    "BOOL": (1, nil), "U8": (1, nil), "I8": (1, nil), "I16": (2, nil), "U16": (2, nil), "I32": (4, nil),
    "U32": (4, nil), "U64": (8, nil), "F8_E4M3": (1, nil), "F8_E5M2": (1, nil), "F8_E8M0": (1, nil), "C64": (8, nil),
  ]

  private static func header(of file: MappedFile) throws(WeightFileError) -> UnsafeRawBufferPointer {
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw WeightFileError(
        path: file.path, message: "the file has \(bytes.count) bytes, too few for a safetensors file",
        help: "the file was cut off; copy it again")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= SafetensorsFormat.headerLimit else {
      throw WeightFileError(
        path: file.path,
        message: "the header is said to have \(length) bytes; \(SafetensorsFormat.headerLimit) is the limit",
        help: "this is probably not a safetensors file")
    }
    guard length <= bytes.count - 8 else {
      throw WeightFileError(
        path: file.path, message: "the header is said to have \(length) bytes, but only \(bytes.count - 8) follow",
        help: "the file was cut off, or it is not a safetensors file")
    }
    guard length > 0, bytes[8] == UInt8(ascii: "{") else {
      throw WeightFileError(
        path: file.path, message: "the header does not begin with `{`", help: "this is not a safetensors file")
    }
    return UnsafeRawBufferPointer(rebasing: bytes[8..<8 + Int(length)])
  }

  private static func entries(
    _ header: UnsafeRawBufferPointer, dataSize: Int, metadata: inout [(key: String, value: String)]
  ) throws(Problem) -> [Entry] {
    var fields: [(name: String, type: String, shape: [Int], offsets: [Int])] = []
    var scanner = JSONScanner(header)
    do throws(JSONScanner.Failure) {
      try scanner.object { scanner, name throws(JSONScanner.Failure) in
        if name == "__metadata__" {
          try scanner.object { scanner, key throws(JSONScanner.Failure) in
            metadata.append((key, try scanner.string()))
          }
          return
        }
        let start = scanner.offset
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try scanner.object { scanner, key throws(JSONScanner.Failure) in
          switch key {
          case "dtype": type = try scanner.string()
          case "shape": shape = try scanner.integers()
          case "data_offsets": offsets = try scanner.integers()
          default:
            throw JSONScanner.Failure(message: "tensor `\(name)`: unknown field `\(key)`", offset: scanner.offset)
          }
        }
        guard let type, let shape, let offsets else {
          throw JSONScanner.Failure(
            message: "tensor `\(name)` needs `dtype`, `shape` and `data_offsets`", offset: start)
        }
        fields.append((name, type, shape, offsets))
      }
      try scanner.end()
    } catch {
      throw Problem(message: "the header is not as it should be at byte \(8 + error.offset): \(error.message)")
    }
    var entries: [Entry] = []
    for field in fields {
      entries.append(
        try entry(field.name, type: field.type, shape: field.shape, offsets: field.offsets, dataSize: dataSize))
    }
    return entries
  }

  private static func entry(
    _ name: String, type: String, shape: [Int], offsets: [Int], dataSize: Int
  ) throws(Problem) -> Entry {
    guard let element = elementTypes[type] else {
      throw Problem(message: "tensor `\(name)` is of the unknown type `\(type)`", help: "save it as F32")
    }
    guard let count = elementCount(of: shape), let size = byteCount(of: count, size: element.size) else {
      throw Problem(message: "tensor `\(name)`: the shape has too many axes or numbers")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw Problem(message: "tensor `\(name)`: `data_offsets` are not a begin and an end")
    }
    guard offsets[1] <= dataSize else {
      throw Problem(
        message: "tensor `\(name)` ends at byte \(offsets[1]) of the data, which has \(dataSize) bytes",
        help: "the file was cut off; copy it again")
    }
    guard offsets[1] - offsets[0] == size else {
      throw Problem(
        message: "tensor `\(name)`: \(type) \(shape) takes \(size) bytes, but \(offsets[1] - offsets[0]) are given")
    }
    return Entry(
      description: WeightTensorDescription(name: name, shape: shape, elementType: type), encoding: element.encoding,
      range: offsets[0]..<offsets[1])
  }

  /// - Precondition: the entries are sorted by where they begin.
  private static func checkLayout(_ entries: [Entry], dataSize: Int) throws(Problem) {
    var end = 0
    var previous = ""
    for entry in entries {
      let name = entry.description.name
      guard entry.range.lowerBound >= end else {
        throw Problem(message: "the tensors `\(previous)` and `\(name)` overlap")
      }
      guard entry.range.lowerBound == end else {
        throw Problem(message: "\(entry.range.lowerBound - end) bytes before tensor `\(name)` belong to no tensor")
      }
      end = entry.range.upperBound
      previous = name
    }
    guard end == dataSize else {
      throw Problem(message: "the last \(dataSize - end) bytes of the file belong to no tensor")
    }
  }
}
