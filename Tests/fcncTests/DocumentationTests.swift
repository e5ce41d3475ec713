import Foundation
import Testing

/// What the pages of the documentation say is so.
@Suite struct DocumentationTests {
  /// The networks of the page of rules are those that rules find fault with; they are tested with the rules.
  @Test(arguments: Page.all.filter { !$0.name.hasSuffix("Rules.md") })
  func everyNetworkOfAPageIsRight(page: Page) throws {
    let folder = try Folder()
    defer { folder.remove() }
    for wrong in try page.wrongNetworks(in: folder) { Issue.record("\(wrong)") }
    for block in page.blocks where block.language.isEmpty {
      Issue.record("\(page.name):\(block.line): the block does not say its language")
    }
  }

  @Test(arguments: Page.all)
  func everySessionOfAPagePrintsWhatItSays(page: Page) throws {
    let folder = try Folder()
    defer { folder.remove() }
    for wrong in try page.wrongSessions(in: folder) { Issue.record("\(wrong)") }
  }

  @Test func aWrongSessionInAPageIsFound() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let page = Page(
      name: "page.md",
      text: """
        ```console
        $ echo one; echo two >&2
        one
        two
        $ echo three
        four
        $ true
        ```
        """)
    #expect(try page.wrongSessions(in: folder) == ["page.md:2: `echo three` prints\nthree"])
  }

  @Test func aWrongNetworkInAPageIsFound() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let page = Page(
      name: "page.md",
      text: """
        ```fcn
        // blocks.fcn
        def half(x) {
          x -> maxpool(2)
        }
        ```
        ```fcn
        network right
        include "blocks.fcn" as blocks
        input x[3]
        output y = x -> blocks.half
        ```
        ```swift
        let y = x
        ```
        ```fcn
        network wrong
        input x[3]
        output y = x -> conv(8, kernel: 3)
        ```
        ```fcn
        network loose
        input x[3]
        y = x -> relu
        output z = x -> tanh
        ```
        ```fcn
        network layout
        input x[3]
        output y = x->tanh
        ```
        """)
    let wrong = try page.wrongNetworks(in: folder)
    #expect(wrong.count == 3)
    let expected = [("page.md:17", "stage-rejected"), ("page.md:22", "warning["), ("page.md:28", "x -> tanh")]
    for (found, (place, text)) in zip(wrong, expected) {
      #expect(found.hasPrefix(place) && found.contains(text), "\(found)")
    }
  }

  @Test func theCodeOfThePageIsTheCodeOfTheTest() throws {
    let page = try #require(Page.named("AddingAStage.md"))
    let blocks = page.blocks.filter { $0.language == "swift" }.map(\.text)
    let file = "\(Tool.repository)/Tests/FCNSwiftBackendTests/OwnStagesTests.swift"
    #expect(try blocks.joined(separator: "\n") == String(contentsOfFile: file, encoding: .utf8))
  }

  @Test(arguments: Page.all)
  func everyPageThatIsLinkedIsThere(page: Page) throws {
    let folder = URL(fileURLWithPath: "\(Tool.repository)/\(page.name)").deletingLastPathComponent()
    for match in page.text.matches(of: /\]\(([^)#]+)\)/) where !match.1.contains("://") {
      let path = folder.appendingPathComponent(String(match.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(page.name) links \(match.1)")
    }
  }

  @Test(arguments: Page.all)
  func everyFileThatIsNamedIsThere(page: Page) throws {
    let files = FileManager.default
    for match in page.text.matches(of: /`([A-Za-z]+)(\/[\w.+\-]+)+`/) {
      let path = String(match.0.dropFirst().dropLast())
      let roots = ["", "Sources/"].map { "\(Tool.repository)/\($0)" }
      if path.contains("NAME") { continue }
      guard roots.contains(where: { files.fileExists(atPath: $0 + match.1) }) else { continue }
      #expect(roots.contains { files.fileExists(atPath: $0 + path) }, "\(page.name) names \(path)")
    }
  }

  // MARK: Architecture

  /// The rows of the table of targets: every folder of sources has one, which lists what is imported there, and imports
  /// point down the table.
  @Test func theTableOfTargetsIsTrue() throws {
    let page = try #require(Page.named("Architecture.md"))
    let rows = page.text.matches(of: /\n\| `(\w+)` \| [^|]+ \| ?([^|]*)\|/).map { match in
      (name: String(match.1), imports: match.2.matches(of: /`(\w+)`/).map { String($0.1) })
    }
    let names = rows.map(\.name)
    let sources = URL(fileURLWithPath: Tool.repository + "/Sources")
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }
    #expect(Set(folders) == Set(names) && names.count == Set(names).count)
    for (index, row) in rows.enumerated() {
      #expect(Set(row.imports).isSubset(of: names[(index + 1)...]), "\(row.name) imports what stands above it")
      var imported: Set<String> = []
      let files = FileManager.default.enumerator(at: sources.appending(path: row.name), includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?m)^ *(?:public )?import (\w+)$/) { imported.insert(String(match.1)) }
      }
      #expect(imported.intersection(names) == Set(row.imports), "\(row.name) imports \(imported.sorted())")
    }
  }

  // MARK: Coming from PyTorch

  private func comparedWithPyTorch(_ page: String? = nil) throws -> Tool.Result? {
    guard let python = Python.torch else {
      print("skipped: the rows of ComingFromPyTorch.md, there is no python3 with torch (FCNC_PYTHON may name one)")
      return nil
    }
    return try python.run(["Tests/Scripts/pytorch_rows.py", Tool.fcnc.path] + (page.map { [$0] } ?? []))
  }

  @Test func everyRowComputesWhatPyTorchComputes() throws {
    guard let result = try comparedWithPyTorch() else { return }
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let page = try #require(Page.named("ComingFromPyTorch.md"))
    let table = try #require(page.text.ranges(of: "| PyTorch | `.fcn` |").first)
    let lines = page.text[table.upperBound...].split(separator: "\n")
    let rows = lines.count { $0.wholeMatch(of: /\| `[^`]+` \| `[^`]+` \|/) != nil }
    #expect(result.output.hasSuffix("\n\(rows) rows, 0 wrong\n") || result.output == "\(rows) rows, 0 wrong\n")
  }

  @Test func aWrongRowIsFound() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let page = folder.path + "/page.md"
    try """
    | PyTorch | `.fcn` |
    | --- | --- |
    | `nn.ReLU()` | `x -> relu` |
    | `nn.Hardtanh(-1, 2)` | `x -> clip(-1, 1)` |
    | `nn.BatchNorm2d(8, eps=1e-3)` | `x -> batchnorm(eps: 1e-5)` |
    """.write(toFile: page, atomically: true, encoding: .utf8)
    guard let result = try comparedWithPyTorch(page) else { return }
    #expect(result.status == 1, "\(result.errors)")
    #expect(!result.output.contains("`x -> relu`"), "\(result.output)")
    #expect(result.output.contains("`x -> clip(-1, 1)`: wrong: 13x9: the greatest difference is"), "\(result.output)")
    #expect(result.output.contains("`x -> batchnorm(eps: 1e-5)`: wrong: 13x9: the greatest difference is"))
    #expect(result.output.contains("the stage `conv` has no row"))
  }
}
