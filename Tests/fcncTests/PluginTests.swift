import FCNPlugins
import Foundation
import Testing

/// Plugins as Swift files: written by `fcnc plugin new`, compiled, loaded, used, and refused where they are wrong.
@Suite struct PluginTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func fcnc(_ arguments: String..., input: String = "") throws -> Tool.Result {
    try Tool.fcnc.run(arguments, input: input, in: folder.path)
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
  }

  // MARK: Every kind

  @Test(arguments: PluginTemplate.all.map(\.kind))
  func whatIsWrittenToBeginWithPassesItsTest(kind: String) throws {
    defer { folder.remove() }
    let made = try fcnc("plugin", "new", kind, "own_thing")
    #expect(made.status == 0 && made.output.contains("next: fcnc plugin test OwnThing.swift"), "\(made.errors)")
    let tested = try fcnc("plugin", "test", "OwnThing.swift")
    #expect(tested.status == 0 && tested.output.hasSuffix(": right\n"), "\(tested.output)\(tested.errors)")
    // What is there is not written over.
    #expect(try fcnc("plugin", "new", kind, "own_thing").status == 2)
    if FileManager.default.fileExists(atPath: "\(folder.path)/own_thing.fcn") {
      let checked = try fcnc("check", "own_thing.fcn", "--plugin", "OwnThing.swift")
      #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
      let lint = try fcnc(
        "lint", "own_thing.fcn", "--plugin", "OwnThing.swift", "--format", "concise", "--fail-on", "warning")
      #expect(lint.status == (kind == "rule" ? 1 : 0), "\(lint.output)\(lint.errors)")
      if kind == "rule" { #expect(lint.output.contains("this window has 9 rows, more than 7 [own-thing]")) }
    }
  }

  @Test func formsFromOutsideAreUsedByEveryCommand() throws {
    defer { folder.remove() }
    for (kind, name) in [
      ("front-end", "lines"), ("weight-format", "numbers"), ("reporter", "table"), ("exporter", "chart"),
    ] {
      #expect(try fcnc("plugin", "new", kind, name).status == 0)
    }
    try write("plugins: [Lines.swift, Numbers.swift, Table.swift, Chart.swift]\n", "fcnc.yaml")
    try write("twice 1\nconv(1, kernel: 1, bias: false) @gain\nrelu\n", "twice.lines")
    try write("gain.weight 1 1 1 1\n2\n", "two.numbers")
    let checked = try fcnc("check", "twice.lines")
    #expect(
      checked.status == 0 && checked.output.contains("twice is fully convolutional"),
      "\(checked.output)\(checked.errors)")
    let wrong = try fcnc("lint", "twice.lines", "--format", "table")
    #expect(wrong.output.hasPrefix("| place | finding |\n"), "\(wrong.output)\(wrong.errors)")
    let chart = try fcnc("export", "--to", "chart", "twice.lines", "-o", "twice.mmd")
    #expect(chart.status == 0, "\(chart.errors)")
    #expect(try read("twice.mmd").hasPrefix("flowchart TD\n"))
    let built = try fcnc("build", "twice.lines", "--weights", "two.numbers", "-o", "twice", "--quiet")
    #expect(built.status == 0, "\(built.errors)")
    let picture = "\(Tool.repository)/Networks/nuclei/example.png"
    let ran = try Tool(path: "\(folder.path)/twice").run([picture, "-o", "twice.npy", "-q"], in: folder.path)
    #expect(ran.status == 0, "\(ran.errors)")
    // In the reference interpreter too, and the same numbers.
    let interpreted = try fcnc("run", "twice.lines", "--weights", "two.numbers", "--", picture, "-o", "once.npy", "-q")
    #expect(interpreted.status == 0, "\(interpreted.errors)")
    #expect(
      FileManager.default.contents(atPath: "\(folder.path)/twice.npy")
        == FileManager.default.contents(atPath: "\(folder.path)/once.npy"))
  }

  @Test func aStageWithAKernelOfItsOwnIsCompiled() throws {
    defer { folder.remove() }
    #expect(try fcnc("plugin", "new", "window-stage", "middle").status == 0)
    let picture = "\(Tool.repository)/Networks/nuclei/example.png"
    let built = try fcnc("build", "middle.fcn", "--plugin", "Middle.swift", "-o", "middle", "--quiet")
    #expect(built.status == 0, "\(built.errors)")
    let ran = try Tool(path: "\(folder.path)/middle").run([picture, "-o", "a.npy", "-q"], in: folder.path)
    #expect(ran.status == 0, "\(ran.errors)")
    let interpreted = try fcnc("run", "middle.fcn", "--plugin=Middle.swift", "--", picture, "-o", "b.npy", "-q")
    #expect(interpreted.status == 0, "\(interpreted.errors)")
    let (a, b) = (
      FileManager.default.contents(atPath: "\(folder.path)/a.npy"),
      FileManager.default.contents(atPath: "\(folder.path)/b.npy")
    )
    #expect(a != nil && a == b)
  }

  // MARK: Wrong plugins

  private func stage(_ name: String, types: String = "inputs", evaluate: String = "inputs", register: String = "")
    -> String
  {
    """
    import FCNCore

    struct Own: Stage {
      static let signature = StageSignature(name: "\(name)", summary: "Own.", example: "x -> \(name)")
      init(_ arguments: Arguments) {}
      func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { \(types) }
      func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { \(evaluate) }
    }

    enum OwnPlugin: Plugin {
      static let name = "own"
      static func register(in registry: inout Registry) {
        \(register)
        registry.register(Own.self)
      }
    }
    """
  }

  private func use(_ name: String) throws -> Tool.Result {
    try write("network n\n\ninput x[3] = picture -> rgb\n\noutput y: raw = x -> \(name)\n", "n.fcn")
    return try fcnc("check", "n.fcn", "--plugin", "Own.swift")
  }

  @Test func aPluginThatCannotBeUsedIsNamed() throws {
    defer { folder.remove() }
    try write("let x = \n", "Own.swift")
    var result = try use("own")
    #expect(
      result.status == 2 && result.errors.contains("the plugin `Own.swift` declares no plugin"), "\(result.errors)")
    try write("enum OwnPlugin: Plugin { static let name: Int = 1 }\n", "Own.swift")
    result = try use("own")
    #expect(result.status == 2 && result.errors.contains("the plugin `Own.swift` does not compile"), "\(result.errors)")
    try write(stage("own", register: "let none: [Int] = []; _ = none[Int(name.count)]"), "Own.swift")
    result = try use("own")
    #expect(
      result.status == 2 && result.errors.contains("the plugin `Own.swift` stops the process when it is registered"),
      "\(result.errors)")
    try write(stage("relu"), "Own.swift")
    result = try use("relu")
    #expect(
      result.status == 2 && result.errors.contains("stage `relu` is registered by the plugins `standard` and `own`"),
      "\(result.errors)")
    #expect(try fcnc("check", "n.fcn", "--plugin", "Missing.swift").status == 2)
    #expect(try fcnc("check", "n.fcn", "--plugin").status == 2)
    #expect(try fcnc("plugin", "new", "stag", "own").errors.contains("did you mean `stage`"))
    #expect(try fcnc("plugin", "new", "stage", "Own Name").status == 2)
  }

  @Test func whatAStageDoesWrongIsTold() throws {
    defer { folder.remove() }
    try write(stage("own", types: "[]"), "Own.swift")
    let result = try use("own")
    #expect(
      result.status == 1 && (result.output + result.errors).contains("the stage `own` gives 0 types for 1 outputs"),
      "\(result.output)\(result.errors)")
    try write(stage("own", evaluate: "[Tensor(channels: 1, height: 1, width: 1)]"), "Own.swift")
    let tested = try fcnc("plugin", "test", "Own.swift")
    #expect(
      tested.status == 1 && tested.output.contains("the reference gives another size than the shape rule"),
      "\(tested.output)\(tested.errors)")
  }

  @Test func aFaultWhileItRunsLosesNothing() throws {
    defer { folder.remove() }
    try write(stage("own", evaluate: "[inputs[inputs.count]]"), "Own.swift")
    #expect(try use("own").status == 0)
    try write("as it was", "out.npy")
    let picture = "\(Tool.repository)/Networks/nuclei/example.png"
    let result = try fcnc("run", "n.fcn", "--plugin", "Own.swift", "--", picture, "-o", "out.npy")
    #expect(result.status == 2 && result.errors.contains("`Own.swift`"), "\(result.status) \(result.errors)")
    #expect(try read("out.npy") == "as it was")
  }

  @Test func aPluginThatChangesIsCompiledAnew() throws {
    defer { folder.remove() }
    try write(stage("own"), "Own.swift")
    let first = try use("own")
    #expect(first.status == 0 && first.errors.contains("compiling the plugin Own.swift"), "\(first.errors)")
    #expect(try !use("own").errors.contains("compiling"))
    try write(stage("other"), "Own.swift")
    #expect(try use("own").status == 1)
    #expect(try use("other").status == 0)
  }

  // MARK: A package of one's own

  @Test func aPackageWithPluginsIsWritten() throws {
    defer { folder.remove() }
    #expect(try fcnc("plugin", "new", "rule", "wide").status == 0)
    let made = try fcnc("custom", "-o", "my-fcnc", "--source", Tool.repository, "Wide.swift")
    #expect(
      made.status == 0 && made.output.contains("next: swift build -c release --package-path my-fcnc"), "\(made.errors)")
    #expect(try read("my-fcnc/Sources/my-fcnc/main.swift").contains("Fcnc.main(plugins: [WidePlugin.self])"))
    #expect(try read("my-fcnc/Sources/my-fcnc/Wide.swift") == read("Wide.swift"))
    // The package manager reads the manifest and finds the products in it.
    let described = try Tool(path: "/usr/bin/env").run(
      ["swift", "package", "--package-path", "\(folder.path)/my-fcnc", "dump-package"], in: folder.path)
    #expect(described.status == 0 && described.output.contains("\"FCNCommands\""), "\(described.errors)")
    #expect(try fcnc("custom", "-o", "my-fcnc", "--source", Tool.repository, "Wide.swift").status == 2)
    #expect(try fcnc("custom", "-o", "other", "--source", "nowhere", "Wide.swift").status == 2)
    #expect(try fcnc("custom", "-o", "other", "--source", Tool.repository).status == 2)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/other"))
  }
}
