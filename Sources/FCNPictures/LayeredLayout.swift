/// Places boxes in layers from top to bottom, so that arrows point down and cross little, and no box lies on another or on an
/// arrow: the method of Sugiyama, Tagawa and Toda 1981, with arrows over several layers as rows of places that keep them
/// free.
struct LayeredLayout {
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// A box, or the place of an arrow in a layer that it passes.
  private struct Vertex {
    var box: Int?
    var layer: Int
    var width: Double
    var x = 0.0
  }

  /// The middle of each box.
  private(set) var centers: [Point]
  /// Of each arrow the points that it goes through, from the bottom of one box to the top of another.
  private(set) var paths: [[Point]]
  private(set) var width = 0.0
  private(set) var height = 0.0

  private static let gap = 28.0
  private static let layerGap = 44.0
  /// The room that a passing arrow gets.
  private static let passage = 14.0
  private static let margin = 16.0

  /// - Parameters:
  ///   - sizes: width and height of each box, in an order in which arrows point to later ones.
  init(sizes: [(width: Double, height: Double)], arrows: [NetworkDiagram.Arrow]) {
    centers = sizes.map { _ in Point(x: 0, y: 0) }
    paths = []
    var layers = [Int](repeating: 0, count: sizes.count)
    for arrow in arrows.sorted(by: { ($0.to, $0.from) < ($1.to, $1.from) }) {
      layers[arrow.to] = max(layers[arrow.to], layers[arrow.from] + 1)
    }
    // An input stands right above its first reader, not at the top of the picture.
    for box in sizes.indices where !arrows.contains(where: { $0.to == box }) {
      let readers = arrows.filter { $0.from == box }.map { layers[$0.to] }
      if let first = readers.min() { layers[box] = max(0, first - 1) }
    }
    var vertices = sizes.indices.map { Vertex(box: $0, layer: layers[$0], width: sizes[$0].width) }
    var chains: [[Int]] = []
    var neighbours: [(above: Int, below: Int)] = []
    for arrow in arrows {
      var chain = [arrow.from]
      for layer in (layers[arrow.from] + 1)..<max(layers[arrow.from] + 1, layers[arrow.to]) {
        vertices.append(Vertex(box: nil, layer: layer, width: Self.passage))
        chain.append(vertices.count - 1)
      }
      chain.append(arrow.to)
      chains.append(chain)
      for (above, below) in zip(chain, chain.dropFirst()) { neighbours.append((above, below)) }
    }
    var above = [[Int]](repeating: [], count: vertices.count)
    var below = above
    for pair in neighbours {
      above[pair.below].append(pair.above)
      below[pair.above].append(pair.below)
    }
    var order = [[Int]](repeating: [], count: (vertices.map(\.layer).max() ?? 0) + 1)
    for index in vertices.indices { order[vertices[index].layer].append(index) }
    Self.arrange(&order, above, below)
    Self.place(&vertices, order, above, below)
    finish(vertices, order, sizes, chains)
  }

  // MARK: Order

  /// Puts each layer in the order of what its members are connected with, downwards and upwards in turn, and keeps the order
  /// with the fewest crossings.
  private static func arrange(_ order: inout [[Int]], _ above: [[Int]], _ below: [[Int]]) {
    var best = order
    var fewest = crossings(order, below)
    for round in 0..<24 where fewest > 0 {
      let isDown = round.isMultiple(of: 2)
      let layers = isDown ? Array(order.indices.dropFirst()) : Array(order.indices.dropLast().reversed())
      for layer in layers {
        let fixed = order[isDown ? layer - 1 : layer + 1]
        let positions = Dictionary(uniqueKeysWithValues: fixed.enumerated().map { ($1, Double($0)) })
        let wishes = order[layer].enumerated().map { index, vertex -> (wish: Double, index: Int, vertex: Int) in
          let others = (isDown ? above : below)[vertex].compactMap { positions[$0] }
          let mean = others.isEmpty ? Double(index) : others.reduce(0, +) / Double(others.count)
          return (mean, index, vertex)
        }
        order[layer] = wishes.sorted { ($0.wish, $0.index) < ($1.wish, $1.index) }.map(\.vertex)
      }
      let count = crossings(order, below)
      if count < fewest { (best, fewest) = (order, count) }
    }
    order = best
  }

  private static func crossings(_ order: [[Int]], _ below: [[Int]]) -> Int {
    var count = 0
    for (layer, next) in zip(order, order.dropFirst()) {
      let positions = Dictionary(uniqueKeysWithValues: next.enumerated().map { ($1, $0) })
      let ends = layer.flatMap { vertex in below[vertex].compactMap { positions[$0] }.sorted() }
      for index in ends.indices {
        for other in ends[..<index] where other > ends[index] { count += 1 }
      }
    }
    return count
  }

  // MARK: Places

  /// Moves the members of each layer towards what they are connected with, as far as their neighbours leave room.
  private static func place(_ vertices: inout [Vertex], _ order: [[Int]], _ above: [[Int]], _ below: [[Int]]) {
    for layer in order {
      var x = 0.0
      for vertex in layer {
        vertices[vertex].x = x + vertices[vertex].width / 2
        x += vertices[vertex].width + gap
      }
      for vertex in layer { vertices[vertex].x -= (x - gap) / 2 }
    }
    for round in 0..<60 {
      let layers = round.isMultiple(of: 2) ? Array(order.indices) : Array(order.indices.reversed())
      for layer in layers {
        let members = order[layer]
        let wishes = members.map { vertex -> (wish: Double, weight: Double) in
          var sum = 0.0
          var weight = 0.0
          for other in above[vertex] + below[vertex] {
            let pull = pull(vertices[vertex].box == nil, vertices[other].box == nil)
            sum += pull * vertices[other].x
            weight += pull
          }
          return weight == 0 ? (vertices[vertex].x, 0.1) : (sum / weight, weight)
        }
        for (vertex, x) in zip(members, spread(members.map { vertices[$0].width }, wishes)) { vertices[vertex].x = x }
      }
    }
  }

  /// How much two ends of an arrow in neighbouring layers want to stand above each other: those that pass layers most, so
  /// that they are straight, and boxes more than boxes and what passes them, so that chains are.
  private static func pull(_ isPassage: Bool, _ isOther: Bool) -> Double {
    switch (isPassage, isOther) {
    case (true, true): 8
    case (false, false): 2
    default: 0.2
    }
  }

  /// The places nearest to the wishes at which nothing overlaps, in the order given: blocks that push each other are moved
  /// as one (pool adjacent violators).
  private static func spread(_ widths: [Double], _ wishes: [(wish: Double, weight: Double)]) -> [Double] {
    var offsets: [Double] = []
    var offset = 0.0
    for index in widths.indices {
      if index > 0 { offset += (widths[index - 1] + widths[index]) / 2 + gap }
      offsets.append(offset)
    }
    var blocks: [(sum: Double, weight: Double, count: Int)] = []
    for index in widths.indices {
      blocks.append(((wishes[index].wish - offsets[index]) * wishes[index].weight, wishes[index].weight, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard last.sum / last.weight < before.sum / before.weight else { break }
        blocks.removeLast(2)
        blocks.append((last.sum + before.sum, last.weight + before.weight, last.count + before.count))
      }
    }
    var result: [Double] = []
    for block in blocks {
      for _ in 0..<block.count { result.append(block.sum / block.weight + offsets[result.count]) }
    }
    return result
  }

  // MARK: Result

  private mutating func finish(
    _ vertices: [Vertex], _ order: [[Int]], _ sizes: [(width: Double, height: Double)], _ chains: [[Int]]
  ) {
    let left = vertices.map { $0.x - $0.width / 2 }.min() ?? 0
    let right = vertices.map { $0.x + $0.width / 2 }.max() ?? 0
    var tops: [Double] = []
    var heights: [Double] = []
    var y = Self.margin
    for layer in order {
      let height = layer.compactMap { vertices[$0].box.map { sizes[$0].height } }.max() ?? 0
      tops.append(y)
      heights.append(height)
      y += height + Self.layerGap
    }
    width = right - left + 2 * Self.margin
    height = y - Self.layerGap + Self.margin
    func x(_ vertex: Int) -> Double { vertices[vertex].x - left + Self.margin }
    for index in sizes.indices {
      let layer = vertices[index].layer
      centers[index] = Point(x: x(index), y: tops[layer] + heights[layer] / 2)
    }
    paths = chains.map { chain in
      var points: [Point] = []
      for (position, vertex) in chain.enumerated() {
        let layer = vertices[vertex].layer
        if position == 0 {
          points.append(Point(x: x(vertex), y: centers[chain[0]].y + sizes[chain[0]].height / 2))
        } else if position == chain.count - 1 {
          points.append(Point(x: x(vertex), y: centers[vertex].y - sizes[vertex].height / 2))
        } else {
          points.append(Point(x: x(vertex), y: tops[layer]))
          points.append(Point(x: x(vertex), y: tops[layer] + heights[layer]))
        }
      }
      return points
    }
  }
}
