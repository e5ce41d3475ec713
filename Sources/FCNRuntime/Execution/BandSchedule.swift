/// The order in which consecutive steps work through a picture together, a band of rows at a time.
///
/// Work proceeds in ticks: in each, every step computes the rows that have become computable from what earlier ticks
/// finished, so all work of one tick is independent, no row is computed twice, and the numbers are those of running
/// step after step. A value that only steps of the group write and read needs memory for the rows between the newest
/// that is written and the oldest that is still read: a ring, in which row y lies at y modulo its rows.
struct BandSchedule {
  /// The steps, by their positions in the program.
  let steps: Range<Int>
  /// The rows that each step computes.
  let rows: [Range<Int>]
  /// For each tick, the row behind those that each step has finished.
  private(set) var ends: [Int] = []
  /// For each buffer of the program, the rows of its ring; 0 where it is whole.
  private(set) var rings: [Int]

  var ticks: Int { ends.count / steps.count }

  /// The rows that a step, counted from the group's first, computes in a tick.
  func rows(_ step: Int, tick: Int) -> Range<Int> {
    let start = tick == 0 ? rows[step].lowerBound : ends[(tick - 1) * steps.count + step]
    return start..<ends[tick * steps.count + step]
  }

  /// - Parameters:
  ///   - reaches: what each step of the group reads.
  ///   - isRing: whether a buffer belongs to the group alone.
  ///   - bandRows: rows of a tick for the steps with most rows; the others get their share.
  ///   - rows: those that each step computes, beginning with a tile; all if nothing is said.
  /// - Returns: nil where the steps wait for each other.
  init?(_ reaches: [RowReach], steps: Range<Int>, isRing: [Bool], bandRows: Int, rows: [Range<Int>]? = nil) {
    self.steps = steps
    let rows = rows ?? reaches.map { 0..<$0.rows }
    self.rows = rows
    rings = [Int](repeating: 0, count: isRing.count)
    let tallest = reaches.map { $0.rows }.max() ?? 1
    let quotas = reaches.map { $0.wholeTiles((bandRows * $0.rows + tallest - 1) / tallest) }
    var done = rows.map { $0.lowerBound }
    while reaches.indices.contains(where: { done[$0] < rows[$0].upperBound }) {
      var next = done
      for (index, reach) in reaches.enumerated() {
        let limit = min(rows[index].upperBound, done[index] + quotas[index])
        while next[index] < limit {
          let tile = next[index] / reach.rowTile
          let isReady = reach.operands.allSatisfy { operand in
            operand.writers.allSatisfy { done[$0] >= min(operand.ends[tile], rows[$0].upperBound) }
          }
          guard isReady else { break }
          next[index] = min(limit, next[index] + reach.rowTile)
        }
      }
      guard next != done else { return nil }
      measureRings(reaches, isRing, before: done, after: next)
      ends += next
      done = next
    }
  }

  private mutating func measureRings(_ reaches: [RowReach], _ isRing: [Bool], before: [Int], after: [Int]) {
    var newest = [Int](repeating: 0, count: isRing.count)
    var oldest = [Int](repeating: Int.max, count: isRing.count)
    for (index, reach) in reaches.enumerated() where before[index] < rows[index].upperBound {
      for buffer in reach.outputs {
        newest[buffer] = max(newest[buffer], after[index])
        oldest[buffer] = min(oldest[buffer], before[index])
      }
      for operand in reach.operands {
        oldest[operand.buffer] = min(oldest[operand.buffer], operand.starts[before[index] / reach.rowTile])
      }
    }
    for (index, reach) in reaches.enumerated() where before[index] == rows[index].upperBound {
      for buffer in reach.outputs { newest[buffer] = max(newest[buffer], rows[index].upperBound) }
    }
    for buffer in isRing.indices where isRing[buffer] && oldest[buffer] < newest[buffer] {
      rings[buffer] = max(rings[buffer], newest[buffer] - oldest[buffer])
    }
  }
}

/// The rows of a step and those that it reads for each of its tiles.
struct RowReach {
  struct Operand {
    var buffer: Int
    /// Steps of the group that write what is read, counted from the group's first.
    var writers: [Int]
    /// For each tile the first row that it or a later one reads.
    var starts: [Int]
    /// For each tile the row behind the last that it or an earlier one reads.
    var ends: [Int]
  }

  var rows: Int
  var rowTile: Int
  /// How much a row costs beside one of another step, roughly: a number for each weight and pixel.
  var work: Double
  /// The buffers that it writes.
  var outputs: [Int]
  var operands: [Operand]

  func wholeTiles(_ rows: Int) -> Int { max(1, (rows + rowTile - 1) / rowTile) * rowTile }

  init(_ index: Int, group: Range<Int>, _ program: ProgramDescription, _ sizes: SizePlan) {
    let step = program.steps[index]
    let output = program.buffers[program.views[step.outputs[0]].buffer]
    rows = sizes.rows[output.height]
    rowTile = step.rowTile
    work = Double(sizes.columns[output.width]) * Double(step.numbers + output.blocks * output.lanes)
    outputs = step.outputs.map { program.views[$0].buffer }
    operands = []
    for operand in step.operands {
      let view = program.views[operand.view]
      let input = sizes.rows[program.buffers[view.buffer].height]
      let axis = AxisPlan(operand.rows, input: input, output: rows, extents: sizes.rows)
      let writers = (group.lowerBound..<index).filter { earlier in
        program.steps[earlier].outputs.contains { program.views[$0].overlaps(view) }
      }
      let reach = RowReach.reach(axis, operand.border, rowTile: rowTile)
      operands.append(
        Operand(
          buffer: view.buffer, writers: writers.map { $0 - group.lowerBound }, starts: reach.starts, ends: reach.ends))
    }
  }

  /// Of the rows that the row table names, as far as they lie in the value.
  private static func reach(
    _ axis: AxisPlan, _ border: BorderDescription, rowTile: Int
  ) -> (starts: [Int], ends: [Int]) {
    let tiles = (axis.output + rowTile - 1) / rowTile
    var starts = [Int](repeating: axis.input, count: tiles)
    var ends = [Int](repeating: 0, count: tiles)
    for row in 0..<(tiles * rowTile) {
      for tap in 0..<axis.taps {
        guard let position = border.position(axis.position(row, tap: tap), of: axis.input) else { continue }
        starts[row / rowTile] = min(starts[row / rowTile], position)
        ends[row / rowTile] = max(ends[row / rowTile], position + 1)
      }
    }
    for tile in 1..<max(1, tiles) { ends[tile] = max(ends[tile], ends[tile - 1]) }
    for tile in (0..<max(0, tiles - 1)).reversed() { starts[tile] = min(starts[tile], starts[tile + 1]) }
    return (starts, ends)
  }
}

extension BorderDescription {
  /// The row or column that is read where `position` is asked for; nil where that is none of the value.
  func position(_ position: Int, of count: Int) -> Int? {
    if position >= 0 && position < count { return position }
    switch self {
    case .replicate: return AxisPlan.inside(position, count: count, mirrored: false)
    case .reflect: return AxisPlan.inside(position, count: count, mirrored: true)
    case .zero, .negativeInfinity, .constant: return nil
    }
  }
}

extension ViewDescription {
  fileprivate func overlaps(_ other: ViewDescription) -> Bool {
    buffer == other.buffer && firstBlock < other.firstBlock + other.blocks && other.firstBlock < firstBlock + blocks
  }
}
