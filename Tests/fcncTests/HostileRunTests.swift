import FCNTestSupport
import Foundation
import Testing

/// Damaged and hostile files through the real programs, under limits of memory and time: every run ends by itself with
/// exit status 0, 1 or 2, and one that fails says something.
///
/// The files depend on a seed alone. With `FCNC_HOSTILE=40` there are 40 times as many, with `FCNC_HOSTILE_SEED=7`
/// others; a failure names the seed. The decoders themselves are tested with many more in FCNRuntimeTests
/// (`HostileFileTests`) and FCNInterchangeTests.
@Suite(.serialized) struct HostileRunTests {
  static let factor: Int = setting("FCNC_HOSTILE") ?? 1
  static let seed: UInt64 = UInt64(setting("FCNC_HOSTILE_SEED") ?? 1)

  private static func setting(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap(Int.init)
  }

  let folder: Folder
  let workshop: Workshop

  init() throws {
    folder = try Folder()
    workshop = try Workshop.shared.get()
  }

  /// Runs a tool with so much memory and time, and checks how it ends.
  @discardableResult
  private func limited(
    _ tool: Tool, _ arguments: [String], seconds: Int = 30, kilobytes: Int = 2_000_000, what: String
  ) throws -> Tool.Result {
    let shell = try #require(Tool.installed("sh"), "a POSIX shell is on the PATH")
    let script = "ulimit -v \(kilobytes); ulimit -c 0; exec timeout -s KILL \(seconds) \"$@\""
    let result = try shell.run(["-c", script, "sh", tool.path] + arguments, in: folder.path)
    let said = result.output + result.errors
    #expect((0...2).contains(result.status), "\(what), seed \(Self.seed): \(result.status) \(said.suffix(2000))")
    #expect(result.status == 0 || !said.isEmpty, "\(what), seed \(Self.seed), fails without a word")
    #expect(!said.contains("Fatal error"), "\(what), seed \(Self.seed): \(said.suffix(2000))")
    return result
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
  }

  // MARK: Pictures and arrays

  /// One run for all files of a form: those that can be read are, the others are named.
  @Test(arguments: [
    "png-3x8.png", "png-4x16.png", "png-interlaced8.png", "jpeg-420.jpg", "jpeg-progressive.jpg", "pnm-p6.ppm",
    "pnm-p3.ppm", "pnm-p5wide.pgm", "array.npy", "tiff-zstd.tif", "tiff-geo.tif", "tiff-rgb.tif", "tiff-palette8.tif",
  ]) func pictures(_ name: String) throws {
    defer { folder.remove() }
    let original = [UInt8](try Samples.fixture(name))
    var generator = SeededGenerator(seed: Self.seed)
    let ending = name.suffix(4)
    for index in 0..<(60 * Self.factor) {
      try write(Mutation.damaged(original, using: &generator), "\(index)\(ending)")
    }
    try FileManager.default.createDirectory(atPath: "\(folder.path)/out", withIntermediateDirectories: true)
    try limited(
      Tool(path: "\(workshop.path)/edges"),
      [".", "--alpha", "ignore", "-q", "-o", "out/{stem}.png", "-o", "out/{stem}.npy"], seconds: 60, what: name)
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")
    #expect(left.allSatisfy { $0.hasSuffix(".png") || $0.hasSuffix(".npy") }, "a part of a file is left")
  }

  /// A picture whose values take more than there is memory, compiled and interpreted.
  @Test func picturesBeyondMemory() throws {
    defer { folder.remove() }
    let head = "P5\n10000 10000\n255\n"
    try Data(head.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/large.pgm"))
    // A file with a hole: its zeros take no room on the disk.
    #expect(truncate("\(folder.path)/large.pgm", off_t(head.utf8.count + 10_000 * 10_000)) == 0)
    let program = Tool(path: "\(workshop.path)/edges")
    let compiled = try limited(
      program, ["large.pgm", "-o", "out.png"], seconds: 60, kilobytes: 500_000,
      what: "a large picture")
    #expect(compiled.status == 1 && compiled.errors.contains("not enough memory"), "\(compiled.errors)")
    let interpreted = try limited(
      Tool.fcnc,
      ["run", "\(workshop.path)/edges.fcn", "--random-weights", "1", "--", "large.pgm", "-o", "out.png"], seconds: 60,
      kilobytes: 500_000, what: "a large picture interpreted")
    #expect(interpreted.status == 1 && interpreted.errors.contains("not enough memory"), "\(interpreted.errors)")
  }

  // MARK: Weights

  @Test(arguments: ["edges.safetensors", "edges.npz", "edges.map", "stored.weights", "tiny.pth"])
  func weights(_ name: String) throws {
    defer { folder.remove() }
    let edges = try workshop.contents("edges.safetensors")
    let network = name == "tiny.pth" ? "\(folder.path)/tiny.fcn" : "\(workshop.path)/edges.fcn"
    var generator = SeededGenerator(seed: Self.seed)
    let original: [UInt8]
    switch name {
    case "edges.safetensors": original = [UInt8](edges)
    case "edges.npz":
      original = StoredZip.archive([
        ("smooth.weight.npy", Samples.npy(shape: [1, 1, 5, 5])),
        ("gradient.weight.npy", Samples.npy(shape: [4, 1, 3, 3])),
        ("threshold.weight.npy", Samples.npy(shape: [1, 4, 1, 1])), ("threshold.bias.npy", Samples.npy(shape: [1])),
      ])
    case "tiny.pth":
      original = [UInt8](try Samples.checkpoint("tiny_training.pth"))
      try write(Array(CheckpointRunTests.network.utf8), "tiny.fcn")
    case "edges.map":
      original = Array("smooth.weight = \"smooth.weight\"  # one\nthreshold.bias = threshold.bias\n".utf8)
    default:
      original = [UInt8](try workshop.contents(name))
      try FileManager.default.copyItem(atPath: "\(workshop.path)/stored", toPath: "\(folder.path)/stored")
    }
    for index in 0...(20 * Self.factor) {
      try write(index == 0 ? original : Mutation.damaged(original, using: &generator), name)
      let result: Tool.Result
      switch name {
      case "edges.map":
        result = try limited(
          Tool.fcnc,
          ["run", network, "-w", "\(workshop.path)/edges.safetensors", "--weight-map", name, "--", "--info"],
          what: name)
      case "stored.weights":
        result = try limited(Tool(path: "\(folder.path)/stored"), ["--self-test"], what: name)
      default: result = try limited(Tool.fcnc, ["run", network, "-w", name, "--", "--info"], what: name)
      }
      #expect(index > 0 || result.status == 0, "\(name) is sound before it is damaged: \(result.errors)")
    }
  }

  // MARK: Networks

  @Test func damagedNetworks() throws {
    defer { folder.remove() }
    var generator = SeededGenerator(seed: Self.seed)
    var names: [String] = []
    for network in ["edges/edges.fcn", "unet/unet.fcn"] {
      let original = [UInt8](try Data(contentsOf: Repository.file("Networks/\(network)")))
      for _ in 0..<(40 * Self.factor) {
        names.append("\(names.count).fcn")
        try write(Mutation.damaged(original, using: &generator), names[names.count - 1])
      }
    }
    try limited(Tool.fcnc, ["check"] + names, seconds: 60, what: "damaged networks")
    try limited(Tool.fcnc, ["lint", "--format", "json"] + names, seconds: 60, what: "damaged networks, linted")
    try limited(Tool.fcnc, ["fmt", "--check"] + names, seconds: 60, what: "damaged networks, formatted")
  }

  /// Texts that ask for much: each with what the command says of it, or nil where it may be sound.
  static let greedyNetworks: [(name: String, text: String, words: String?)] = {
    let head = "network n\ninput x[3]\n"
    func many(_ count: Int, _ part: (Int) -> String) -> String { (0..<count).map(part).joined() }
    func doubled(_ body: (Int) -> String) -> String {
      head + "def d0(x) { x -> relu }\n" + many(40) { "def d\($0 + 1)(x) { \(body($0)) }\n" } + "output y = x -> d40\n"
    }
    return [
      ("parentheses", head + "output y = " + many(100_000) { _ in "(" } + "x", "too-deeply-nested"),
      ("minus", head + "output y = " + many(100_000) { _ in "-" } + "x", "too-deeply-nested"),
      ("brackets", head + "output y = x -> pad(" + many(100_000) { _ in "[" }, "too-deeply-nested"),
      (
        "ifs", head + "output y = " + many(20_000) { _ in "if true { " } + "x" + many(20_000) { _ in " } else { x }" },
        "too-deeply-nested"
      ),
      ("repeats", head + "output y = x" + many(20_000) { _ in " -> repeat i < 9 { relu " }, "too-deeply-nested"),
      ("definitions", head + many(50_000) { "def d\($0)(x) { " }, "error["),
      ("chain", head + "output y = x" + many(100_001) { _ in " -> relu" }, "network-too-large"),
      ("sum", head + "output y = x" + many(50_000) { _ in " + x" }, "too-deeply-nested"),
      ("turns", head + "output y = x -> repeat i < 1000000000 { relu }", "repeat-count"),
      (
        "nested turns", head + "output y = x -> repeat i < 9999 { repeat j < 9999 { repeat k < 9999 { relu } } }",
        "network-too-large"
      ),
      ("doubling definitions", doubled { "x -> d\($0) -> d\($0)" }, "network-too-large"),
      ("adding definitions", doubled { "a = x -> d\($0)\n  b = x -> d\($0)\n  a + b" }, "network-too-large"),
      ("digits", head + "output y = x -> conv(" + many(100_000) { _ in "9" } + ")", "number-too-large"),
      ("names", head + many(20_000) { "a\($0) = x\n" } + "output y = x\n", nil),
      ("errors", head + many(20_000) { _ in "output y = = \n" }, "more; `--all-findings` prints them"),
      ("unknown names", head + many(20_000) { "a\($0) = zz\($0)\n" }, "more; `--all-findings` prints them"),
      ("a line", head + many(60_000) { _ in "$ " }, "more; `--all-findings` prints them"),
      ("lines", many(100_000) { _ in "\n" }, "missing-network"),
      ("too long", head + many(20_000) { _ in "// \(String(repeating: "z", count: 60))\n" }, "is larger than 1 MB"),
      ("zeros", head + many(100_000) { _ in "\0" }, "control-character"),
      ("text", head + "include \"" + many(900_000) { _ in "a" } + "\" as b\noutput y = x\n", "include-unreadable"),
      ("itself", head + "include \"itself.fcn\" as s\noutput y = x\n", "include-cycle"),
      ("folder", head + "include \".\" as s\noutput y = x\n", "include-unreadable"),
      ("device", head + "include \"/dev/zero\" as s\noutput y = x\n", "is a pipe or a device"),
      ("pipe", head + "include \"fifo.fcn\" as s\noutput y = x\n", "is a pipe or a device"),
      ("byte order mark", "\u{FEFF}" + head + "output y = x -> relu\n", nil),
      ("carriage returns", head.replacing("\n", with: "\r\n") + "output y = x -> relu\r\n", nil),
    ]
  }()

  @Test(arguments: greedyNetworks.indices) func networksThatAskForMuch(_ index: Int) throws {
    defer { folder.remove() }
    let network = Self.greedyNetworks[index]
    let name = network.name.replacing(" ", with: "-") + ".fcn"
    try write(Array(network.text.utf8), name)
    #expect(mkfifo("\(folder.path)/fifo.fcn", 0o600) == 0)
    let result = try limited(Tool.fcnc, ["check", name], seconds: 40, what: network.name)
    let said = result.output + result.errors
    #expect(said.utf8.count < 100_000, "\(network.name) is answered by \(said.utf8.count) bytes")
    if let words = network.words {
      #expect(result.status != 0 && said.contains(words), "\(network.name): \(said.prefix(500))")
    } else {
      #expect(result.status == 0, "\(network.name): \(said.prefix(500))")
    }
  }

  @Test func invalidText() throws {
    defer { folder.remove() }
    var generator = SeededGenerator(seed: Self.seed)
    try write((0..<100_000).map { _ in UInt8.random(in: 0...255, using: &generator) }, "random.fcn")
    try write(Array("network n\n".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, "utf16.fcn")
    try write([], "empty.fcn")
    for name in ["random.fcn", "utf16.fcn", "empty.fcn"] {
      #expect(try limited(Tool.fcnc, ["check", name], what: name).status == 1)
      try limited(Tool.fcnc, ["fmt", name], what: name)
    }
  }

  /// The count is of all findings, however many are printed.
  @Test func findingsAreCountedAndCut() throws {
    defer { folder.remove() }
    let lines = (0..<57).map { "a\($0) = x -> nothing\($0)\n" }.joined()
    try write(Array("network n\ninput x[3]\n\(lines)output y = x -> relu\n".utf8), "many.fcn")
    let cut = try Tool.fcnc.run(["check", "many.fcn"], in: folder.path)
    #expect(cut.output.components(separatedBy: "error[unknown-stage]").count == 21)
    #expect(cut.output.hasSuffix("\n\nand 37 more; `--all-findings` prints them\n\n57 errors\n"), "\(cut.output)")
    let all = try Tool.fcnc.run(["check", "many.fcn", "--all-findings"], in: folder.path)
    #expect(all.output.components(separatedBy: "error[unknown-stage]").count == 58)
    let concise = try Tool.fcnc.run(["lint", "many.fcn", "--format", "concise"], in: folder.path)
    #expect(concise.output.split(separator: "\n").count == 21)
    let json = try Tool.fcnc.run(["check", "many.fcn", "--format", "json"], in: folder.path)
    #expect(json.output.components(separatedBy: "\"unknown-stage\"").count == 58)
    let built = try Tool.fcnc.run(["weights", "many.fcn"], in: folder.path)
    #expect(built.errors.hasSuffix("and 37 more; `--all-findings` prints them\n"), "\(built.errors)")
    #expect([cut, all, concise, json, built].allSatisfy { $0.status == 1 })
  }
}
