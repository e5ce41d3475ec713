import FCNCore
import FCNInterchange
import Foundation
import Testing

/// Pickles written by hand: those that a checkpoint may hold, and those that ask for code, lie, or ask for much.
@Suite struct PickleMachineTests {
  /// The tensor of four ones.
  static let ones = tensor(shape: [4], strides: [1])

  static func tensor(
    storage: [UInt8] = Pickle.storage("0", count: 4), offset: Int = 0, shape: [Int], strides: [Int]
  ) -> [UInt8] {
    Pickle.tensor(storage: storage, offset: offset, shape: Pickle.integers(shape), strides: Pickle.integers(strides))
  }

  /// A dictionary with one entry.
  static func one(_ key: String, _ value: [UInt8]) -> [UInt8] {
    [Pickle.dictionary] + Pickle.text(key) + value + [Pickle.setItem]
  }

  private static func many(_ count: Int, _ part: (Int) -> [UInt8]) -> [UInt8] { (0..<count).flatMap(part) }

  private func open(_ instructions: [UInt8]) throws -> any WeightSource {
    try Checkpoints.open(Pickle(instructions + [Pickle.stop]).checkpoint)
  }

  // MARK: Sound ones

  static let sound: [(pickle: [UInt8], names: [String])] = [
    (one("a", ones), ["a"]),
    (one("a.b", ones), ["a.b"]),
    (one("a", one("b", ones)), ["a.b"]),
    // The last value of a key counts, in the place of the first.
    (one("a", one("b", ones)) + Pickle.text("a") + one("c", ones) + [Pickle.setItem], ["a.c"]),
    // One tensor under two names, through the memo; far places of the memo.
    (
      [Pickle.dictionary] + Pickle.text("a") + ones + Pickle.put(0xFFFF_FFFF) + [Pickle.setItem] + Pickle.text("b")
        + Pickle.get(0xFFFF_FFFF) + [Pickle.setItem],
      ["a", "b"]
    ),
    // Keys that are numbers, and values that are neither tensors nor dictionaries.
    (one("a", ones) + Pickle.integer(7) + ones + [Pickle.setItem] + Pickle.text("n") + [0x4E, Pickle.setItem], ["a"]),
    // An optimiser.
    (
      one("a", ones) + Pickle.text("o") + one("state", one("b", ones)) + Pickle.text("param_groups")
        + [0x5D, Pickle.setItem, Pickle.setItem], ["a"]
    ),
    // A class of plain data with attributes, as `argparse.Namespace` is pickled.
    (
      one("a", ones) + Pickle.text("n") + Pickle.global("argparse", "Namespace") + [0x29, 0x81]
        + one("b", ones) + [0x62, Pickle.setItem], ["a"]
    ),
    // An empty tensor, and an axis of one whose stride means nothing.
    (one("a", tensor(shape: [0, 3], strides: [3, 1])), ["a"]),
    (one("a", tensor(shape: [1, 2], strides: [.max, 2])), ["a"]),
    (one("a", tensor(shape: [1, 2], strides: [-5, 2])), ["a"]),
    (one("a", tensor(offset: 3, shape: [], strides: [])), ["a"]),
    (one("a", tensor(shape: [2, 2], strides: [0, 0])), ["a"]),
  ]

  @Test(arguments: sound.indices)
  func soundPicklesAreRead(_ index: Int) throws {
    let source = try open(Self.sound[index].pickle)
    #expect(source.tensors.map(\.name) == Self.sound[index].names)
    for tensor in source.tensors {
      let count = tensor.shape.reduce(1, *)
      #expect(try source.read(tensor.name).values == Array(repeating: 1, count: count))
    }
  }

  // MARK: Code

  static let code: [(pickle: [UInt8], name: String)] = [
    (Pickle.global("os", "system") + Pickle.tuple(Pickle.text("touch x")) + [Pickle.reduce], "os.system"),
    (Pickle.global("posix", "system"), "posix.system"),
    (Pickle.global("builtins", "eval"), "builtins.eval"),
    (Pickle.global("__builtin__", "getattr"), "__builtin__.getattr"),
    (Pickle.global("torch", "load"), "torch.load"),
    (Pickle.global("torch.storage", "_load_from_bytes"), "torch.storage._load_from_bytes"),
    (Pickle.global("collections", "OrderedDict.__init__"), "collections.OrderedDict.__init__"),
    (Pickle.global("torch", "float32.__reduce__"), "torch.float32.__reduce__"),
    (Pickle.global("", ""), "."),
    (Pickle.global("a\u{1B}[2J", "é"), "a?[2J.?"),
    (Pickle.global("numpy.core", "multiarray.scalar"), "numpy.core.multiarray.scalar"),
    (Pickle.global("m", String(repeating: "n", count: 1000)), "m." + String(repeating: "n", count: 118) + "..."),
    // The same by the instruction of protocol 4.
    (Pickle.text("builtins") + Pickle.text("exec") + [0x93], "builtins.exec"),
    (one("a", ones) + Pickle.text("b") + Pickle.global("models", "Net"), "models.Net"),
  ]

  @Test(arguments: code.indices)
  func codeIsRefusedByItsName(_ index: Int) {
    let (pickle, name) = Self.code[index]
    let message = failure { _ = try open(pickle) }
    #expect(message == "it needs `\(name)` of Python, and code is never run to read weights")
  }

  // MARK: Lies

  private static let notAsItShouldBe = "not as it should be"

  static let wrong: [(pickle: [UInt8], words: String)] = [
    (Array("(ios\nsystem\n".utf8), "unknown instruction 0x69"),
    ([0xFF], "unknown instruction 0xff"),
    ([0x30], notAsItShouldBe), ([0x31], notAsItShouldBe), ([0x32], notAsItShouldBe), ([0x74], notAsItShouldBe),
    ([0x75], notAsItShouldBe), ([0x85], notAsItShouldBe), ([0x87], notAsItShouldBe), ([0x71, 0], notAsItShouldBe),
    ([0x94], notAsItShouldBe), ([0x61], notAsItShouldBe), ([0x65], notAsItShouldBe), ([0x62], notAsItShouldBe),
    ([Pickle.reduce], notAsItShouldBe), ([0x51], notAsItShouldBe), ([0x81], notAsItShouldBe), ([0x93], notAsItShouldBe),
    ([], notAsItShouldBe), ([Pickle.mark], notAsItShouldBe), ([0x4E, Pickle.mark, 0x30, 0x30], notAsItShouldBe),
    // Nothing is taken from below a mark.
    ([0x4E, 0x4E, Pickle.mark, 0x85], notAsItShouldBe),
    ([Pickle.dictionary, 0x4E, Pickle.mark, 0x4E, Pickle.setItem], notAsItShouldBe),
    (Pickle.get(7), notAsItShouldBe),
    ([Pickle.dictionary, Pickle.mark, 0x4E, 0x75], notAsItShouldBe),
    ([0x29, 0x4E, 0x4E, Pickle.setItem], notAsItShouldBe),
    ([Pickle.dictionary, 0x4E, 0x61], notAsItShouldBe),
    (ones + [0x4E, 0x62], notAsItShouldBe),
    (Pickle.text("a") + [0x29, Pickle.reduce], notAsItShouldBe),
    (Pickle.global("torch", "float32") + [0x29, Pickle.reduce], notAsItShouldBe),
    (Pickle.global("torch", "FloatStorage") + [0x29, Pickle.reduce], notAsItShouldBe),
    (Pickle.global("torch", "Size") + [0x29, Pickle.reduce], notAsItShouldBe),
    (Pickle.global("torch._utils", "_rebuild_parameter") + [0x29, Pickle.reduce], notAsItShouldBe),
    (Pickle.global("torch._utils", "_rebuild_tensor_v2") + [0x29, Pickle.reduce], notAsItShouldBe),
    (
      Pickle.global("torch._utils", "_rebuild_tensor_v3")
        + Pickle.tuple(Pickle.storage("0", count: 4), Pickle.integer(0), [0x29], [0x29]) + [Pickle.reduce],
      notAsItShouldBe
    ),
    (Pickle.global("torch._utils", "_rebuild_tensor_v2") + [0x29, 0x81], notAsItShouldBe),
    (
      Pickle.global("torch._tensor", "_rebuild_from_type_v2")
        + Pickle.tuple(
          Pickle.global("torch._tensor", "_rebuild_from_type_v2"), Pickle.global("torch", "Tensor"), [0x29], [0x4E])
        + [Pickle.reduce], notAsItShouldBe
    ),
    (Pickle.tuple(Pickle.text("module"), [0x4E], [0x4E], [0x4E], [0x4E]) + [0x51], notAsItShouldBe),
    (Pickle.storage("0", count: -1), notAsItShouldBe),
    (Pickle.tensor(storage: [0x4E], shape: [0x29], strides: [0x29]), notAsItShouldBe),
    (
      Pickle.tensor(storage: Pickle.storage("0", count: 4), shape: Pickle.tuple([0x4E]), strides: Pickle.integers([1])),
      notAsItShouldBe
    ),
    // Texts and numbers that go on beyond the end.
    ([0x58, 0xFF, 0xFF, 0xFF, 0xFF], "ends within"), ([0x8D] + Array(repeating: 0xFF, count: 8), "ends within"),
    ([0x8B, 0xFF, 0xFF, 0xFF, 0x7F], "ends within"), ([0x4A, 0], "ends within"), (Array("cos".utf8), "ends within"),
    ([0x58, 1, 0, 0, 0, 0xFF], "not UTF-8"),
    // Tensors outside of their storages.
    (one("a", tensor(shape: [5], strides: [1])), "reads beyond its storage `0` of 4 numbers"),
    (one("a", tensor(shape: [2], strides: [4])), "reads beyond"),
    (one("a", tensor(offset: 4, shape: [], strides: [])), "reads beyond"),
    (one("a", tensor(offset: -1, shape: [2], strides: [1])), "reads beyond"),
    (one("a", tensor(offset: .max, shape: [2], strides: [1])), "reads beyond"),
    (one("a", tensor(offset: 3, shape: [2], strides: [-1])), "reads beyond"),
    (one("a", tensor(shape: [3], strides: [.max])), "reads beyond"),
    (one("a", tensor(shape: [2, 2], strides: [.max, .max])), "reads beyond"),
    (one("a", tensor(storage: Pickle.storage("0", count: .max), shape: [4], strides: [1])), "reads beyond"),
    (
      one("a", tensor(storage: Pickle.storage("0", count: 1 << 40), shape: [4], strides: [1])),
      "its record has 16 bytes"
    ),
    (
      one("a", tensor(storage: Pickle.storage("0", count: 4, type: "DoubleStorage"), shape: [4], strides: [1])),
      "its record has 16 bytes"
    ),
    (one("a", tensor(storage: Pickle.storage("../0", count: 4), shape: [4], strides: [1])), "are not in the file"),
    (one("a", tensor(storage: Pickle.storage("", count: 4), shape: [4], strides: [1])), "are not in the file"),
    (one("a", tensor(shape: [-1], strides: [1])), "the impossible shape [-1]"),
    (one("a", tensor(shape: [2, 2], strides: [1])), "the impossible shape"),
    (one("a", tensor(shape: [.max, .max], strides: [0, 0])), "the impossible shape"),
    (
      one("a", tensor(shape: Array(repeating: 1, count: 33), strides: Array(repeating: 1, count: 33))),
      "the impossible shape"
    ),
    // Names.
    (one("a", one("b", ones)) + Pickle.text("a.b") + ones + [Pickle.setItem], "two tensors would be called `a.b`"),
    (one(String(repeating: "a", count: 5000), ones), "has more than 4096 bytes"),
    ([Pickle.dictionary], "no tensors with names"), (one("a", [0x4E]), "no tensors with names"),
    ([0x4E], "holds no dictionary"), (ones, "holds a single tensor"),
  ]

  @Test(arguments: wrong.indices)
  func wrongPicklesAreRefused(_ index: Int) {
    let (pickle, words) = Self.wrong[index]
    // A name that goes on to the end must not find the end in the instruction that stops.
    let bytes = words == "ends within" ? Pickle(pickle).checkpoint : Pickle(pickle + [Pickle.stop]).checkpoint
    let message = failure { _ = try Checkpoints.open(bytes) }
    #expect(message?.contains(words) == true, "\(message ?? "accepted")")
  }

  // MARK: Asking for much

  /// Dictionaries in which each is the next one's value under `width` keys.
  private static func layers(_ depth: Int, width: Int) -> [UInt8] {
    var pickle = one("t", ones) + Pickle.put(0)
    for layer in 1...depth {
      pickle += [0x30, Pickle.dictionary]
      for key in 0..<width { pickle += Pickle.text("\(key)") + Pickle.get(layer - 1) + [Pickle.setItem] }
      pickle += Pickle.put(layer)
    }
    return pickle
  }

  static let greedy: [(pickle: @Sendable () -> [UInt8], words: String)] = [
    ({ [0x29] + many(1_000_000) { _ in [0x85] } }, "tuples in each other"),
    ({ [0x29] + many(100) { _ in [0x32, 0x86] } }, "tuples in each other"),
    ({ [Pickle.dictionary] + Pickle.put(0) + Pickle.text("a") + Pickle.get(0) + [Pickle.setItem] }, "holds itself"),
    (
      {
        [Pickle.dictionary] + Pickle.put(0) + Pickle.text("a") + [Pickle.dictionary] + Pickle.text("b")
          + Pickle.get(0) + [Pickle.setItem, Pickle.setItem]
      }, "the dictionary `a.b` holds itself"
    ),
    ({ layers(30, width: 1) }, "dictionaries lie in each other"),
    ({ layers(12, width: 8) }, "hold more than 1048576 tensors"),
    ({ layers(2, width: 1200) }, "hold more than 1048576 tensors"),
    ({ many(2_000_000) { _ in [0x4E] } }, "too much memory"),
    ({ many(2_000_000) { _ in [Pickle.mark] } }, "too much memory"),
    ({ [0x4E] + many(5_000_000) { _ in [0x94] } }, "too much memory"),
    ({ many(1_200_000) { _ in [Pickle.dictionary, 0x30] } }, "more than 1048576 dictionaries"),
    (
      { Pickle.storage("0", count: 4) + Pickle.put(0) + many(1_100_000) { _ in [0x30] + Pickle.get(0) } },
      "no dictionary"
    ),
    (
      {
        [Pickle.dictionary] + Pickle.put(0) + Pickle.text("a") + [0x71, 1, Pickle.dictionary, 0x71, 2, Pickle.setItem]
          + many(1_100_000) { _ in [0x68, 1, 0x68, 2, Pickle.setItem] }
      }, "more than 1048576 entries"
    ),
    ({ one("a", tensor(shape: [1 << 30], strides: [0])) }, "too often"),
    ({ one("a", tensor(shape: [1 << 20, 1 << 20], strides: [0, 0])) }, "too often"),
    ({ Array(repeating: 0x4E, count: 70_000_000) }, "is the limit"),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: greedy.indices)
  func picklesThatAskForMuchAreRefused(_ index: Int) {
    let (pickle, words) = Self.greedy[index]
    let message = failure { _ = try open(pickle()) }
    #expect(message?.contains(words) == true, "\(message ?? "accepted")")
  }
}
