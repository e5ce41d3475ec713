import FCNTestSupport
import Foundation
import Testing

@testable import FCNCommands

/// Differences of texts, applied again by `patch`.
@Suite struct UnifiedDiffTests {
  @Test func patchMakesTheNewTextOfTheOld() throws {
    let patch = Tool(path: "/usr/bin/patch")
    guard FileManager.default.isExecutableFile(atPath: patch.path) else { return print("skipped: no patch") }
    let folder = try Folder()
    defer { folder.remove() }
    var generator = SeededGenerator(seed: 21)
    for round in 0..<60 {
      var lines = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        "line \(Int.random(in: 0...9, using: &generator))"
      }
      let old = lines.joined(separator: "\n") + (lines.isEmpty || Bool.random(using: &generator) ? "" : "\n")
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0...lines.count, using: &generator)
        if place < lines.count, Bool.random(using: &generator) {
          lines.remove(at: place)
        } else {
          lines.insert("new \(Int.random(in: 0...9, using: &generator))", at: place)
        }
      }
      let new = lines.joined(separator: "\n") + (lines.isEmpty || Bool.random(using: &generator) ? "" : "\n")
      let difference = UnifiedDiff.text(from: old, to: new, path: "text")
      #expect((old == new) == difference.isEmpty)
      guard old != new else { continue }
      try old.write(toFile: "\(folder.path)/text", atomically: true, encoding: .utf8)
      let result = try patch.run(["-s", "-p0", "--no-backup-if-mismatch", "text"], input: difference, in: folder.path)
      let patched = (try? String(contentsOfFile: "\(folder.path)/text", encoding: .utf8)) ?? ""
      #expect(result.status == 0 && patched == new, "round \(round):\n\(difference)\(result.output)\(result.errors)")
    }
  }
}
