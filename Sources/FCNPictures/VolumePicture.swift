import FCNCore

/// A network as solids from left to right: height and depth tell how large a map is, width how many channels it has, and maps
/// of a smaller size stand lower. Arrows that skip stages run in lanes of their own below the solids.
public enum VolumePicture {
  /// The most solids of a picture that fits on a page.
  public static let usualLimit = 26
  /// Pixels of the picture for a halving of the size.
  private static let step = 26.0
  private static let largest = 150.0
  private static let slant = 0.26
  private static let gap = 26.0
  private static let margin = 24.0
  private static let laneHeight = 14.0

  public static func svg(of graph: Graph, limit: Int = usualLimit) -> String {
    let diagram = NetworkDiagram(graph, limit: limit)
    let solids = place(diagram)
    let bottom = (solids.map { $0.y + $0.height }.max() ?? 0) + labelRoom
    let lanes = Lanes(diagram, solids)
    let width = (solids.map { $0.x + $0.width + $0.depth }.max() ?? 0) + margin
    let height = bottom + Double(lanes.count) * laneHeight + margin
    var text = SVGText.head(graph.name, width: width, height: height)
    for (index, arrow) in diagram.arrows.enumerated() {
      text += lanes.svg(of: index, arrow, solids, bottom: bottom)
    }
    for (index, solid) in solids.enumerated() { text += solid.svg(diagram.boxes[index]) }
    return text + "</svg>\n"
  }

  private static let labelRoom = 40.0

  /// One solid, its front face at `x`, `y`.
  fileprivate struct Solid {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var depth: Double

    var middle: Double { y + height / 2 }

    func svg(_ box: NetworkDiagram.Box) -> String {
      func n(_ value: Double) -> String { SVGText.number(value) }
      let (dx, dy) = (depth, -depth)
      let style = box.kind.className
      var text = "<g><title>\(SVGText.escaped(box.description))</title>\n"
      text +=
        "<path class=\"\(style) edge\" fill-opacity=\"0.72\" d=\"M\(n(x)) \(n(y))l\(n(dx)) \(n(dy))h\(n(width))l\(n(-dx)) \(n(-dy))z\"/>\n"
      text +=
        "<path class=\"\(style) edge\" fill-opacity=\"0.55\" d=\"M\(n(x + width)) \(n(y))l\(n(dx)) \(n(dy))v\(n(height))l\(n(-dx)) \(n(-dy))z\"/>\n"
      text +=
        "<rect class=\"\(style) edge\" fill-opacity=\"0.9\" x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\"/>\n"
      let center = n(x + width / 2)
      text +=
        "<text class=\"line\" x=\"\(center)\" y=\"\(n(y + height + 13))\" text-anchor=\"middle\">\(box.type.channels)</text>\n"
      let title = SVGText.escaped(SVGText.short(box.title, 16))
      text +=
        "<text class=\"shape\" x=\"\(center)\" y=\"\(n(y + height + 26))\" text-anchor=\"middle\">\(title)</text>\n"
      return text + "</g>\n"
    }
  }

  /// Solids in the order of the boxes, each behind those it reads; those side by side in the network stand in a row too.
  private static func place(_ diagram: NetworkDiagram) -> [Solid] {
    let shares = diagram.boxes.map { box -> Double in
      let growth = Double(box.type.height.slope) / Double(box.type.height.period)
      return growth > 0 ? growth : 1.0 / 512
    }
    let greatest = shares.max() ?? 1
    var x = margin
    return diagram.boxes.enumerated().map { index, box in
      let level = logarithm(greatest / shares[index])
      let height = max(18, largest - level * step)
      let width = max(8, 6 + 6 * logarithm(Double(max(1, box.type.channels))))
      let depth = height * slant
      let label = max(SVGText.width(SVGText.short(box.title, 16), size: 10.5), 20)
      // The label under a thin solid needs room too.
      let room = max(width, label)
      let solid = Solid(
        x: x + (room - width) / 2, y: margin + largest * slant + (largest - height) / 2 + level * 10, width: width,
        height: height, depth: depth)
      x += max(room + gap, (room + width) / 2 + depth + 8)
      return solid
    }
  }

  /// The logarithm to the base 2, in steps of a quarter, by halving: the same on every machine.
  private static func logarithm(_ value: Double) -> Double {
    var (rest, result) = (max(value, 1), 0.0)
    while rest >= 2 {
      rest /= 2
      result += 1
    }
    for (limit, share) in [(1.681_79, 0.75), (1.414_21, 0.5), (1.189_2, 0.25)] where rest >= limit {
      return result + share
    }
    return result
  }
}

/// Lanes below the solids for arrows that skip some: the shorter ones nearer, none on another.
private struct Lanes {
  /// The lane of each arrow; nil for an arrow to the next solid.
  private var lanes: [Int?]
  private(set) var count = 0

  init(_ diagram: NetworkDiagram, _ solids: [VolumePicture.Solid]) {
    lanes = diagram.arrows.map { _ in nil }
    let skips = diagram.arrows.indices.filter { diagram.arrows[$0].to - diagram.arrows[$0].from > 1 }
    var used: [[ClosedRange<Int>]] = []
    let sorted = skips.sorted { a, b in
      let (left, right) = (diagram.arrows[a], diagram.arrows[b])
      return (left.to - left.from, left.from, a) < (right.to - right.from, right.from, b)
    }
    for index in sorted {
      let range = diagram.arrows[index].from...diagram.arrows[index].to
      let lane = used.firstIndex { taken in taken.allSatisfy { !$0.overlaps(range) } } ?? used.count
      if lane == used.count { used.append([]) }
      used[lane].append(range)
      lanes[index] = lane
    }
    count = used.count
  }

  func svg(of index: Int, _ arrow: NetworkDiagram.Arrow, _ solids: [VolumePicture.Solid], bottom: Double) -> String {
    func n(_ value: Double) -> String { SVGText.number(value) }
    let (from, to) = (solids[arrow.from], solids[arrow.to])
    guard let lane = lanes[index] else {
      let (startX, endX) = (from.x + from.width + from.depth * 0.5, to.x)
      let (startY, endY) = (from.middle - from.depth * 0.5, to.middle)
      return """
        <path class="arrow" d="M\(n(startX)) \(n(startY))L\(n(endX - 6)) \(n(endY))"/>
        <path class="head" d="M\(n(endX)) \(n(endY))l-7 -4v8z"/>

        """
    }
    let y = bottom + Double(lane) * 14 + 8
    // Arrows leave at the right and arrive at the left of a solid's foot, so that two do not lie on each other.
    let (startX, endX) = (from.x + from.width * 0.75, to.x + to.width * 0.25)
    let endY = to.y + to.height + 32
    return """
      <path class="skip" d="M\(n(startX)) \(n(from.y + from.height + 30))V\(n(y - 4))q0 4 4 4H\(n(endX - 4))q4 0 4 -4V\(n(endY + 6))"/>
      <path class="skiphead" d="M\(n(endX)) \(n(endY - 1))l-4 7h8z"/>

      """
  }
}
