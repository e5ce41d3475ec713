import Foundation

extension Page {
  /// What is wrong with the sessions of the page: in every block marked `console`, a line that begins with `$ ` is given
  /// to a shell, and what follows is what it prints. The networks of the page, a photograph, checkpoints of PyTorch and the
  /// files that Fixtures/pages has for the page lie in the folder.
  func wrongSessions(in folder: Folder) throws -> [String] {
    try writeNetworks(in: folder)
    try FileManager.default.copyItem(
      atPath: "\(Tool.repository)/Networks/edges/example.png", toPath: "\(folder.path)/example.png")
    for name in ["tiny_average.pt", "tiny_training.pth", "model.pth"] {
      try Samples.checkpoint(name).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
    }
    let page = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
    let files = "\(Tool.repository)/Tests/fcncTests/Fixtures/pages/\(page)"
    for file in (try? FileManager.default.contentsOfDirectory(atPath: files)) ?? [] {
      try FileManager.default.copyItem(atPath: "\(files)/\(file)", toPath: "\(folder.path)/\(file)")
    }
    let tools = URL(fileURLWithPath: Tool.fcnc.path).deletingLastPathComponent().path
    let path = "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    var wrong: [String] = []
    for block in blocks where block.language == "console" {
      for step in block.text.split(separator: "\n$ ").map({ $0.trimmingPrefix("$ ") }) {
        let lines = step.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let result = try Tool(path: "/bin/sh").run(
          ["-c", "{ \(lines[0])\n} 2>&1"], environment: ["PATH": path], in: folder.path)
        let printed = result.output.trimmingSuffix(while: \.isNewline)
        let expected = lines.count > 1 ? lines[1].trimmingSuffix(while: \.isNewline) : ""
        if printed != expected { wrong.append("\(name):\(block.line): `\(lines[0])` prints\n\(printed)") }
      }
    }
    return wrong
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    guard let last = lastIndex(where: { !predicate($0) }) else { return "" }
    return String(self[...last])
  }
}
