import FCNCore
import FCNInterchange
import Foundation
import Testing

/// Checkpoints that PyTorch wrote, by `Tests/Scripts/checkpoints.py`.
enum Checkpoints {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// A tensor as NumPy sees it.
  struct Tensor: Decodable {
    var name: String
    var type: String
    var shape: [Int]
    var numbers: [Float]
  }

  static let tensors: [String: [Tensor]] = {
    let data = try? Data(contentsOf: folder.appendingPathComponent("tensors.json"))
    return data.flatMap { try? JSONDecoder().decode([String: [Tensor]].self, from: $0) } ?? [:]
  }()

  static func open(_ bytes: [UInt8]) throws -> any WeightSource {
    // An opened file stays readable without its name.
    let file = TemporaryFile(bytes, extension: "pth")
    return try PyTorchFormat().open(path: file.path)
  }
}

@Suite struct CheckpointTests {
  @Test(arguments: Checkpoints.tensors.keys.sorted())
  func everyTensorIsRead(_ name: String) throws {
    let expected = try #require(Checkpoints.tensors[name])
    let source = try PyTorchFormat().open(path: Checkpoints.path(name))
    #expect(source.tensors.map(\.name) == expected.map(\.name))
    #expect(source.tensors.map(\.shape) == expected.map(\.shape))
    #expect(source.tensors.map(\.elementType) == expected.map(\.type))
    let readable: Set = ["float64", "float32", "float16", "bfloat16", "int64"]
    for tensor in expected {
      if readable.contains(tensor.type) {
        #expect(try source.read(tensor.name).values == tensor.numbers, "\(tensor.name)")
        #expect(try source.read(tensor.name).shape == tensor.shape)
      } else {
        let message = failure { _ = try source.read(tensor.name) }
        #expect(message == "tensor `\(tensor.name)` is of type \(tensor.type), which cannot be a weight")
      }
    }
    #expect(failure { _ = try source.read("wieght") } == "there is no tensor `wieght`")
  }

  @Test func allCheckpointsAreThere() { #expect(Checkpoints.tensors.count == 14) }

  /// Which dictionary each tensor of a training is in, and that those of optimisers are left out.
  @Test func stateDictsAreToldApart() throws {
    let expected: [(file: String, stateDicts: Set<String>)] = [
      ("tiny_plain.pth", [""]), ("tiny_average.pt", ["model", "ema"]), ("tiny_training.pth", ["", "model_state_dict"]),
      ("tiny_lightning.ckpt", ["state_dict", "callbacks.ModelCheckpoint{'monitor': None}"]),
    ]
    for (file, stateDicts) in expected {
      let source = try PyTorchFormat().open(path: Checkpoints.path(file))
      #expect(Set(source.tensors.map(\.stateDict)) == stateDicts)
    }
  }

  /// What is refused, with words of the message and of the help.
  static let refused: [(file: String, words: String, help: String)] = [
    ("model.pth", "it needs `__main__.Tiny` of Python, and code is never run", "torch.save(model.state_dict()"),
    ("function.pth", "it needs `torch.nn.functional.relu` of Python", "torch.save(model.state_dict()"),
    ("old.pth", "the form of before PyTorch 1.6", "old.pth\", map_location=\"cpu\"), \"new.pth\")"),
    ("script.pt", "TorchScript program", "script.pt\").state_dict()"),
    ("tensor.pth", "a single tensor without a name", "torch.save(model.state_dict()"),
    ("nothing.pth", "no tensors with names", "torch.save(model.state_dict()"),
    ("answer.npy", "it is no zip archive", "torch.save(model.state_dict()"),
  ]

  @Test(arguments: refused.indices)
  func whatIsNoStateDictIsRefused(_ index: Int) {
    let (file, words, help) = Self.refused[index]
    do {
      _ = try PyTorchFormat().open(path: Checkpoints.path(file))
      Issue.record("\(file) is accepted")
    } catch {
      #expect(error.message.contains(words), "\(error.message)")
      #expect(error.help?.contains(help) == true, "\(error.help ?? "no help")")
    }
  }

  /// Changes of a sound checkpoint, each with words of the message.
  static let changes: [(words: String, change: @Sendable (inout Zip) -> Void)] = [
    ("not little-endian", { zip in replace("byteorder", in: &zip, Array("big".utf8)) }),
    ("not little-endian", { zip in replace("byteorder", in: &zip, Array("bigend".utf8)) }),
    ("the numbers of tensor `weight` are not in the file", { $0.entries.removeAll { $0.name.hasSuffix("data/0") } }),
    ("needs 2 numbers of 4 bytes, but its record has 7 bytes", { replace("data/0", in: &$0, [0, 0, 0, 0, 0, 0, 0]) }),
    ("no record `data.pkl`", { $0.entries.removeAll { $0.name.hasSuffix("data.pkl") } }),
    ("no record `data.pkl`", { $0.entries.append(Zip.Entry(name: "other/data.pkl")) }),
    ("TorchScript program", { $0.entries.append(Zip.Entry(name: "unchecked/constants.pkl")) }),
    ("ends within an instruction", { replace("data.pkl", in: &$0, []) }),
  ]

  private static func replace(_ record: String, in zip: inout Zip, _ contents: [UInt8]) {
    for index in zip.entries.indices where zip.entries[index].name.hasSuffix("/\(record)") {
      zip.entries[index].contents = contents
      zip.entries[index].checksum = Zip.checksum(contents)
    }
  }

  @Test(arguments: changes.indices)
  func changedArchivesAreRefused(_ index: Int) throws {
    var zip = Zip(reading: try Checkpoints.bytes("unchecked.pth"))
    #expect(failure { _ = try Checkpoints.open(zip.bytes) } == nil)
    Self.changes[index].change(&zip)
    let message = failure { _ = try Checkpoints.open(zip.bytes) }
    #expect(message?.contains(Self.changes[index].words) == true, "\(message ?? "accepted")")
  }

  @Test func archivesThatWerePackedAgainAreRead() throws {
    var zip = Zip(reading: try Checkpoints.bytes("unchecked.pth"))
    for index in zip.entries.indices {
      let contents = zip.entries[index].contents
      zip.entries[index].method = 8
      zip.entries[index].size = contents.count
      zip.entries[index].contents = Zip.deflate(contents)
    }
    #expect(try Checkpoints.open(zip.bytes).read("weight").values == [1, 2])
    zip = Zip(reading: try Checkpoints.bytes("unchecked.pth"))
    zip.isWide = true
    #expect(try Checkpoints.open(zip.bytes).read("weight").values == [1, 2])
  }

  @Test func damagedNumbersAreRefused() throws {
    var zip = Zip(reading: try Checkpoints.bytes("tiny_plain.pth"))
    let index = try #require(zip.entries.firstIndex { $0.name.hasSuffix("/data/0") })
    zip.entries[index].contents[3] ^= 1
    let source = try Checkpoints.open(zip.bytes)
    #expect(failure { _ = try source.read("features.conv.weight") }?.contains("its checksum differs") == true)
    #expect(try source.read("head.bias").values.count == 1)
  }

  @Test func numbersThatAreNotFiniteAreNamed() throws {
    var zip = Zip(reading: try Checkpoints.bytes("unchecked.pth"))
    Self.replace("data/0", in: &zip, [0, 0, 0, 0, 0, 0, 0xC0, 0x7F])
    let source = try Checkpoints.open(zip.bytes)
    #expect(failure { _ = try source.read("weight") } == "tensor `weight`: the number at [1] is not a number (NaN)")
  }

  @Test func checkpointsCutOffAtEveryByteAreRefused() throws {
    let sample = try Checkpoints.bytes("unchecked.pth")
    for count in sample.indices {
      #expect(failure { _ = try Checkpoints.open(Array(sample.prefix(count))) } != nil, "cut off after \(count) bytes")
    }
  }

  /// Damaged checkpoints are read or refused, and none ends the process: files with any damage, and pickles that the
  /// archive's checksums do not protect.
  @Test(arguments: ["tiny_training.pth", "tiny_protocol5.pth", "views.pth", "types.pth"])
  func damagedCheckpointsNeverCrash(_ name: String) throws {
    var generator = SeededGenerator(seed: 41)
    let whole = try Checkpoints.bytes(name)
    let zip = Zip(reading: whole)
    var refused = 0
    for round in 0..<1000 {
      var changed = zip
      let record = round % 4 == 1 ? Int.random(in: 0..<zip.entries.count, using: &generator) : 0
      let contents = mutated(zip.entries[record].contents, using: &generator)
      changed.entries[record].contents = contents
      changed.entries[record].checksum = Zip.checksum(contents)
      let bytes = round % 4 == 0 ? mutated(whole, using: &generator) : changed.bytes
      let message = failure {
        let source = try Checkpoints.open(bytes)
        for tensor in source.tensors where tensor.shape.reduce(1, *) < 1 << 16 { _ = try source.read(tensor.name) }
      }
      if message != nil { refused += 1 }
    }
    #expect(refused > 400, "\(refused)")
  }

  /// A checkpoint of 5 GB, nearly all of it a hole: nothing of it is read but what is asked for.
  @Test func checkpointsBeyondFourGigabytesAreRead() throws {
    let size = 5 << 30
    var pickle = Pickle()
    pickle.dictionary {
      $0.entry("large") { $0.tensor(storage: "0", count: size / 4, offset: size / 4 - 2, shape: [2], strides: [1]) }
      $0.entry("small") { $0.tensor(storage: "1", count: 2, offset: 0, shape: [2], strides: [1]) }
    }
    let first = Zip.Entry(name: "x/data/0", contents: [], checksum: 0, hole: size)
    let numbers: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
    let second = Zip.Entry(name: "x/data/1", contents: numbers, checksum: Zip.checksum(numbers))
    let record = Zip.Entry(name: "x/data.pkl", contents: pickle.bytes, checksum: Zip.checksum(pickle.bytes))
    let bytes = Zip(entries: [first, second, record], isWide: true).bytes
    let start = 30 + first.name.utf8.count
    let file = TemporaryFile(Array(bytes.prefix(start)), extension: "pth")
    let handle = try #require(FileHandle(forWritingAtPath: file.path))
    try handle.seek(toOffset: UInt64(start + size))
    try handle.write(contentsOf: Data(bytes.dropFirst(start)))
    try handle.close()
    let source = try PyTorchFormat().open(path: file.path)
    #expect(try source.read("small").values == [1, 2])
    #expect(try source.read("large").values == [0, 0])
  }
}
