import Foundation
import Testing

/// `fcnc breaking`: what a change breaks, and what it does not.
@Suite struct BreakingTests {
  private static let before = """
    network scores(width = 8)

    input photo[3] = picture -> rgb

    fine = photo -> conv(width, kernel: 3, pad: same) @stem -> relu
    output scores: logits = fine -> conv(2, kernel: 1) @head

    """

  private func breaking(_ after: String, from before: String = before, _ arguments: [String] = []) throws -> Tool.Result
  {
    let folder = try Folder()
    defer { folder.remove() }
    try before.write(toFile: "\(folder.path)/before.fcn", atomically: true, encoding: .utf8)
    try after.write(toFile: "\(folder.path)/after.fcn", atomically: true, encoding: .utf8)
    return try Tool.fcnc.run(
      ["breaking", "after.fcn", "--against", "before.fcn", "--format", "concise"] + arguments, in: folder.path)
  }

  @Test(arguments: [
    // Another name of a value, a definition in place of stages, an identity.
    before.replacingOccurrences(of: "fine", with: "first"),
    before.replacingOccurrences(
      of: "fine = photo",
      with: "def unit(x) {\n  x -> conv(width, kernel: 3, pad: same) @stem -> relu\n}\n\nfine = photo -> unit @."
    )
    .replacingOccurrences(of: "unit @. -> conv(width, kernel: 3, pad: same) @stem -> relu", with: "unit @."),
    before.replacingOccurrences(of: "-> relu", with: "-> relu -> dropout"),
    before.replacingOccurrences(of: "(width = 8)", with: "").replacingOccurrences(of: "width", with: "8"),
    "fcn 1\n\n// A comment.\n" + before,
    // An output more hurts nobody.
    before + "output features = fine\n",
  ])
  func whatIsOnlyWrittenInAnotherWayBreaksNothing(after: String) throws {
    let result = try breaking(after)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)\(result.errors)\n\(after)")
  }

  @Test(arguments: [
    (
      "photo[3] = picture -> rgb", "photo[1] = picture -> grey", "breaking-interface",
      "the input `photo` has 1 channels, it had 3"
    ),
    (
      "picture -> rgb", "picture -> bgr", "breaking-interface",
      "pictures for the input `photo` are prepared in another way"
    ),
    ("photo", "image", "breaking-interface", "the input `photo` is gone"),
    ("output scores", "output classes", "breaking-interface", "the output `scores` is gone"),
    (": logits", ": raw", "breaking-interface", "the numbers of the output `scores` mean something else"),
    ("pad: same", "pad: valid", "breaking-interface", "are not accepted any more"),
    ("-> relu", "-> relu -> maxpool(2)", "breaking-interface", "are not accepted any more"),
    (
      "kernel: 1)", "kernel: 1) -> upsample(2, mode: nearest, grid: half_pixel)", "breaking-interface",
      "is 2 pixels for H = 1, it was 1"
    ),
    (
      "width = 8", "width = 16", "breaking-weights",
      "the weight `head.weight` has the shape [2, 16, 1, 1], it had [2, 8, 1, 1]"
    ),
    ("@head", "@last", "breaking-weights", "the weight `last.weight` is new"),
    (
      "kernel: 1) @head", "kernel: 1, bias: false) @head", "breaking-weights",
      "the weight `head.bias` is not used any more"
    ),
    ("-> relu", "-> relu6", "breaking-numerics", "the output `scores` is computed in another way, from `relu6` on"),
    ("pad: same", "pad: same, border: reflect", "breaking-interface", ""),
    ("pad: same", "pad: same, border: replicate", "breaking-numerics", "from `conv` on"),
  ])
  func changesAreToldByClasses(old: String, new: String, id: String, message: String) throws {
    let result = try breaking(Self.before.replacingOccurrences(of: old, with: new))
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    #expect(
      result.output.contains("[\(id)]") && (message.isEmpty || result.output.contains(message)),
      "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: "\n").allSatisfy { $0.hasPrefix("after.fcn:") })
  }

  @Test func classesCanBeAllowed() throws {
    let after = Self.before.replacingOccurrences(of: "-> relu", with: "-> relu6")
    #expect(try breaking(after, ["--allow", "numerics"]).status == 0)
    #expect(try breaking(after, ["--allow", "weights"]).status == 1)
    #expect(try breaking(after, ["--allow", "everything"]).status == 2)
  }

  @Test func aRevisionOfGitIsComparedWith() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let git = Tool(path: "/usr/bin/env")
    func run(_ arguments: String...) throws {
      let result = try git.run(
        ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main"] + arguments,
        in: folder.path)
      #expect(result.status == 0, "\(result.errors)")
    }
    func write(_ text: String, _ name: String) throws {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/nets", withIntermediateDirectories: true)
      try text.write(toFile: "\(folder.path)/nets/\(name)", atomically: true, encoding: .utf8)
    }
    let block = "def unit(x) {\n  x -> conv(8, kernel: 3, pad: same) @conv -> relu\n}\n"
    let network = """
      include "block.fcn" as block

      network n

      input photo[3] = picture -> rgb

      output y = photo -> block.unit @first

      """
    try write(block, "block.fcn")
    try write(network, "n.fcn")
    try run("init", "-q")
    try run("add", ".")
    try run("commit", "-q", "-m", "before")
    #expect(try Tool.fcnc.run(["breaking", "nets", "--against", "git:HEAD"], in: folder.path).status == 0)
    // The definition that is included counts as it was.
    try write(block.replacingOccurrences(of: "relu", with: "tanh"), "block.fcn")
    try write(network, "new.fcn")
    let changed = try Tool.fcnc.run(
      ["breaking", "nets", "--against", "git:HEAD", "--format", "concise"], in: folder.path)
    #expect(
      changed.status == 1 && changed.output.contains("from `tanh` on [breaking-numerics]"),
      "\(changed.output)\(changed.errors)")
    #expect(changed.output.split(separator: "\n").count == 1)
    // Seen from the folder itself, with one network moved away.
    try FileManager.default.removeItem(atPath: "\(folder.path)/nets/n.fcn")
    let gone = try Tool.fcnc.run(
      ["breaking", ".", "--against", "git:HEAD", "--format", "concise"], in: "\(folder.path)/nets")
    #expect(gone.status == 1 && gone.output.contains("the network `n.fcn` is gone"), "\(gone.output)\(gone.errors)")
    let wrong = try Tool.fcnc.run(["breaking", "nets", "--against", "git:nowhere"], in: folder.path)
    #expect(wrong.status == 2 && wrong.errors.contains("there is no revision `nowhere`"))
    #expect(try Tool.fcnc.run(["breaking", "nets", "--against", "nowhere"], in: folder.path).status == 2)
  }

  @Test func foldersAreComparedFileByFile() throws {
    let folder = try Folder()
    defer { folder.remove() }
    for (name, text) in [("old", Self.before), ("new", Self.before.replacingOccurrences(of: "@head", with: "@last"))] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)/a", withIntermediateDirectories: true)
      try text.write(toFile: "\(folder.path)/\(name)/a/n.fcn", atomically: true, encoding: .utf8)
    }
    let result = try Tool.fcnc.run(["breaking", "new", "--against", "old", "--format", "concise"], in: folder.path)
    #expect(result.status == 1 && result.output.hasPrefix("new/a/n.fcn:6:"), "\(result.output)\(result.errors)")
    // The same from inside.
    let inside = try Tool.fcnc.run(
      ["breaking", ".", "--against", "../old", "--format", "concise"], in: "\(folder.path)/new")
    #expect(inside.status == 1 && inside.output.hasPrefix("a/n.fcn:6:"), "\(inside.output)\(inside.errors)")
  }

  @Test func aNetworkThatIsGoneIsMissed() throws {
    let folder = try Folder()
    defer { folder.remove() }
    func write(_ text: String, _ path: String) throws {
      let url = URL(fileURLWithPath: "\(folder.path)/\(path)")
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    try write(Self.before, "old/a/n.fcn")
    try write(Self.before, "new/a/n.fcn")
    try write(Self.before, "old/b/gone.fcn")
    // Nobody calls a file of definitions, and what was wrong served nobody.
    try write("def unit(x) {\n  x -> relu\n}\n", "old/blocks.fcn")
    try write("network ???\n", "old/wrong.fcn")
    try write(Self.before, "old/left/out.fcn")
    try write("exclude: [left]\n", "new/fcnc.yaml")
    let result = try Tool.fcnc.run(["breaking", "new", "--against", "old", "--format", "concise"], in: folder.path)
    #expect(result.status == 1 && result.output.contains("the network `new/b/gone.fcn` is gone [breaking-interface]"))
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)\(result.errors)")
    let allowed = try Tool.fcnc.run(["breaking", "new", "--against", "old", "--allow", "interface"], in: folder.path)
    #expect(allowed.status == 0, "\(allowed.output)\(allowed.errors)")
    let one = try Tool.fcnc.run(["breaking", "new/a/n.fcn", "--against", "old/a/n.fcn"], in: folder.path)
    #expect(one.status == 0, "\(one.output)\(one.errors)")
  }
}
