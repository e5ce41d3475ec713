import Foundation
import Testing

/// `fcnc graph`: every form, and the page in a browser.
@Suite struct GraphTests {
  private static let unet = "Networks/unet/unet.fcn"

  @Test func theFormFollowsTheNameOfTheFile() throws {
    let folder = try Folder()
    defer { folder.remove() }
    for (name, beginning) in [
      ("u.svg", "<svg xmlns="), ("u.dot", "digraph \"unet\" {"), ("u.mmd", "flowchart TD\n"),
      ("u.html", "<!DOCTYPE html>"),
    ] {
      let result = try Tool.fcnc.run(["graph", Self.unet, "-o", "\(folder.path)/\(name)"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8).hasPrefix(beginning))
    }
    #expect(try Tool.fcnc.run(["graph", Self.unet]).output.hasPrefix("<svg "))
    #expect(try Tool.fcnc.run(["graph", Self.unet, "--format", "mermaid"]).output.contains("conv 3x3"))
    let unknown = try Tool.fcnc.run(["graph", Self.unet, "-o", "\(folder.path)/u.xyz"])
    #expect(unknown.status == 2 && unknown.errors.contains("is not known"))
    #expect(try Tool.fcnc.run(["graph", Self.unet, "--boxes", "0"]).status == 2)
    #expect(try Tool.fcnc.run(["graph", Self.unet, "-o", "Networks/unet/unet.fcn", "--format", "svg"]).status == 2)
  }

  /// Graphviz takes what is written for it.
  @Test func graphvizReadsIt() throws {
    guard let dot = ["/usr/bin/dot", "/usr/local/bin/dot"].first(where: FileManager.default.isExecutableFile) else {
      return print("skipped: no Graphviz")
    }
    let text = try Tool.fcnc.run(["graph", Self.unet, "--format", "dot"]).output
    let drawn = try Tool(path: dot).run(["-Tsvg"], input: text)
    #expect(drawn.status == 0 && drawn.output.contains("</svg>"), "\(drawn.errors)")
  }

  /// A browser shows the page, which asks for nothing from elsewhere.
  @Test func thePageStandsByItself() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let page = "\(folder.path)/unet.html"
    #expect(try Tool.fcnc.run(["graph", Self.unet, "-o", page, "--size", "572x572"]).status == 0)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    let links = text.matches(of: #/(src|href)="|url\(|@import|<script/#)
    #expect(links.isEmpty)
    guard
      let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first(where: FileManager.default.isExecutableFile)
    else { return print("skipped: no Chromium") }
    let shown = try Tool(path: browser).run([
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile", "--dump-dom",
      "file://\(page)",
    ])
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.output.components(separatedBy: "<svg").count == 3)
    #expect(shown.output.contains("<td>572 x 572</td>") && shown.output.contains("fully convolutional"))
    // Every value of the network has its row.
    #expect(shown.output.components(separatedBy: "<tr>").count > 25)
  }
}
