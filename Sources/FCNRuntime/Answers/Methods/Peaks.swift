/// The peaks of the channels of a map.
///
/// A pixel is a candidate where it reaches the threshold and nothing in the square of `distance` rows and columns around
/// it is greater. Candidates that touch (at a side or a corner) are one plateau and one peak, at the middle of its
/// pixels. Of equal peaks that lie within the distance of each other the first in reading order stays. A peak of one
/// pixel is refined on request: in each direction to the top of the parabola through it and its two neighbours.
enum Peaks {
  /// The peaks of all channels, channel by channel, of each the greatest first and of equal ones in reading order.
  /// - Throws: where memory is short.
  static func find(in map: PlanarArray, _ rule: PeakRule) throws(RuntimeFailure) -> [MapPoint] {
    let (pixels, overflow) = map.height.multipliedReportingOverflow(by: map.width)
    guard !overflow, pixels < Int(Int32.max) else {
      throw RuntimeFailure("a map of \(map.height)x\(map.width) positions is too big to look for peaks")
    }
    var points: [MapPoint] = []
    for channel in 0..<map.channels {
      points += try PeakSearch(map, channel: channel, rule).peaks(rule)
    }
    return points
  }
}

/// The search in one channel.
private struct PeakSearch {
  let map: PlanarArray
  let channel: Int
  let numbers: UnsafeMutablePointer<Float>
  /// 1 for a candidate that belongs to no plateau yet.
  let candidates: Memory<UInt8>

  private struct Plateau {
    var first: Int
    var row: Double
    var column: Double
    var score: Float
  }

  init(_ map: PlanarArray, channel: Int, _ rule: PeakRule) throws(RuntimeFailure) {
    self.map = map
    self.channel = channel
    numbers = map.row(0, channel: channel)
    let greatest = try Memory<Float>(count: map.height * map.width)
    candidates = try Memory(count: greatest.count)
    let line = try Memory<Float>(count: max(map.height, map.width))
    var window = SlidingMaximum(distance: rule.distance)
    for row in 0..<map.height {
      window.run(numbers + row * map.width, count: map.width, stride: 1, into: line.pointer)
      (greatest.pointer + row * map.width).update(from: line.pointer, count: map.width)
    }
    for column in 0..<map.width {
      window.run(greatest.pointer + column, count: map.height, stride: map.width, into: line.pointer)
      for row in 0..<map.height {
        let pixel = row * map.width + column
        candidates[pixel] = numbers[pixel] >= rule.threshold && numbers[pixel] == line[row] ? 1 : 0
      }
    }
  }

  func peaks(_ rule: PeakRule) throws(RuntimeFailure) -> [MapPoint] {
    var plateaus: [Plateau] = []
    var stack: [Int32] = []
    for pixel in 0..<candidates.count where candidates[pixel] != 0 {
      plateaus.append(plateau(from: pixel, &stack, isRefined: rule.isSubPixel))
    }
    plateaus.sort { $0.score == $1.score ? $0.first < $1.first : $0.score > $1.score }
    var taken = PlaceGrid(height: map.height, width: map.width, distance: rule.distance)
    var points: [MapPoint] = []
    for plateau in plateaus where taken.add(row: plateau.row, column: plateau.column) {
      points.append(MapPoint(row: plateau.row, column: plateau.column, score: plateau.score, channel: channel))
    }
    return points
  }

  /// The plateau of a candidate, whose pixels stop being candidates.
  private func plateau(from start: Int, _ stack: inout [Int32], isRefined: Bool) -> Plateau {
    var (count, rows, columns) = (0, 0, 0)
    stack.append(Int32(start))
    candidates[start] = 0
    while let pixel = stack.popLast() {
      let (row, column) = (Int(pixel) / map.width, Int(pixel) % map.width)
      (count, rows, columns) = (count + 1, rows + row, columns + column)
      for row in max(row - 1, 0)...min(row + 1, map.height - 1) {
        for column in max(column - 1, 0)...min(column + 1, map.width - 1) {
          let other = row * map.width + column
          guard candidates[other] != 0 else { continue }
          candidates[other] = 0
          stack.append(Int32(other))
        }
      }
    }
    var plateau = Plateau(
      first: start, row: Double(rows) / Double(count), column: Double(columns) / Double(count), score: numbers[start])
    if count == 1, isRefined {
      plateau.row += top(start, step: map.width, position: rows, length: map.height)
      plateau.column += top(start, step: 1, position: columns, length: map.width)
    }
    return plateau
  }

  /// Where the top of the parabola through a pixel and its neighbours lies, seen from the pixel.
  private func top(_ pixel: Int, step: Int, position: Int, length: Int) -> Double {
    guard position > 0, position + 1 < length else { return 0 }
    let (before, middle, after) = (
      Double(numbers[pixel - step]), Double(numbers[pixel]), Double(numbers[pixel + step])
    )
    let bend = before - 2 * middle + after
    return bend < 0 ? min(max((before - after) / (2 * bend), -0.5), 0.5) : 0
  }
}

/// The greatest of the numbers within a distance of each.
private struct SlidingMaximum {
  let distance: Int
  /// Positions whose numbers fall, the greatest of the window first.
  private var queue: [Int] = []

  init(distance: Int) { self.distance = distance }

  mutating func run(
    _ numbers: UnsafePointer<Float>, count: Int, stride: Int, into result: UnsafeMutablePointer<Float>
  ) {
    queue.removeAll(keepingCapacity: true)
    var head = 0
    var next = 0
    for position in 0..<count {
      // Not `position + distance`, which may be beyond all numbers.
      while next < count, next - position <= distance {
        while queue.count > head, numbers[queue[queue.count - 1] * stride] <= numbers[next * stride] {
          queue.removeLast()
        }
        queue.append(next)
        next += 1
      }
      while position - queue[head] > distance { head += 1 }
      result[position] = numbers[queue[head] * stride]
    }
  }
}

/// Places no two of which lie within a distance of each other.
private struct PlaceGrid {
  private let distance: Double
  private let side: Int
  private let columns: Int
  private let rows: Int
  /// The last place of each cell, and for each place the one before it in its cell; -1 for none.
  private var last: [Int32]
  private var earlier: [Int32] = []
  private var places: [(row: Double, column: Double)] = []

  init(height: Int, width: Int, distance: Int) {
    self.distance = Double(distance)
    side = max(1, min(distance, max(height, width)))
    rows = (height - 1) / side + 1
    columns = (width - 1) / side + 1
    last = [Int32](repeating: -1, count: rows * columns)
  }

  /// Adds a place; false where another is too near.
  mutating func add(row: Double, column: Double) -> Bool {
    let cell = (row: min(Int(row) / side, rows - 1), column: min(Int(column) / side, columns - 1))
    for r in max(cell.row - 1, 0)...min(cell.row + 1, rows - 1) {
      for c in max(cell.column - 1, 0)...min(cell.column + 1, columns - 1) {
        var place = Int(last[r * columns + c])
        while place >= 0 {
          if abs(places[place].row - row) <= distance, abs(places[place].column - column) <= distance { return false }
          place = Int(earlier[place])
        }
      }
    }
    let index = cell.row * columns + cell.column
    earlier.append(last[index])
    last[index] = Int32(places.count)
    places.append((row, column))
    return true
  }
}
