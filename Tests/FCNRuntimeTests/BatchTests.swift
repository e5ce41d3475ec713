import FCNRuntime
import Foundation
import Testing

/// Many pictures: how they are found, where their answers go, what is passed over.
@Suite struct BatchTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var identity: FakeNetwork { .grey(.image(maximum: 1, order: .grey)) }
  var density: FakeNetwork { .grey(.density) }

  /// Writes pictures of one pixel, whose values count up from 1, into folders that are made.
  func write(_ names: String...) throws {
    for (index, name) in names.enumerated() {
      try FileManager.default.createDirectory(
        atPath: (folder.file(name) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      _ = try folder.write([[UInt8(index + 1)]], as: name)
    }
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
  }

  /// The path of the folder without doubled slashes.
  var plainPath: String { folder.path.replacing("//", with: "/") }

  /// The paths below a folder, without folders.
  func files(in name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.file(name)).filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder.file("\(name)/\(path)"), isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// The pictures that an argument stands for, in their order, by what is printed of each.
  func found(_ arguments: String...) -> [String] {
    var network = density
    let console = Console(capturing: true)
    let code = runProgram(&network, arguments: arguments + ["-q"], console: console)
    #expect(code == 0, "\(console.errors)")
    return console.output.split(separator: "\n").map { line in
      let path = line.prefix { $0 != ":" }
      let name = (folder.path as NSString).lastPathComponent + "/"
      return String(path[(path.ranges(of: name).first?.upperBound ?? path.startIndex)...])
    }
  }

  @Test func foldersAreSearchedToTheirGround() throws {
    try write("p/b.pgm", "p/a/z.pgm", "p/a/deep/x.PGM", "p/.hidden/h.pgm", "p/.h.pgm", "p/a.pgm", "p/text.txt")
    // Bytes decide: "." comes before "/", "b" after "a".
    #expect(found(folder.file("p")) == ["p/a.pgm", "p/a/deep/x.PGM", "p/a/z.pgm", "p/b.pgm"])
    #expect(
      found(folder.file("p/"), folder.file("p/b.pgm")) == [
        "p/a.pgm", "p/a/deep/x.PGM", "p/a/z.pgm", "p/b.pgm", "p/b.pgm",
      ])
  }

  @Test(.timeLimit(.minutes(1))) func linksThatGoInCircles() throws {
    try write("p/a/x.pgm", "other/y.pgm")
    try link("p/a/up", to: "..")
    try link("p/self", to: "self")
    try link("p/other", to: "../other")
    try link("p/other-again", to: "../other")
    try link("other/p", to: "../p")
    #expect(found(folder.file("p")) == ["p/a/x.pgm", "p/other/y.pgm"])
    #expect(found(folder.file("p/**/*.pgm")) == ["p/a/x.pgm", "p/other/y.pgm"])
    // Folders that all lead to all others, by more ways than could be walked.
    for index in 0..<12 {
      try write("web/\(index)/x.pgm")
      for other in 0..<12 where other != index { try link("web/\(index)/to\(other)", to: "../\(other)") }
    }
    #expect(found(folder.file("web")).count == 12)
  }

  @Test func patterns() throws {
    try write("p/a/1.pgm", "p/a/2.dat", "p/b/1.pgm", "p/b/c/1.pgm", "p/[x].pgm", "p/x.pgm", "p/.b/1.pgm")
    #expect(found(folder.file("p/*/1.pgm")) == ["p/a/1.pgm", "p/b/1.pgm"])
    #expect(found(folder.file("p/**/1.pgm")) == ["p/a/1.pgm", "p/b/1.pgm", "p/b/c/1.pgm"])
    #expect(found(folder.file("p/[ab]/?.*")) == ["p/a/1.pgm", "p/a/2.dat", "p/b/1.pgm"])
    #expect(found(folder.file("p/[x].pgm")) == ["p/[x].pgm"], "a file of that name comes first")
    #expect(found(folder.file("p/.?/*")) == ["p/.b/1.pgm"])
    var network = density
    let none = network.program(folder.file("p/*.png"), folder.file("p/x.pgm"))
    #expect(none.code == 2 && none.output == "")
    #expect(none.errors == "error: \(folder.file("p/*.png")): no file matches the pattern\n")
    #expect(network.program(folder.file("no/*.png")).code == 2)
  }

  @Test func treesAreMirrored() throws {
    try write("p/a/1.pgm", "p/b/c/1.pgm", "p/1.pgm")
    var network = identity
    let result = network.program(folder.file("p"), "-o", folder.file("out/{folder}/{stem}_mask.pgm"), "-q")
    #expect(result.code == 0 && result.errors == "")
    #expect(try files(in: "out") == ["1_mask.pgm", "a/1_mask.pgm", "b/c/1_mask.pgm"])
    #expect(try folder.picture("out/b/c/1_mask.pgm")[0, 0, 0] == 2)
    #expect(network.program(folder.file("p/*/**/1.pgm"), "-o", folder.file("two/{folder}-{stem}.pgm"), "-q").code == 0)
    #expect(try files(in: "two") == ["a-1.pgm", "b/c-1.pgm"])
    #expect(network.program(folder.file("p/a/1.pgm"), "-o", folder.file("{stem}/x.pgm"), "-q").code == 0)
    #expect(try files(in: "1") == ["x.pgm"])
  }

  @Test func collisionsAreRefusedBeforeAnyWork() throws {
    try write("p/a/1.pgm", "p/b/1.pgm", "p/a/2.pgm")
    var network = identity
    let result = network.program(folder.file("p"), "-o", folder.file("{stem}.out.pgm"))
    #expect(result.code == 2)
    #expect(
      result.errors.replacing(plainPath, with: folder.path) == """
        error: two answers would be written to \(folder.file("1.out.pgm")), of \(folder.file("p/a/1.pgm")) and \
        \(folder.file("p/b/1.pgm"))
        help: give each its own file: {folder} in the path stands for a picture's folder, as in 'out/{folder}/{stem}.png'

        """)
    #expect(try folder.names() == ["p"])
    let dotted = network.program(
      folder.file("p/a/1.pgm"), "-o", folder.path + "/./x.pgm", "-o", folder.path + "//x.pgm")
    #expect(dotted.errors.hasPrefix("error: two answers would be written to \(plainPath)/x.pgm"))
    let report = network.program(
      folder.file("p/a"), "-o", folder.file("{stem}.npy"), "--report", folder.file("no/r.csv"))
    #expect(report.errors.hasPrefix("error: \(folder.file("no/r.csv")): there is no folder \(folder.file("no"))"))
  }

  @Test(arguments: [
    ("{name}.pgm", "{name} stands for nothing"), ("{frame}.pgm", "{frame} has no meaning here"),
  ]) func unknownPlaceholders(path: String, message: String) throws {
    try write("a.pgm")
    var network = identity
    let result = network.program(folder.file("a.pgm"), "-o", folder.file(path))
    #expect(result.code == 2)
    #expect(
      result.errors == """
        error: -o \(folder.file(path)): \(message)
        help: what may stand in the path is {stem}, {folder}, {channel}

        """)
  }

  @Test func foldersOfAnswersAreNoPictures() throws {
    try write("p/a.pgm", "p/b/c.pgm")
    var network = identity
    for round in 1...2 {
      let result = network.program(folder.file("p"), "-o", folder.file("p/out/{folder}/{stem}.pgm"))
      #expect(result.code == 0)
      #expect(result.errors.contains("2 picture(s): 2 done"))
      #expect(result.errors.contains("\(folder.file("p/out")) is passed over: answers go there") == (round == 2))
    }
    #expect(try files(in: "p/out") == ["a.pgm", "b/c.pgm"])
    try FileManager.default.removeItem(atPath: folder.file("p/a.pgm"))
    let inside = network.program(folder.file("p"), "-o", folder.file("p/b/{stem}.pgm"))
    #expect(inside.code == 0 && inside.errors.contains("\(folder.file("p/b")) is passed over"), "\(inside.errors)")
  }

  @Test func aFolderThatCannotBeReadDoesNotStopTheRest() throws {
    guard getuid() != 0 else {
      print("skipped: the folder that cannot be read, because root reads all")
      return
    }
    try write("p/a/1.pgm", "p/b/2.pgm")
    chmod(folder.file("p/a"), 0)
    defer { chmod(folder.file("p/a"), 0o755) }
    var network = identity
    let result = network.program(folder.file("p"), "-o", folder.file("{stem}.out.pgm"), "-q")
    #expect(result.code == 1 && result.errors == "error: \(folder.file("p/a")): Permission denied\n")
    #expect(try folder.names() == ["2.out.pgm", "p"])
  }

  // MARK: --skip-existing

  private func setTime(_ name: String, _ seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: folder.file(name))
  }

  @Test func answersThatAreThereAreNotMadeAgain() throws {
    try write("p/a.pgm", "p/b.pgm", "p/c.pgm")
    for name in ["a.out.pgm", "b.out.pgm"] { _ = try folder.write([[99]], as: name) }
    _ = try folder.write([[98]], as: "a.two.pgm")
    try setTime("p/a.pgm", 1000)
    var network = identity
    let arguments = [
      folder.file("p"), "--skip-existing", "-o", folder.file("{stem}.out.pgm"), "-o", folder.file("{stem}.two.pgm"),
    ]
    let console = Console(capturing: true)
    #expect(runProgram(&network, arguments: arguments, console: console) == 0)
    #expect(try folder.picture("a.out.pgm")[0, 0, 0] == 99, "all of its answers are there")
    #expect(try folder.picture("b.out.pgm")[0, 0, 0] == 2, "its second answer was missing")
    #expect(try folder.picture("c.two.pgm")[0, 0, 0] == 3)
    let said = console.errors.replacing(/\d+\.\d/, with: "N")
    #expect(
      said == """
        \(folder.file("p/a.pgm")): skipped, its answers are there
        \(folder.file("p/b.pgm")): 1x1 in N ms
        \(folder.file("p/c.pgm")): 1x1 in N ms
        3 picture(s): 2 done, 1 skipped in N s (N a second)

        """)
    // A picture that was changed since is answered again; one of the same time is not.
    try setTime("a.out.pgm", 1000)
    try setTime("a.two.pgm", 999)
    let older = Console(capturing: true)
    #expect(runProgram(&network, arguments: arguments + ["-q"], console: older) == 0 && older.errors == "")
    #expect(try folder.picture("a.out.pgm")[0, 0, 0] == 1)
    let none = network.program(folder.file("p"), "--skip-existing")
    #expect(none.code == 2)
  }

  // MARK: The plan

  /// How often a size is planned for.
  struct Counting: RunnableNetwork {
    var network: FakeNetwork
    var sizes: SizeRules { network.sizes }
    var name: String { network.name }
    var inputs: [InputDescription] { network.inputs }
    var outputs: [OutputDescription] { network.outputs }
    var facts: [(String, String)] { network.facts }
    var isConfidenceWanted = false
    private(set) var planned: [String] = []

    init(_ network: FakeNetwork) { self.network = network }

    func inputSize(_ i: Int, height: Int, width: Int) -> (height: Int, width: Int) {
      network.inputSize(i, height: height, width: width)
    }
    func outputSize(_ o: Int, height: Int, width: Int) -> (height: Int, width: Int) {
      network.outputSize(o, height: height, width: width)
    }
    mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure) {
      planned.append("\(height)x\(width)")
      guard height < 5 else { throw RuntimeFailure("too high") }
      try network.prepare(height: height, width: width, threads: threads)
    }
    func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float> {
      network.inputRow(input, channel: channel, row: row)
    }
    mutating func run() { network.run() }
    func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
      network.outputRow(output, channel: channel, row: row)
    }
    mutating func selfTest(threads: Int) -> String? { nil }
  }

  @Test func aSizeIsPlannedForOnce() throws {
    let sizes = [(1, 2), (1, 2), (2, 2), (2, 2), (5, 1), (2, 2), (1, 2)]
    var paths: [String] = []
    for (index, size) in sizes.enumerated() {
      let rows = Array(repeating: Array(repeating: UInt8(10 * index + 10), count: size.1), count: size.0)
      paths.append(try folder.write(rows, as: "\(index).pgm"))
    }
    var network = Counting(identity)
    let console = Console(capturing: true)
    let code = runProgram(&network, arguments: paths + ["-q", "-o", folder.file("{stem}.out.pgm")], console: console)
    #expect(code == 1 && console.errors == "error: \(folder.file("4.pgm")): too high\n")
    #expect(network.planned == ["1x2", "2x2", "5x1", "2x2", "1x2"])
    for index in sizes.indices where index != 4 {
      #expect(try folder.picture("\(index).out.pgm")[0, 0, 0] == 10 * index + 10)
    }
  }
}
