import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

@testable import FCNPictures

/// Pictures of networks: nothing lies on anything else, arrows lead where values go, and the text is the same each time.
@Suite struct PictureTests {
  static let networks: [String] = {
    let root = Repository.file("Networks").path
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".fcn") }.sorted()
  }()

  private func graph(_ name: String) throws -> Graph? {
    let path = Repository.file("Networks/\(name)")
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(
      SourceFile(path: path.path, bytes: Array(try Data(contentsOf: path))), report: &sink)
    let folder = path.deletingLastPathComponent()
    let elaborator = Elaborator(
      registry: Registry([StandardPlugin.self]),
      loader: { include, _ in
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(include)) else {
          return .failure(Elaborator.IncludeFailure("it is not there"))
        }
        return .success(SourceFile(path: folder.appendingPathComponent(include).path, bytes: Array(data)))
      }, settings: [:], inputSize: nil)
    return elaborator.elaborate(tree, report: &sink)
  }

  private struct Box {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  /// The rectangles of a picture that have a class.
  private func boxes(_ svg: String, _ style: String) -> [Box] {
    svg.matches(of: #/<rect class="([^"]*)"[^>]* x="([-0-9.]+)" y="([-0-9.]+)" width="([-0-9.]+)" height="([-0-9.]+)"/#)
      .filter { $0.1.split(separator: " ").contains(Substring(style)) }
      .map { match in
        let (x, y) = (Double(match.2) ?? 0, Double(match.3) ?? 0)
        return Box(left: x, top: y, right: x + (Double(match.4) ?? 0), bottom: y + (Double(match.5) ?? 0))
      }
  }

  @Test(arguments: networks)
  func boxesLieApartAndWithinThePicture(name: String) throws {
    guard let graph = try graph(name) else { return }
    let svg = GraphPicture.svg(of: graph)
    let found = boxes(svg, "body")
    let diagram = NetworkDiagram(graph)
    #expect(found.count == diagram.boxes.count)
    let size = try #require(svg.firstMatch(of: #/width="([0-9.]+)" height="([0-9.]+)"/#))
    let (width, height) = (Double(size.1) ?? 0, Double(size.2) ?? 0)
    for (index, box) in found.enumerated() {
      #expect(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height)
      for other in found[..<index] { #expect(!box.overlaps(other), "\(name): boxes lie on each other") }
    }
    #expect(svg == GraphPicture.svg(of: graph))
    for picture in [svg, VolumePicture.svg(of: graph)] {
      #expect(XMLDocumentCheck.isWellFormed(picture), "\(name)")
      #expect(!picture.contains("<script") && picture.contains("prefers-color-scheme: dark"))
    }
  }

  /// Arrows that pass layers run beside the boxes there.
  @Test(arguments: networks)
  func arrowsRunBesideBoxes(name: String) throws {
    guard let graph = try graph(name) else { return }
    let diagram = NetworkDiagram(graph, limit: 200)
    let sizes = diagram.boxes.map { _ in (width: 120.0, height: 50.0) }
    let layout = LayeredLayout(sizes: sizes, arrows: diagram.arrows)
    let boxes = layout.centers.map { Box(left: $0.x - 60, top: $0.y - 25, right: $0.x + 60, bottom: $0.y + 25) }
    for (index, path) in layout.paths.enumerated() {
      let arrow = diagram.arrows[index]
      #expect(path.first?.y == boxes[arrow.from].bottom && path.last?.y == boxes[arrow.to].top)
      for (one, next) in zip(path, path.dropFirst()) where one.x == next.x {
        let line = Box(left: one.x - 1, top: one.y + 0.5, right: one.x + 1, bottom: next.y - 0.5)
        for box in boxes { #expect(!line.overlaps(box), "\(name): an arrow runs through a box") }
      }
      // Between layers, where arrows are curved, there are no boxes.
      for (one, next) in zip(path, path.dropFirst()) where one.x != next.x {
        for box in boxes {
          #expect(box.bottom <= one.y + 0.5 || box.top >= next.y - 0.5, "\(name): a curve crosses a layer")
        }
      }
    }
  }

  /// Solids stand apart, and no two arrows below them share a line.
  @Test(arguments: networks)
  func solidsStandApart(name: String) throws {
    guard let graph = try graph(name) else { return }
    let svg = VolumePicture.svg(of: graph, limit: 200)
    let found = boxes(svg, "edge").sorted { $0.left < $1.left }
    #expect(found.count == NetworkDiagram(graph, limit: 200).boxes.count)
    for (one, next) in zip(found, found.dropFirst()) {
      // The side of a solid reaches to its right by its depth.
      #expect(one.right + (one.bottom - one.top) * 0.26 <= next.left + 0.2, "\(name): solids lie on each other")
    }
    let lines = svg.matches(of: #/class="skip" d="M([0-9.]+) [0-9.]+V([0-9.]+)q0 4 4 4H([0-9.]+)/#)
      .map { (Double($0.1) ?? 0, Double($0.2) ?? 0, Double($0.3) ?? 0) }
    for (index, line) in lines.enumerated() {
      for other in lines[..<index] where other.1 == line.1 {
        #expect(line.2 < other.0 || other.2 < line.0, "\(name): two arrows lie on each other")
      }
    }
  }

  @Test func everyValueThatFlowsIsAnArrow() throws {
    let graph = try #require(try graph("edges/edges.fcn"))
    let diagram = NetworkDiagram(graph)
    #expect(
      diagram.boxes.map(\.title) == ["image", "conv 5x5", "conv 3x3", "relu", "mul", "max", "conv", "edge"])
    #expect(diagram.boxes.map(\.lines) == [[], [], [], [], ["relu"], [], ["sigmoid"], []])
    let arrows = diagram.arrows.map { [$0.from, $0.to] }
    #expect(arrows == [[0, 1], [1, 2], [2, 3], [2, 4], [3, 5], [4, 5], [5, 6], [6, 7]])
    #expect(
      DotPicture.text(of: graph).contains("n1 [label=\"conv 5x5\\nsmooth\\n1 x H x W\"]"),
      "\(DotPicture.text(of: graph))")
    #expect(MermaidPicture.text(of: graph).contains("n0([\"image<br/>1 x H x W\"])"))
    #expect(MermaidPicture.text(of: graph).contains("n2 --> n4"))
  }

  /// Definitions become one box each where the network has more stages than a picture holds.
  @Test func largeNetworksAreDrawnByTheirDefinitions() throws {
    let graph = try #require(try graph("residual_unet/residual_unet.fcn"))
    let all = NetworkDiagram(graph, limit: 1_000)
    let few = NetworkDiagram(graph, limit: 40)
    #expect(all.boxes.count > 40 && few.boxes.count <= 40)
    #expect(few.boxes.contains { if case .group(let stages) = $0.kind { stages > 3 } else { false } })
  }
}

/// Whether a text is XML: tags are closed in their order, and no mark stands outside of one.
enum XMLDocumentCheck {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "<") {
      if rest[..<start].contains(">") { return false }
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
      rest = rest[rest.index(after: end)...]
    }
    let entities = text.matches(of: #/&(?!(amp|lt|gt|quot);)/#)
    return open.isEmpty && entities.isEmpty
  }
}
