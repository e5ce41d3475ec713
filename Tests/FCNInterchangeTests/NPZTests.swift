import FCNCore
import FCNInterchange
import Foundation
import Testing

@Suite struct NPZTests {
  /// Arrays, numbers, and the sum of the numbers' amounts, counted with NumPy.
  static let published: [(file: String, arrays: Int, numbers: Int, sum: Double)] = [
    ("dncnn25/golden_128x160.npz", 2, 40960, 19712.182147161897),
    ("espnet-city/golden_128x160.npz", 2, 471040, 748067.2171533863),
    ("extremec3-portrait/golden_128x160.npz", 2, 81920, 20148.90678673904),
    ("fsrcnn/golden_128x160_x2.npz", 2, 102400, 47259.520154052414),
    ("fsrcnn/golden_128x160_x3.npz", 2, 204800, 94818.20990295801),
    ("lwnet-retina/golden_128x160.npz", 2, 81920, 27576.773355805315),
    ("mtcnn-pnet/golden_128x160.npz", 3, 87990, 40281.525015034786),
    ("prisma-portrait/golden_128x160.npz", 2, 81920, 36798.607756537385),
    ("sinet-portrait/golden_128x160.npz", 2, 102400, 45759.754922782275),
    ("waifu2x-upconv7/golden_128x160.npz", 2, 261168, 161602.6692419774),
    ("waifu2x-vgg7/golden_128x160.npz", 2, 111372, 69015.84029771946),
  ]

  @Test(arguments: published)
  func publishedGoldensAreRead(_ file: (file: String, arrays: Int, numbers: Int, sum: Double)) throws {
    guard let path = Models.path(file.file) else { return }
    let source = try NPZFormat().open(path: path)
    #expect(source.tensors.count == file.arrays)
    let arrays = try source.tensors.map { try source.read($0.name) }
    #expect(arrays.reduce(0) { $0 + $1.values.count } == file.numbers)
    let sum = arrays.reduce(0) { $0 + $1.values.reduce(0) { $0 + Double(abs($1)) } }
    #expect(abs(sum - file.sum) < 1e-9 * file.sum)
  }

  @Test func storedEntriesAreRead() throws {
    let source = try open(NPYSamples.stored)
    #expect(
      source.tensors == [
        WeightTensorDescription(name: "weight", shape: [2, 3], elementType: "<f4"),
        WeightTensorDescription(name: "count", shape: [2, 3], elementType: "<i8"),
      ])
    #expect(try source.read("weight").values == NPYTests.numbers)
    #expect(try source.read("count").values == [0, 1, 2, 3, 200, 255])
    #expect(failure { _ = try source.read("wieght") } == "there is no tensor `wieght`")
  }

  @Test func deflatedEntriesAreRead() throws {
    let source = try open(NPYSamples.deflated)
    #expect(try source.read("weight").values == Array(repeating: 0.5, count: 4096))
    #expect(try source.read("bias").values == [0, 1, 2, 3])
  }

  @Test func theArchiveOfTheTestsIsSound() throws {
    #expect(try open(Zip().bytes).read("x").values == [1])
    #expect(try open(Zip(entries: [.deflated]).bytes).read("x").values == [1])
    #expect(try open(Zip(isWide: true).bytes).read("x").values == [1])
    #expect(try open(Zip(comment: Array("a comment".utf8)).bytes).read("x").values == [1])
  }

  /// Archives that must be refused on opening, each with words of the message.
  static let hostile: [(zip: Zip, words: String)] = [
    (Zip(entries: [Zip.Entry(directoryMethod: 12, method: 12)]), "compressed by method 12"),
    (Zip(entries: [Zip.Entry(directoryMethod: 8)]), "directory is damaged"),
    (Zip(entries: [Zip.Entry(flags: 1)]), "is encrypted"),
    (Zip(entries: [Zip.Entry(name: "x.txt")]), "does not end in `.npy`"),
    (Zip(entries: [Zip.Entry(), Zip.Entry()]), "two entries `x.npy`"),
    (Zip(entries: [Zip.Entry(name: "a.npy"), Zip.Entry(name: "b.npy", offset: 0, localName: "a.npy")]), "is damaged"),
    (Zip(entries: [Zip.Entry(name: "a.npy"), Zip.Entry(name: "a.npy", offset: 0)]), "two entries"),
    (Zip(entries: [Zip.Entry(method: 8, size: 1 << 31)]), "is the limit"),
    (Zip(entries: [Zip.Entry(size: 1 << 31)]), "cannot hold"),
    (Zip(entries: [Zip.Entry(size: 1000)]), "cannot hold the 1000 bytes"),
    (Zip(entries: [Zip.Entry(size: 0xFFFF_FFFF)]), "zip64"),
    (Zip(entries: [Zip.Entry(packedSize: 0xFFFF_FFF0, size: 0xFFFF_FFF0)]), "directory is damaged"),
    (Zip(entries: [Zip.Entry(offset: 0x7FFF_FFFF)]), "directory is damaged"),
    (Zip(entries: [Zip.Entry(offset: 3)]), "directory is damaged"),
    (Zip(entries: [Zip.Entry(localNameLength: 0xFFFF)]), "directory is damaged"),
    (Zip(entries: [Zip.Entry(nameLength: 0xFFFF)]), "directory is damaged"),
    (Zip(count: 2), "directory is damaged"),
    (Zip(count: 0), "wrong length"),
    (Zip(disk: 1), "several parts"),
    (Zip(directoryOffset: 0), "does not lie where it is said to"),
    (Zip(directorySize: 1 << 30), "does not lie where it is said to"),
    (Zip(disk: 1, isWide: true), "several parts"),
    (Zip(count: 2, isWide: true), "directory is damaged"),
    (Zip(count: .max, isWide: true), "directory is damaged"),
    (Zip(directoryOffset: .max, isWide: true), "does not lie where it is said to"),
    (Zip(directoryOffset: -1, isWide: true), "directory is damaged"),
    (Zip(isWide: true, wideSize: 0), "directory is damaged"),
    (Zip(isWide: true, wideSize: 16), "directory is damaged"),
    (Zip(entries: [Zip.Entry(offset: .max)], isWide: true), "directory is damaged"),
    (Zip(entries: [Zip.Entry(packedSize: .max, size: .max)], isWide: true), "directory is damaged"),
    (Zip(entries: [Zip.Entry(packedSize: -1, size: -1)], isWide: true), "directory is damaged"),
    (Zip(entries: [Zip.Entry(contents: Array("hello".utf8), checksum: 0x3610_A686)]), "not a NumPy array"),
  ]

  @Test(arguments: hostile.indices)
  func hostileArchivesAreRefused(_ index: Int) {
    let (zip, words) = Self.hostile[index]
    let message = failure { _ = try open(zip.bytes) }
    #expect(message?.contains(words) == true, "\(message ?? "accepted")")
  }

  @Test func damagedContentsAreRefused() {
    #expect(failure { _ = try open(Zip(entries: [Zip.Entry(checksum: 1)]).bytes) }?.contains("checksum") == true)
  }

  /// The stream holds more, or less, than the directory says.
  @Test func compressedStreamsOfAnotherLengthAreRefused() {
    let array = Zip.array
    for contents in [array + [0], array + array, Array(array.dropLast())] {
      let entry = Zip.Entry(contents: Zip.deflate(contents), method: 8, size: array.count)
      #expect(failure { _ = try open(Zip(entries: [entry]).bytes).read("x") }?.contains("does not unpack to") == true)
    }
    let spare = Zip.Entry(contents: Zip.deflate(array) + [0, 0], method: 8, size: array.count)
    #expect(failure { _ = try open(Zip(entries: [spare]).bytes).read("x") }?.contains("does not unpack to") == true)
    let noise = Zip.Entry(contents: Array(repeating: 0xFF, count: 90), method: 8, size: array.count)
    #expect(failure { _ = try open(Zip(entries: [noise]).bytes) }?.contains("does not unpack to") == true)
  }

  /// A small stream that unpacks to 50 MB is cut short, whatever the directory says of it.
  @Test func bombsAreRefused() {
    // A fixed Huffman block: a zero byte, then matches of 258 bytes at distance 1, 13 bits each, without an end.
    var bits: [UInt8] = [1, 1, 0]
    bits += [0, 0, 1, 1, 0, 0, 0, 0]
    for _ in 0..<200_000 { bits += [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0] }
    let block = stride(from: 0, to: bits.count - 7, by: 8).map { start in
      (0..<8).reduce(UInt8(0)) { $0 | bits[start + $1] << UInt8($1) }
    }
    // The first block, which is not the last, holds a sound array.
    let bomb = [0] + Zip.deflate(Zip.array).dropFirst() + block
    let cases = [(Zip.array.count, "does not unpack to"), (50_000_000, "takes 4 bytes"), (1 << 30, "cannot hold")]
    for (size, words) in cases {
      let message = failure { _ = try open(Zip(entries: [Zip.Entry(contents: bomb, method: 8, size: size)]).bytes) }
      #expect(message?.contains(words) == true, "\(message ?? "accepted")")
    }
    // Two names for the same bytes.
    let inner = Zip(entries: [Zip.Entry(name: "b.npy")])
    let prefix = 30 + 5
    let shared = Zip(entries: [
      Zip.Entry(name: "a.npy", contents: inner.localRecords, checksum: Zip.checksum(inner.localRecords)),
      Zip.Entry(name: "b.npy", offset: prefix),
    ])
    #expect(failure { _ = try open(shared.bytes) } == "the entries `a.npy` and `b.npy` overlap")
  }

  @Test func archivesCutOffAtEveryByteAreRefused() {
    for sample in [Zip().bytes, NPYSamples.deflated] {
      for count in sample.indices {
        #expect(failure { _ = try open(Array(sample.prefix(count))) } != nil, "cut off after \(count) bytes")
      }
    }
  }

  /// A thousand damaged archives: each is read or refused, and none ends the process.
  @Test func damagedArchivesNeverCrash() {
    var generator = SeededGenerator(seed: 40)
    var refused = 0
    for round in 0..<1000 {
      let bytes = mutated(round % 2 == 0 ? NPYSamples.stored : NPYSamples.deflated, using: &generator)
      let message = failure {
        let source = try open(bytes)
        for tensor in source.tensors { _ = try source.read(tensor.name) }
      }
      if message != nil { refused += 1 }
    }
    #expect(refused > 500)
  }

  private func open(_ bytes: [UInt8]) throws -> any WeightSource {
    let file = TemporaryFile(bytes, extension: "npz")
    return try NPZFormat().open(path: file.path)
  }
}

@Suite struct InterchangePluginTests {
  @Test func theFormatsAreRegistered() {
    let registry = Registry([InterchangePlugin.self])
    #expect(registry.weightFormats.map(\.name) == ["npz", "pytorch", "safetensors"])
    #expect(registry.conflicts.isEmpty)
  }
}
