/// The connected regions of a map of classes.
///
/// Regions are numbered from 1 in reading order of their first pixel. A hole is a region of background, connected the
/// other way than the regions are (Rosenfeld 1970), that does not touch the edge of the map and borders on one region
/// only. Growing goes ring by ring over the pixels of a second map; where two regions come at once, the one of the lower
/// number takes the pixel.
struct Components {
  let height: Int
  let width: Int
  /// The number of the region of every pixel, row by row; 0 where there is none.
  let numbers: Memory<Int32>
  /// In the order of their numbers.
  private(set) var regions: [MapRegion] = []

  /// - Parameters:
  ///   - map: one channel of classes; anything that is no class counts as background.
  ///   - mask: where regions may grow: wherever it is not 0.
  /// - Throws: where memory is short.
  init(
    _ map: PlanarArray, _ rule: ComponentRule, ignored: Int? = nil, mask: PlanarArray? = nil, score: PlanarArray? = nil
  ) throws(RuntimeFailure) {
    height = map.height
    width = map.width
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    guard !overflow, pixels < Int(Int32.max) else {
      throw RuntimeFailure("a map of \(height)x\(width) positions is too big to look for regions")
    }
    numbers = try Memory(count: pixels)
    let classes = try Memory<Int32>(count: pixels)
    for row in 0..<height {
      let line = map.row(row, channel: 0)
      for column in 0..<width {
        let value = line[column]
        let label = value > 0 && value < 65_536 ? Int(value.rounded()) : 0
        classes[row * width + column] = label == ignored ? 0 : Int32(label)
      }
    }
    let roots = try joined(classes, rule)
    number(roots, classes)
    if let mask { try grow(over: mask, rule) }
    if rule.fillsHoles { try fillHoles(mask == nil ? roots : try joined(numbers, rule)) }
    drop(below: rule.leastArea)
    if let score { addScores(score) }
  }

  // MARK: Joining

  /// For every pixel the first of those of its class that it is connected with, of background too.
  private func joined(_ classes: Memory<Int32>, _ rule: ComponentRule) throws(RuntimeFailure) -> Memory<Int32> {
    let parents = try Memory<Int32>(count: classes.count)
    for row in 0..<height {
      for column in 0..<width {
        let pixel = row * width + column
        parents[pixel] = Int32(pixel)
        let label = classes[pixel]
        func join(_ other: Int) {
          if classes[other] == label { Components.unite(pixel, other, parents) }
        }
        if column > 0 { join(pixel - 1) }
        guard row > 0 else { continue }
        join(pixel - width)
        guard rule.joinsCorners != (label == 0) else { continue }
        if column > 0 { join(pixel - width - 1) }
        if column + 1 < width { join(pixel - width + 1) }
      }
    }
    for pixel in 0..<parents.count { parents[pixel] = Int32(Components.root(of: pixel, parents)) }
    return parents
  }

  private static func root(of pixel: Int, _ parents: Memory<Int32>) -> Int {
    var pixel = pixel
    while Int(parents[pixel]) != pixel {
      parents[pixel] = parents[Int(parents[pixel])]
      pixel = Int(parents[pixel])
    }
    return pixel
  }

  /// The first of two roots becomes that of both.
  private static func unite(_ a: Int, _ b: Int, _ parents: Memory<Int32>) {
    let (a, b) = (root(of: a, parents), root(of: b, parents))
    parents[max(a, b)] = Int32(min(a, b))
  }

  private mutating func number(_ roots: Memory<Int32>, _ classes: Memory<Int32>) {
    for pixel in 0..<roots.count {
      let root = Int(roots[pixel])
      if classes[pixel] == 0 {
        numbers[pixel] = 0
        continue
      }
      if root == pixel {
        regions.append(MapRegion(label: Int(classes[pixel])))
        numbers[pixel] = Int32(regions.count)
      } else {
        numbers[pixel] = numbers[root]
      }
      add(pixel)
    }
  }

  private mutating func add(_ pixel: Int) {
    regions[Int(numbers[pixel]) - 1].add(row: pixel / width, column: pixel % width)
  }

  // MARK: Holes

  /// - Parameter roots: for every pixel of background the first one of what it is connected with.
  private mutating func fillHoles(_ roots: Memory<Int32>) throws(RuntimeFailure) {
    // For every root of background: 0 nothing known, -1 no hole, otherwise the one region that it borders on.
    let owners = try Memory<Int32>(count: roots.count)
    for pixel in 0..<owners.count { owners[pixel] = 0 }
    for row in 0..<height {
      for column in 0..<width {
        let pixel = row * width + column
        guard numbers[pixel] == 0 else { continue }
        let root = Int(roots[pixel])
        if row == 0 || column == 0 || row == height - 1 || column == width - 1 {
          owners[root] = -1
          continue
        }
        func meet(_ neighbour: Int) {
          let number = numbers[neighbour]
          guard number != 0 else { return }
          if owners[root] == 0 { owners[root] = number }
          if owners[root] != number { owners[root] = -1 }
        }
        meet(pixel - width)
        meet(pixel - 1)
        meet(pixel + 1)
        meet(pixel + width)
      }
    }
    for pixel in 0..<roots.count where numbers[pixel] == 0 && owners[Int(roots[pixel])] > 0 {
      numbers[pixel] = owners[Int(roots[pixel])]
      add(pixel)
    }
  }

  // MARK: Growing

  private mutating func grow(over mask: PlanarArray, _ rule: ComponentRule) throws(RuntimeFailure) {
    let queue = try Memory<Int32>(count: numbers.count)
    // The first ring in the order of the numbers, so that of every ring the lower numbers come first.
    var starts = regions.map { $0.area }
    var sum = 0
    for index in starts.indices { (starts[index], sum) = (sum, sum + starts[index]) }
    for pixel in 0..<numbers.count where numbers[pixel] > 0 {
      let region = Int(numbers[pixel]) - 1
      queue[starts[region]] = Int32(pixel)
      starts[region] += 1
    }
    var (next, end) = (0, sum)
    while next < end {
      let pixel = Int(queue[next])
      next += 1
      let (row, column) = (pixel / width, pixel % width)
      for down in -1...1 {
        for right in -1...1 where down != 0 || right != 0 {
          if down != 0, right != 0, !rule.joinsCorners { continue }
          let (row, column) = (row + down, column + right)
          guard row >= 0, row < height, column >= 0, column < width else { continue }
          let other = row * width + column
          guard numbers[other] == 0, mask[0, row, column] != 0 else { continue }
          numbers[other] = numbers[pixel]
          add(other)
          queue[end] = Int32(other)
          end += 1
        }
      }
    }
  }

  // MARK: Measures

  private mutating func drop(below leastArea: Int) {
    guard regions.contains(where: { $0.area < leastArea }) else { return }
    var renumbered = [Int32](repeating: 0, count: regions.count + 1)
    var kept: [MapRegion] = []
    for (index, region) in regions.enumerated() where region.area >= leastArea {
      kept.append(region)
      renumbered[index + 1] = Int32(kept.count)
    }
    regions = kept
    for pixel in 0..<numbers.count { numbers[pixel] = renumbered[Int(numbers[pixel])] }
  }

  private mutating func addScores(_ score: PlanarArray) {
    for row in 0..<height {
      for column in 0..<width {
        let number = Int(numbers[row * width + column])
        guard number > 0 else { continue }
        let channel = score.channels == 1 ? 0 : min(regions[number - 1].label, score.channels - 1)
        regions[number - 1].scoreSum += Double(score[channel, row, column])
      }
    }
  }
}
