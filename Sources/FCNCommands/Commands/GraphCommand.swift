import ArgumentParser
import FCNCore
import FCNDriver
import FCNPictures
import FCNStandard
import Foundation

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw a network.",
    discussion: """
      Without `-o` the picture goes to standard output. The form follows the end of the file's name: `.svg`, `.dot` \
      (Graphviz), `.mmd` (Mermaid, which GitHub draws in Markdown) or `.html` (a page with pictures, sizes and costs). Of a \
      network with many stages, uses of definitions are drawn as one box each; `--boxes 1000` draws every stage.

      EXAMPLES:
        fcnc graph unet.fcn -o unet.svg
        fcnc graph unet.fcn --style volumes -o unet.svg
        fcnc graph unet.fcn --format mermaid
        fcnc graph unet.fcn -o unet.html --size 512x512
      """)

  @OptionGroup var source: NetworkOptions

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String?

  @Option(help: "The form: svg, dot, mermaid or html; that of the file's name if nothing is said.")
  var format: Form?

  @Option(help: "How an SVG shows it: graph (boxes with text) or volumes (solids as large as the maps).")
  var style: Style = .graph

  @Option(
    help:
      "The most boxes; definitions become one box each until there are no more. \(NetworkDiagram.usualLimit), of solids \(VolumePicture.usualLimit), if nothing is said."
  )
  var boxes: Int?

  @OptionGroup var sizes: SizesOption

  @OptionGroup var target: TargetOption

  enum Form: String, ExpressibleByArgument, CaseIterable { case svg, dot, mermaid, html }
  enum Style: String, ExpressibleByArgument, CaseIterable { case graph, volumes }

  func validate() throws {
    if let boxes, boxes < 1 { throw ValidationError("`--boxes` is at least 1") }
  }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let form = try resolvedForm()
    let graph = try source.load(session).graph
    let (most, mostSolids) = (boxes ?? NetworkDiagram.usualLimit, boxes ?? VolumePicture.usualLimit)
    if form == .svg || form == .html, !NetworkDiagram(graph, limit: max(most, mostSolids)).isDrawable {
      throw Session.Failure(
        "the network has too many stages to be drawn",
        help: "put stages into definitions, which are drawn as one box each, or use `--format dot`")
    }
    let text: String
    switch form {
    case .svg:
      text =
        style == .graph ? GraphPicture.svg(of: graph, limit: most) : VolumePicture.svg(of: graph, limit: mostSolids)
    case .dot: text = DotPicture.text(of: graph, limit: most)
    case .mermaid: text = MermaidPicture.text(of: graph, limit: most)
    case .html:
      let cost = NetworkCost(graph, target: try target.resolved()) { Optimizer.optimize($0).graph }
      let explanation = Explanation(
        graph, file: source.network == "-" ? "<stdin>" : source.network, cost: cost, sizes: try sizes.value(for: graph))
      text = NetworkPage.html(
        explanation,
        pictures: [VolumePicture.svg(of: graph, limit: mostSolids), GraphPicture.svg(of: graph, limit: most)])
    }
    if let output {
      try OutputFile.check(output, isNoneOf: [source.network])
      try OutputFile.write(text, to: output)
    } else {
      Swift.print(text, terminator: "")
    }
  }

  private func resolvedForm() throws -> Form {
    if let format { return format }
    guard let output else { return .svg }
    let ends: [(String, Form)] = [(".svg", .svg), (".dot", .dot), (".gv", .dot), (".mmd", .mermaid), (".html", .html)]
    if let found = ends.first(where: { output.hasSuffix($0.0) }) { return found.1 }
    throw Session.Failure(
      "the form of `\(output)` is not known", help: "name it `.svg`, `.dot`, `.mmd` or `.html`, or give `--format`")
  }
}
