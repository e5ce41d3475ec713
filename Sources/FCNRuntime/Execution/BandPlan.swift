/// Which steps of a program run in bands together.
///
/// A band saves that its values travel to memory and back, and costs that each tick reads the weights of its steps
/// again. So thin layers in large pictures join; layers whose weights outweigh their rows, and programs whose values
/// stay in the cache anyway, run step after step over the whole height.
struct BandPlan {
  /// Consecutive steps that run in bands.
  struct Group {
    let steps: Range<Int>
    /// One, by which all threads work together, or one for each share of the picture, by which one thread works.
    let schedules: [BandSchedule]

    /// Plans of steps that the shares have for themselves.
    var sharedSteps: Int { schedules.count > 1 ? schedules.count * steps.count : 0 }
  }

  /// In the order of the steps; those that are missing between them run by themselves.
  private(set) var groups: [Group] = []
  /// For each buffer the rows of its ring; 0 where it is whole.
  private(set) var rings: [Int]
  /// For each buffer how many rings it has: one for each share of the picture.
  private(set) var copies: [Int]

  /// Bytes of values that stay in the cache without bands.
  private static let cached = 2 << 20
  /// Bytes for each thread that the rings of a group should not exceed.
  private static let ringBytes = 1 << 20
  /// Rows of a tick, the most first.
  private static let bandRows = [96, 72, 48, 36, 24, 18, 12, 6]
  /// How many shares of the picture a thread gets, and how much the work may grow by the rows that two shares compute: where
  /// threads work together, they lose more to each other; several shares for each let the faster do more of them.
  private static let shares: [(ofThread: Int, excess: Double)] = [(4, 1.03), (2, 1.05), (1, 1.15)]
  /// Row tiles beyond this make bands so high that nothing stays in the cache.
  private static let highestTile = 16

  /// - Parameters:
  ///   - threads: each should have a tile of every step in a tick.
  ///   - bandRows: for tests: all that can run in bands does, in ticks of so many rows.
  ///   - shares: for tests: into how many shares a picture is divided where that is possible.
  init(_ program: ProgramDescription, _ sizes: SizePlan, threads: Int = 1, bandRows: Int? = nil, shares: Int? = nil) {
    rings = [Int](repeating: 0, count: program.buffers.count)
    copies = [Int](repeating: 1, count: program.buffers.count)
    var first = 0
    while first < program.steps.count {
      var end = first
      while end < program.steps.count, BandPlan.canJoin(end, program),
        bandRows != nil || BandPlan.gains(end, program, sizes)
      {
        end += 1
      }
      if end - first > 1 { add(first..<end, program, sizes, threads, bandRows, shares) }
      first = max(end, first + 1)
    }
  }

  private mutating func add(
    _ group: Range<Int>, _ program: ProgramDescription, _ sizes: SizePlan, _ threads: Int, _ forced: Int?,
    _ forcedShares: Int?
  ) {
    let isRing = BandPlan.rings(group, program)
    let whole = isRing.indices.reduce(0) { sum, buffer in
      isRing[buffer] ? sum + sizes.rows[program.buffers[buffer].height] * rowBytes(buffer, program, sizes) : sum
    }
    guard whole > 0, forced != nil || whole > BandPlan.cached else { return }
    let reaches = group.map { RowReach($0, group: group, program, sizes) }
    let shares = BandPlan.shares(reaches, isRing, threads, isForced: forced != nil, forcedShares)
    let together = shares == nil ? threads : 1
    let tile = together * (reaches.map { $0.rowTile }.max() ?? 1)
    var best: [BandSchedule] = []
    for rows in forced.map({ [$0] }) ?? BandPlan.bandRows {
      best = []
      for share in shares?.rows ?? [reaches.map { 0..<$0.rows }] {
        guard let schedule = BandSchedule(reaches, steps: group, isRing: isRing, bandRows: rows, rows: share) else {
          return
        }
        best.append(schedule)
      }
      let bytes = isRing.indices.reduce(0) { $0 + BandPlan.ring($1, best) * rowBytes($1, program, sizes) }
      if bytes <= BandPlan.ringBytes * together || rows <= tile { break }
    }
    groups.append(Group(steps: group, schedules: best))
    for buffer in isRing.indices where isRing[buffer] {
      rings[buffer] = BandPlan.ring(buffer, best)
      copies[buffer] = best.count
    }
  }

  /// The rows that a ring needs for every one of some schedules.
  private static func ring(_ buffer: Int, _ schedules: [BandSchedule]) -> Int {
    schedules.reduce(0) { max($0, $1.rings[buffer]) }
  }

  /// Shares of the picture for the threads; nil where they had better work together.
  private static func shares(
    _ reaches: [RowReach], _ isRing: [Bool], _ threads: Int, isForced: Bool, _ forced: Int?
  ) -> RowShares? {
    if let forced { return forced > 1 ? RowShares(reaches, isRing: isRing, count: forced) : nil }
    guard threads > 1, !isForced else { return nil }
    for (ofThread, excess) in BandPlan.shares {
      let shares = RowShares(reaches, isRing: isRing, count: threads * ofThread)
      if let shares, shares.excess <= excess { return shares }
    }
    return nil
  }

  /// Whether the rows that a step needs follow each other as its own do.
  private static func canJoin(_ index: Int, _ program: ProgramDescription) -> Bool {
    program.steps[index].operands.allSatisfy { operand in
      if case .whole = operand.rows { return false }
      return true
    }
  }

  /// Whether the rows of a tick weigh more than the step's weights.
  private static func gains(_ index: Int, _ program: ProgramDescription, _ sizes: SizePlan) -> Bool {
    let step = program.steps[index]
    let tallest = program.buffers.map { sizes.rows[$0.height] }.max() ?? 1
    var bytes = 0
    for view in step.outputs + step.operands.map({ $0.view }) {
      let description = program.views[view]
      let buffer = program.buffers[description.buffer]
      let row = sizes.columns[buffer.width] * description.blocks * buffer.lanes * 4
      bytes += (24 * sizes.rows[buffer.height] + tallest - 1) / tallest * row
    }
    return step.numbers * 4 <= bytes && step.rowTile <= BandPlan.highestTile
  }

  /// The buffers that the steps of a group write and read and nothing else does.
  private static func rings(_ group: Range<Int>, _ program: ProgramDescription) -> [Bool] {
    var result = [Bool](repeating: false, count: program.buffers.count)
    for index in group {
      for output in program.steps[index].outputs { result[program.views[output].buffer] = true }
    }
    for (index, step) in program.steps.enumerated() where !group.contains(index) {
      for view in step.outputs + step.operands.map({ $0.view }) { result[program.views[view].buffer] = false }
    }
    for view in program.inputs.map({ $0.view }) + program.outputs.map({ $0.view }) + program.taps.map({ $0.view }) {
      result[program.views[view].buffer] = false
    }
    return result
  }

  private func rowBytes(_ buffer: Int, _ program: ProgramDescription, _ sizes: SizePlan) -> Int {
    let description = program.buffers[buffer]
    return sizes.columns[description.width] * description.blocks * description.lanes * 4
  }
}
