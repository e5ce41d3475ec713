import FCNCore

/// A network as boxes with text, from top to bottom: which stages, in which order, with which sizes.
public enum GraphPicture {
  private static let titleSize = 12.0
  private static let lineSize = 11.0
  private static let titleHeight = 20.0
  private static let lineHeight = 15.0
  private static let letters = 30

  public static func svg(of graph: Graph, limit: Int = NetworkDiagram.usualLimit) -> String {
    let diagram = NetworkDiagram(graph, limit: limit)
    let boxes = diagram.boxes.map(BoxText.init)
    let layout = LayeredLayout(sizes: boxes.map { ($0.width, $0.height) }, arrows: diagram.arrows)
    var text = SVGText.head(graph.name, width: layout.width, height: layout.height)
    for path in layout.paths { text += arrow(path) }
    for (index, box) in boxes.enumerated() {
      text += box.svg(at: layout.centers[index], diagram.boxes[index])
    }
    return text + "</svg>\n"
  }

  /// A line through points, curved between layers, with a head at its end.
  private static func arrow(_ points: [LayeredLayout.Point]) -> String {
    guard let first = points.first, let last = points.last else { return "" }
    var path = "M\(point(first))"
    var previous = first
    for next in points.dropFirst() {
      if previous.x == next.x {
        path += "L\(point(next))"
      } else {
        let middle = (previous.y + next.y) / 2
        path += "C\(SVGText.number(previous.x)) \(SVGText.number(middle)) "
        path += "\(SVGText.number(next.x)) \(SVGText.number(middle)) \(point(next))"
      }
      previous = next
    }
    let isSkip = points.count > 2
    let (x, y) = (SVGText.number(last.x), last.y)
    return """
      <path class="\(isSkip ? "skip" : "arrow")" d="\(path)"/>
      <path class="\(isSkip ? "skiphead" : "head")" d="M\(x) \(SVGText.number(y))l-4 -7h8z"/>

      """
  }

  private static func point(_ point: LayeredLayout.Point) -> String {
    "\(SVGText.number(point.x)) \(SVGText.number(point.y))"
  }

  /// The texts of a box and how much room they take.
  private struct BoxText {
    var title: String
    var lines: [(text: String, style: String)] = []

    init(_ box: NetworkDiagram.Box) {
      title = SVGText.short(box.title, letters)
      lines += box.lines.map { (SVGText.short($0, letters), "line") }
      if case .group(let stages) = box.kind { lines.append(("\(stages) stages", "line")) }
      if let name = box.name { lines.append((SVGText.short(name, letters), "name")) }
      lines.append((SVGText.short(box.shape, 44), "shape"))
    }

    var width: Double {
      let widest = lines.map { SVGText.width($0.text, size: lineSize) }.max() ?? 0
      return max(84, max(widest, SVGText.width(title, size: titleSize) * 1.06) + 20).rounded()
    }

    var height: Double { titleHeight + Double(lines.count) * lineHeight + 6 }

    func svg(at center: LayeredLayout.Point, _ box: NetworkDiagram.Box) -> String {
      let (left, top) = (center.x - width / 2, center.y - height / 2)
      func n(_ value: Double) -> String { SVGText.number(value) }
      var text = "<g><title>\(SVGText.escaped(box.description))</title>\n"
      text +=
        "<rect class=\"body\" x=\"\(n(left))\" y=\"\(n(top))\" width=\"\(n(width))\" height=\"\(n(height))\" rx=\"5\"/>\n"
      text +=
        "<path class=\"\(box.kind.className)\" d=\"M\(n(left)) \(n(top + titleHeight))v\(n(5 - titleHeight))a5 5 0 0 1 5 -5"
      text += "h\(n(width - 10))a5 5 0 0 1 5 5v\(n(titleHeight - 5))z\"/>\n"
      text +=
        "<text class=\"title\" x=\"\(n(center.x))\" y=\"\(n(top + 14))\" text-anchor=\"middle\">\(SVGText.escaped(title))</text>\n"
      for (index, line) in lines.enumerated() {
        let y = top + titleHeight + Double(index) * lineHeight + 14
        text += "<text class=\"\(line.style)\" x=\"\(n(center.x))\" y=\"\(n(y))\" text-anchor=\"middle\">"
        text += "\(SVGText.escaped(line.text))</text>\n"
      }
      return text + "</g>\n"
    }
  }
}
