import Foundation
import Testing

/// `fcnc init`: projects that are right as they are.
@Suite struct InitTests {
  private static let networks = ["segmentation": "segmenter", "counting": "counter", "restoration": "restorer"]
  private static let names = networks.keys.sorted()

  private func make(_ name: String, in folder: Folder) throws -> Tool.Result {
    try Tool.fcnc.run(["init", name, "project"], in: folder.path)
  }

  private func text(_ path: String, in folder: Folder) throws -> String {
    try String(contentsOfFile: "\(folder.path)/project/\(path)", encoding: .utf8)
  }

  @Test(arguments: names)
  func theNetworkIsRight(name: String) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let made = try make(name, in: folder)
    #expect(made.status == 0, "\(made.errors)")
    let network = try #require(Self.networks[name])
    let files = [
      "\(network).fcn", "train.py", "README.md", "data/README.md", ".github/workflows/fcnc.yml", ".gitignore",
    ]
    #expect(made.output == files.map { "project/\($0)\n" }.joined() + "next: cd project, then what README.md says\n")
    for path in files { #expect(try !text(path, in: folder).isEmpty, "\(path)") }
    // What the workflow calls is what a person would: every command has to find nothing.
    let commands = try text(".github/workflows/fcnc.yml", in: folder).split(separator: "\n")
      .filter { $0.contains("$fcnc ") }.map { $0.replacing("$fcnc", with: Tool.fcnc.path) }
    #expect(commands.count == 4)
    for command in commands {
      let result = try Tool(path: "/bin/sh").run(["-c", String(command)], in: "\(folder.path)/project")
      #expect(result.status == 0 && result.errors.isEmpty, "\(command)\n\(result.output)\(result.errors)")
    }
  }

  @Test(arguments: names)
  func nothingIsWrittenOver(name: String) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let files = FileManager.default
    try files.createDirectory(atPath: "\(folder.path)/project", withIntermediateDirectories: true)
    try "mine".write(toFile: "\(folder.path)/project/README.md", atomically: true, encoding: .utf8)
    let result = try make(name, in: folder)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.contains("`project/README.md` exists"), "\(result.errors)")
    #expect(try text("README.md", in: folder) == "mine")
    #expect(try files.contentsOfDirectory(atPath: "\(folder.path)/project") == ["README.md"])
  }

  @Test func aProjectThatIsNotKnownIsSaid() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let result = try make("detection", in: folder)
    #expect(result.status == 2 && result.errors.contains("there is no project `detection`"), "\(result.errors)")
    for name in Self.names { #expect(result.errors.contains("\(name) (")) }
  }

  @Test(arguments: names)
  func itsPythonCompiles(name: String) throws {
    guard let python = Python.plain else {
      print("skipped: compiling train.py, there is no python3")
      return
    }
    let folder = try Folder()
    defer { folder.remove() }
    _ = try make(name, in: folder)
    let network = try #require(Self.networks[name])
    let project = "\(folder.path)/project"
    try Tool.fcnc.run(["export", "--to", "pytorch", "\(network).fcn", "-o", "net.py"], in: project)
    let result = try python.run(["-m", "py_compile", "train.py", "net.py"], in: project)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// A few steps of training, on from the checkpoint, and the weights back into fcnc by both ways.
  @Test(arguments: names)
  func itTrainsAndTheWeightsComeBack(name: String) throws {
    guard let python = Python.torch else {
      print("skipped: training the projects, there is no python3 with torch (FCNC_PYTHON may name one)")
      return
    }
    let folder = try Folder()
    defer { folder.remove() }
    _ = try make(name, in: folder)
    let network = try #require(Self.networks[name])
    let project = "\(folder.path)/project"
    func run(_ tool: Tool, _ arguments: String) throws -> Tool.Result {
      let result = try tool.run(
        arguments.split(separator: " ").map(String.init), environment: ["OMP_NUM_THREADS": "1"], in: project)
      #expect(result.status == 0, "\(arguments)\n\(result.output)\(result.errors)")
      return result
    }
    _ = try run(Tool.fcnc, "export --to pytorch \(network).fcn -o net.py")
    let train = "train.py --synthetic --batch 2 --size 32 --check 2"
    #expect(try run(python, "\(train) --steps 2").output.contains("step 2: loss "))
    let resumed = try run(python, "\(train) --steps 4 --resume checkpoint.pth").output
    #expect(resumed.contains("step 4: loss ") && !resumed.contains("step 2:"), "\(resumed)")
    _ = try run(python, "net.py checkpoint.pth -o converted.safetensors")
    try FileManager.default.copyItem(
      atPath: "\(Tool.repository)/Networks/edges/example.png", toPath: "\(project)/photo.png")
    for weights in ["weights.safetensors", "converted.safetensors"] {
      _ = try run(
        Tool.fcnc, "run \(network).fcn --weights \(weights) --strict -- photo.png --fit crop -o answer.png -q")
      #expect(FileManager.default.fileExists(atPath: "\(project)/answer.png"))
    }
  }

  /// The commands of the page about training, one after the other.
  @Test func theTrainingOfThePageWorks() throws {
    guard let python = Python.torch else {
      print("skipped: the commands of Training.md, there is no python3 with torch (FCNC_PYTHON may name one)")
      return
    }
    let folder = try Folder()
    defer { folder.remove() }
    try FileManager.default.copyItem(
      atPath: "\(Tool.repository)/Networks/edges/example.png", toPath: "\(folder.path)/photo.png")
    let tools = URL(fileURLWithPath: Tool.fcnc.path).deletingLastPathComponent().path
    try "#!/bin/sh\nexec '\(python.path)' \"$@\"\n"
      .write(toFile: "\(folder.path)/python", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/python")
    let page = try #require(Page.named("Training.md"))
    let commands = page.blocks.filter { $0.language == "sh" }.map(\.text).joined()
      .replacing("--steps 300", with: "--steps 4 --batch 2 --size 32")
    #expect(commands.contains("train.py"))
    let path = "\(folder.path):\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    let result = try Tool(path: "/bin/sh").run(
      ["-e", "-c", commands], environment: ["PATH": path, "OMP_NUM_THREADS": "1"], in: folder.path)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }
}
