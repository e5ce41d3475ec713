import Foundation
import Testing

/// What the pages of the documentation say is so.
@Suite struct DocumentationTests {
  @Test(arguments: Page.all)
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

  @Test(arguments: Page.all)
  func everyPageThatIsLinkedIsThere(page: Page) throws {
    let folder = URL(fileURLWithPath: "\(Tool.repository)/\(page.name)").deletingLastPathComponent()
    for match in page.text.matches(of: /\]\(([^)#]+)\)/) where !match.1.contains("://") {
      // Written together with the YAML front end.
      if match.1.hasSuffix("YAML.md") { continue }
      let path = folder.appendingPathComponent(String(match.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(page.name) links \(match.1)")
    }
  }

  // MARK: Coming from PyTorch

  /// A Python that has what the script needs: `FCNC_PYTHON`, or `python3`.
  private static let python: Tool? = {
    let named = ProcessInfo.processInfo.environment["FCNC_PYTHON"]
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for path in named.map({ [$0] }) ?? folders.map({ "\($0)/python3" }) {
      let tool = Tool(path: path)
      guard let result = try? tool.run(["-c", "import numpy, torch, safetensors.torch"]) else { continue }
      if result.status == 0 { return tool }
    }
    return nil
  }()

  private func comparedWithPyTorch(_ page: String? = nil) throws -> Tool.Result? {
    guard let python = Self.python else {
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
    let rows = page.text[table.upperBound...].split(separator: "\n").count { $0.wholeMatch(of: /\| `[^`]+` \| `[^`]+` \|/) != nil }
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
