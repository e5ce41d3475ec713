import Foundation
import Testing

/// What hooks of pre-commit and workflows start.
@Suite struct ReleaseTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// An archive as a release has, with a script in the place of the compiler, and its checksum.
  private func archive(of name: String = "fcnc") throws -> (path: String, sum: String) {
    let program = "\(folder.path)/\(name)"
    try "#!/bin/sh\necho \"started with $# $*\"\nexit 1\n".write(toFile: program, atomically: true, encoding: .utf8)
    let made = try Tool(path: "/bin/sh").run(
      ["-c", "chmod +x \(name) && tar -czf \(name).tar.gz \(name) && sha256sum \(name).tar.gz"], in: folder.path)
    return ("\(folder.path)/\(name).tar.gz", String(made.output.prefix(64)))
  }

  private func start(_ arguments: [String], entry: String = "Tests/Scripts/run_release.sh") throws -> Tool.Result {
    try Tool(path: "/bin/sh").run(
      ["-c", "\(Tool.repository)/\(entry) \"$@\"", "sh"] + arguments,
      environment: ["XDG_CACHE_HOME": "\(folder.path)/cache"],
      in: folder.path)
  }

  @Test func aReleaseIsTakenByItsChecksum() throws {
    defer { folder.remove() }
    let (path, sum) = try archive()
    let first = try start(["lint", "--release=\(path)", "--sha256=\(sum)", "a b.fcn"])
    #expect(first.status == 1 && first.output == "started with 2 lint a b.fcn\n", "\(first.output)\(first.errors)")
    // The second time nothing is fetched.
    try FileManager.default.removeItem(atPath: path)
    #expect(try start(["--release=\(path)", "--sha256=\(sum)", "fmt"]).output == "started with 1 fmt\n")
    let kept = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache/fcnc/releases")
    #expect(kept == [sum])
  }

  @Test func whatIsNotTheReleaseIsNotStarted() throws {
    defer { folder.remove() }
    let (path, sum) = try archive()
    let other = String(repeating: "0", count: 64)
    for (arguments, message) in [
      (["--release=\(path)", "--sha256=\(other)"], "has the checksum \(sum), not \(other)"),
      (["--release=\(folder.path)/gone.tar.gz", "--sha256=\(other)"], "cannot be read"),
      (["--release=file://\(folder.path)/gone.tar.gz", "--sha256=\(other)"], "cannot be fetched"),
      (["--sha256=\(sum)"], "no release is named"),
      (["--release=\(path)"], "the checksum of the release is missing"),
      (["--release=\(path)", "--sha256=1"], "the checksum of the release is missing"),
    ] {
      let result = try start(arguments + ["lint"])
      #expect(result.status == 2 && result.output.isEmpty, "\(result.output)")
      #expect(result.errors.contains(message) && result.errors.contains("= help: "), "\(result.errors)")
    }
    let (empty, emptySum) = try archive(of: "other")
    let result = try start(["--release=\(empty)", "--sha256=\(emptySum)", "lint"])
    #expect(result.status == 2 && result.errors.contains("holds no fcnc"), "\(result.errors)")
    let kept = try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache/fcnc/releases")
    #expect(kept ?? [] == [])
  }

  /// Every hook of the repository does what it says, on a file with a finding.
  @Test func theHooksStart() throws {
    defer { folder.remove() }
    let (path, sum) = try archive()
    try "network n\ninput photo[3] = picture -> rgb\nunused = photo -> relu\noutput y: raw = photo\n".write(
      toFile: "\(folder.path)/n.fcn", atomically: true, encoding: .utf8)
    let hooks = try String(contentsOfFile: "\(Tool.repository)/.pre-commit-hooks.yaml", encoding: .utf8)
    let entries = hooks.split(separator: "\n").compactMap { line in
      line.hasPrefix("  entry: ") ? String(line.dropFirst("  entry: ".count)) : nil
    }
    #expect(entries.count == 5)
    for entry in entries {
      if entry.hasPrefix("Tests/") {
        let result = try start(["--release=\(path)", "--sha256=\(sum)", "n.fcn"], entry: entry)
        let command = entry.split(separator: " ").dropFirst().joined(separator: " ")
        #expect(result.output.hasSuffix(" \(command) n.fcn\n"), "\(result.output)\(result.errors)")
      } else {
        let arguments = entry.split(separator: " ").map(String.init)
        #expect(arguments.first == "fcnc")
        let result = try Tool.fcnc.run(arguments.dropFirst() + ["n.fcn"], in: folder.path)
        #expect(result.status == (arguments.contains("lint") ? 1 : 0), "\(entry): \(result.output)\(result.errors)")
      }
    }
  }
}
