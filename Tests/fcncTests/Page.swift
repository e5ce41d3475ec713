import Foundation
import Testing

/// A page of the documentation and the blocks of code in it.
struct Page: CustomTestStringConvertible, Sendable {
  struct Block: Sendable {
    /// What stands behind the opening fence: the language, and arguments that `fcnc check` needs for it.
    var language: String
    var arguments: [String] = []
    /// The line of the page on which the block's text begins, from 1.
    var line: Int
    var text: String
  }

  var name: String
  var text: String

  var testDescription: String { name }

  /// The README and every page beside the sources.
  static let all: [Page] = {
    let folder = "Sources/fcnc/Documentation"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(Tool.repository)/\(folder)")) ?? []
    let paths = ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    return paths.compactMap { path in
      (try? String(contentsOfFile: "\(Tool.repository)/\(path)", encoding: .utf8)).map { Page(name: path, text: $0) }
    }
  }()

  static func named(_ name: String) -> Page? { all.first { $0.name.hasSuffix("/\(name)") } }

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: Block?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if var block = open {
        if line == "```" {
          blocks.append(block)
          open = nil
        } else {
          block.text += line + "\n"
          open = block
        }
      } else if line.hasPrefix("```") {
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        open = Block(
          language: words.first ?? "", arguments: Array(words.dropFirst()), line: index + 2, text: "")
      }
    }
    return blocks
  }

  /// Writes every block marked `fcn` or `yaml` to a file: one whose first line is a comment with a file's name has that
  /// name.
  @discardableResult
  func writeNetworks(in folder: Folder) throws -> [(file: String, block: Block)] {
    let forms = ["fcn": (comment: "// ", end: ".fcn"), "yaml": (comment: "# ", end: ".fcn.yaml")]
    return try blocks.compactMap { block in
      guard let form = forms[block.language] else { return nil }
      let first = block.text.prefix { $0 != "\n" }
      let name = first.dropFirst(form.comment.count)
      let isNamed = first.hasPrefix(form.comment) && first.hasSuffix(form.end) && !name.contains(" ")
      let file = isNamed ? String(name) : "line\(block.line)\(form.end)"
      try block.text.write(toFile: "\(folder.path)/\(file)", atomically: true, encoding: .utf8)
      return (file, block)
    }
  }

  /// What is wrong with the networks of the page: every one has to be without errors and warnings, and in the canonical
  /// layout. They can include each other by their names.
  func wrongNetworks(in folder: Folder) throws -> [String] {
    var wrong: [String] = []
    for (file, block) in try writeNetworks(in: folder) {
      let place = "\(name):\(block.line): "
      let linted = try Tool.fcnc.run(["lint", "--fail-on", "warning", file] + block.arguments, in: folder.path)
      let checked = try Tool.fcnc.run(["check", file] + block.arguments, in: folder.path)
      if linted.status != 0 {
        wrong.append(place + linted.output + linted.errors)
      } else if checked.status != 0 {
        wrong.append(place + checked.output + checked.errors)
      } else {
        let layout = try Tool.fcnc.run(["fmt", "--check", file], in: folder.path)
        guard layout.status != 0 else { continue }
        try Tool.fcnc.run(["fmt", file], in: folder.path)
        let canonical = try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
        wrong.append(place + "the canonical layout is\n" + canonical)
      }
    }
    return wrong
  }
}
