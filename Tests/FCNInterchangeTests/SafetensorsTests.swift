import FCNCore
import FCNInterchange
import Foundation
import Testing

@Suite struct SafetensorsTests {
  /// Tensors, numbers, and the sum of the numbers' amounts, counted with Python's `json` and NumPy.
  static let published: [(file: String, tensors: Int, numbers: Int, sum: Double)] = [
    ("dncnn25/model.safetensors", 34, 555137, 20690.75770260555),
    ("espnet-city/model.safetensors", 189, 368341, 5583.463777515482),
    ("extremec3-portrait/model.safetensors", 405, 40846, 1188.400692887777),
    ("fsrcnn/model_x2.safetensors", 23, 8497, 1791.2005327689567),
    ("fsrcnn/model_x3.safetensors", 23, 8777, 1883.0543467628695),
    ("lwnet-retina/model.safetensors", 206, 69538, 30690.81631801538),
    ("mtcnn-pnet/model.safetensors", 13, 6632, 988.1674274024772),
    ("sinet-portrait/model.safetensors", 335, 92674, 6522.9717149078415),
    ("waifu2x-upconv7/model.safetensors", 13, 994976, 76785.98798697679),
    ("waifu2x-vgg7/model.safetensors", 14, 290467, 25888.68225384194),
  ]

  @Test(arguments: published)
  func publishedNetworksAreRead(_ file: (file: String, tensors: Int, numbers: Int, sum: Double)) throws {
    guard let path = Models.path(file.file) else { return }
    let source = try SafetensorsFormat().open(path: path)
    #expect(source.tensors.count == file.tensors)
    let tensors = try source.tensors.map { try source.read($0.name) }
    #expect(tensors.reduce(0) { $0 + $1.values.count } == file.numbers)
    let sum = tensors.reduce(0) { $0 + $1.values.reduce(0) { $0 + Double(abs($1)) } }
    #expect(abs(sum - file.sum) < 1e-9 * file.sum)
  }

  // MARK: Numbers

  @Test func everyElementTypeIsRead() throws {
    let cases: [(type: String, bytes: [UInt8], expected: [Float])] = [
      ("F32", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], [1, -2]),
      ("F64", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0], [1, -2]),
      ("BF16", [0x80, 0x3F, 0x49, 0xC0], [1, -3.140625]),
      ("I64", [1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [1, -2]),
      // One, minus two, the greatest, the least normal, the least subnormal, the greatest subnormal, minus zero.
      (
        "F16", [0, 0x3C, 0, 0xC0, 0xFF, 0x7B, 0, 0x04, 1, 0, 0xFF, 0x03, 0, 0x80],
        [1, -2, 65504, 0x1p-14, 0x1p-24, 0x1.FF8p-15, -0.0]
      ),
    ]
    for (type, bytes, expected) in cases {
      let header = #"{"x":{"dtype":"\#(type)","shape":[\#(expected.count)],"data_offsets":[0,\#(bytes.count)]}}"#
      let file = TemporaryFile(Self.file(header, bytes))
      let source = try SafetensorsFormat().open(path: file.path)
      #expect(source.tensors == [WeightTensorDescription(name: "x", shape: [expected.count], elementType: type)])
      #expect(try source.read("x").values == expected, "\(type)")
    }
  }

  @Test func numbersNeedNotBeAligned() throws {
    for spaces in 0..<8 {
      let header = Self.header + String(repeating: " ", count: spaces)
      let file = TemporaryFile(Self.file(header, Self.one))
      #expect(try SafetensorsFormat().open(path: file.path).read("x").values == [1])
    }
  }

  @Test func scalarsAndEmptyTensorsAreRead() throws {
    let header =
      #"{"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"e":{"dtype":"F32","shape":[0,5],"data_offsets":[4,4]}}"#
    let file = TemporaryFile(Self.file(header, Self.one))
    let source = try SafetensorsFormat().open(path: file.path)
    #expect(try source.read("s").shape == [])
    #expect(try source.read("s").values == [1])
    #expect(try source.read("e").shape == [0, 5])
  }

  @Test func numbersThatAreNotFiniteAreNamed() throws {
    let header = #"{"x":{"dtype":"F32","shape":[2,1,3],"data_offsets":[0,24]}}"#
    for (bytes, word) in [([0, 0, 0xC0, 0x7F] as [UInt8], "NaN"), ([0, 0, 0x80, 0xFF], "infinite")] {
      let file = TemporaryFile(Self.file(header, Array(repeating: 0, count: 16) + bytes + [0, 0, 0, 0]))
      let source = try SafetensorsFormat().open(path: file.path)
      let message = failure { _ = try source.read("x") }
      #expect(message?.contains("`x`") == true && message?.contains("[1, 0, 1]") == true)
      #expect(message?.contains(word) == true)
    }
    let large = #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#
    let file = TemporaryFile(Self.file(large, [0, 0, 0, 0, 0, 0, 0xF0, 0x7E]))
    let message = failure { _ = try SafetensorsFormat().open(path: file.path).read("x") }
    #expect(message?.contains("too large for 32 bits") == true)
  }

  @Test func aTensorOfAnotherTypeCanStandInTheFileButNotBeRead() throws {
    let header =
      #"{"mask":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#
    let file = TemporaryFile(Self.file(header, [1, 0, 1, 0] + Self.one))
    let source = try SafetensorsFormat().open(path: file.path)
    #expect(try source.read("x").values == [1])
    let message = failure { _ = try source.read("mask") }
    #expect(message == "tensor `mask` is of type BOOL, which cannot be a weight")
  }

  @Test func namesMayHoldEveryCharacter() throws {
    let header = #"{"a\"\\\n\u00e9\ud83d\ude00":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let file = TemporaryFile(Self.file(header, Self.one))
    #expect(try SafetensorsFormat().open(path: file.path).tensors.map(\.name) == ["a\"\\\né😀"])
  }

  @Test func metadataAreSkipped() throws {
    let header = #"{"__metadata__":{"format":"pt"},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let file = TemporaryFile(Self.file(header, Self.one))
    #expect(try SafetensorsFormat().open(path: file.path).tensors.map(\.name) == ["x"])
  }

  @Test func aFileThatChangedIsNotRead() throws {
    let file = TemporaryFile(Self.file(Self.header, Self.one))
    let source = try SafetensorsFormat().open(path: file.path)
    #expect(truncate(file.path, 0) == 0)
    #expect(failure { _ = try source.read("x") } == "the file was changed while it was in use")
  }

  // MARK: Hostile files

  /// Headers that must be refused, each with words of the message; four bytes of data follow.
  static let hostileHeaders: [(header: String, words: String)] = [
    ("", "does not begin with `{`"),
    ("[]", "does not begin with `{`"),
    (" {}", "does not begin with `{`"),
    ("{", "expected `\"`"),
    ("{\"x", "a string without an end"),
    ("{}", "last 4 bytes of the file belong to no tensor"),
    (header + "x", "something behind the end"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}"#, "expected `\"`"),
    (#"{"x":{"dtype":"F32","shape":[1]}}"#, "needs `dtype`, `shape` and `data_offsets`"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"y":1}}"#, "unknown field `y`"),
    (#"{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "the key `dtype` comes twice"),
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      "the key `x` comes twice"
    ),
    (#"{"x":{"dtype":"Q7","shape":[1],"data_offsets":[0,4]}}"#, "tensor `x` is of the unknown type `Q7`"),
    (#"{"x":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}"#, "expected `\"`"),
    (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, "a negative number"),
    (#"{"x":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, "not whole"),
    (#"{"x":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}"#, "not whole"),
    (#"{"x":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, "leading zero"),
    (#"{"x":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}"#, "beyond 63 bits"),
    (#"{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, "too many axes or numbers"),
    (#"{"x":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}"#, "too many axes or numbers"),
    (#"{"x":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,4]}}"#, "too many axes or numbers"),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "takes 8 bytes, but 4 are given"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "not a begin and an end"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, "not a begin and an end"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "ends at byte 8 of the data, which has 4 bytes"),
    (#"{"x":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}"#, "2 bytes before tensor `x` belong to no tensor"),
    (#"{"x":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#, "last 2 bytes of the file belong to no tensor"),
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}"#,
      "the tensors `x` and `y` overlap"
    ),
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      "the tensors `x` and `y` overlap"
    ),
    (#"{"x":[[[[[[]]]]]]}"#, "expected `{`"),
    (#"{"x":{"dtype":"F32","shape":[1"# + String(repeating: ",1", count: 99), "more than 64 numbers"),
    (
      #"{"x":{"dtype":"F32","shape":[1"# + String(repeating: ",1", count: 39) + #"],"data_offsets":[0,4]}}"#,
      "too many axes"
    ),
    (#"{"__metadata__":{"a":{"b":"c"}}}"#, "expected `\"`"),
    (#"{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "surrogate"),
    (#"{"\q":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "unknown escape"),
    ("{\"a\nb\":{}}", "control character"),
  ]

  @Test(arguments: hostileHeaders)
  func hostileHeadersAreRefused(_ hostile: (header: String, words: String)) {
    let file = TemporaryFile(Self.file(hostile.header, Self.one))
    let message = failure { _ = try SafetensorsFormat().open(path: file.path) }
    #expect(message?.contains(hostile.words) == true, "\(message ?? "accepted")")
  }

  @Test func deepNestingIsRefused() {
    let deep = "{\"x\":" + String(repeating: "[", count: 1_000_000)
    let file = TemporaryFile(Self.file(deep, Self.one))
    #expect(failure { _ = try SafetensorsFormat().open(path: file.path) }?.contains("expected `{`") == true)
  }

  @Test func namesThatAreNotUTF8AreRefused() {
    let header = Array("{\"".utf8) + [0xC3, 0x28] + Array("\":{}}".utf8)
    let file = TemporaryFile(Self.length(header.count) + header)
    #expect(failure { _ = try SafetensorsFormat().open(path: file.path) }?.contains("not UTF-8") == true)
  }

  @Test(arguments: [UInt64.max, 1 << 63, 100_000_001, 100_000_000, 5000])
  func lengthsThatLieAreRefused(_ length: UInt64) {
    var bytes = Self.file(Self.header, Self.one)
    bytes.replaceSubrange(0..<8, with: withUnsafeBytes(of: length.littleEndian) { Array($0) })
    let file = TemporaryFile(bytes)
    let message = failure { _ = try SafetensorsFormat().open(path: file.path) }
    #expect(message?.contains("the header is said to have \(length) bytes") == true)
  }

  @Test func filesCutOffAtEveryByteAreRefused() {
    let bytes = Self.file(Self.header, Self.one)
    for count in bytes.indices {
      let file = TemporaryFile(Array(bytes.prefix(count)))
      #expect(failure { _ = try SafetensorsFormat().open(path: file.path) } != nil, "cut off after \(count) bytes")
    }
  }

  @Test func whatIsNotARegularFileIsRefused() {
    let pipe = NSTemporaryDirectory() + "/fcn-test-\(UUID().uuidString)"
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    for path in [pipe, "/", "/dev/zero", "/nonexistent/x", "", "a\0b"] {
      #expect(failure { _ = try SafetensorsFormat().open(path: path) }?.hasPrefix("cannot open the file") == true)
    }
  }

  /// A thousand damaged files: each is read or refused, and none ends the process.
  @Test func damagedFilesNeverCrash() throws {
    let header =
      #"{"a.weight":{"dtype":"F32","shape":[2,1,1,2],"data_offsets":[0,16]},"#
      + #""a.bias":{"dtype":"F16","shape":[2],"data_offsets":[16,20]}}"#
    let original = Self.file(header, Array(repeating: 0x3C, count: 20))
    var generator = SeededGenerator(seed: 20)
    var refused = 0
    for _ in 0..<1000 {
      let file = TemporaryFile(mutated(original, using: &generator))
      let message = failure {
        let source = try SafetensorsFormat().open(path: file.path)
        for tensor in source.tensors {
          let weight = try source.read(tensor.name)
          #expect(weight.values.count == tensor.shape.reduce(1, *))
        }
      }
      if message != nil { refused += 1 }
    }
    #expect(refused > 500)
  }

  // MARK: Writing

  @Test func whatIsWrittenIsReadAgain() throws {
    let tensors: [(name: String, tensor: WeightTensor)] = [
      ("b \"quoted\" \\ \n é", WeightTensor(shape: [2, 1, 3], values: [1, -2, 0.1, .pi, -0.0, 0x1p-149])),
      ("a", WeightTensor(shape: [], values: [7])), ("empty", WeightTensor(shape: [0, 2], values: [])),
    ]
    let file = TemporaryFile()
    try SafetensorsWriter.write(tensors, to: file.path)
    let source = try SafetensorsFormat().open(path: file.path)
    #expect(Set(source.tensors.map(\.name)) == Set(tensors.map(\.name)))
    for (name, tensor) in tensors {
      let read = try source.read(name)
      #expect(read.shape == tensor.shape)
      #expect(read.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
    }
  }

  @Test func theBytesThatAreWrittenAreThoseOfTheFormat() throws {
    let file = TemporaryFile()
    try SafetensorsWriter.write([("x", WeightTensor(shape: [1], values: [1]))], to: file.path)
    let written = try #require(FileManager.default.contents(atPath: file.path))
    #expect(Array(written) == Self.file(Self.header + "  ", Self.one))
  }

  @Test func writingRefusesNamesThatCannotBeWritten() {
    let tensor = WeightTensor(shape: [1], values: [1])
    let file = TemporaryFile()
    #expect(failure { try SafetensorsWriter.write([("x", tensor), ("x", tensor)], to: file.path) } != nil)
    #expect(failure { try SafetensorsWriter.write([("__metadata__", tensor)], to: file.path) } != nil)
    #expect(failure { try SafetensorsWriter.write([("x", tensor)], to: "/nonexistent/x") } != nil)
  }

  @Test func aFailedWriteLeavesNothingBehind() throws {
    let folder = NSTemporaryDirectory() + "/fcn-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/x", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let tensor = WeightTensor(shape: [1], values: [1])
    // A folder stands where the file should: the last step, the renaming, fails.
    #expect(failure { try SafetensorsWriter.write([("x", tensor)], to: folder + "/x") } != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x"])
  }

  // MARK: Files by hand

  static let header = #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
  static let one: [UInt8] = [0, 0, 0x80, 0x3F]

  static func length(_ count: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) } }

  static func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    length(header.utf8.count) + Array(header.utf8) + data
  }
}

/// The message with which `body` fails, nil where it does not.
func failure(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch let error as WeightFileError {
    return error.message
  } catch {
    Issue.record("an error of another type: \(error)")
    return nil
  }
}
