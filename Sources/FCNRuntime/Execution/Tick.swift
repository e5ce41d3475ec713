/// The work of one tick of a group of steps, cut into pieces that any thread may do.
struct Tick {
  struct Piece {
    var step: Int
    var rows: Range<Int>
    var blocks: Range<Int>
  }

  let steps: UnsafeMutablePointer<StepPlan>
  private(set) var pieces: [Piece] = []

  init(steps: UnsafeMutablePointer<StepPlan>) { self.steps = steps }

  /// Takes the pieces of a tick in place of the last one's.
  /// - Parameter isWanted: whether a step of the program is computed at all.
  mutating func cut(_ schedule: BandSchedule, tick: Int, threads: Int, isWanted: (Int) -> Bool) {
    pieces.removeAll(keepingCapacity: true)
    for step in 0..<schedule.steps.count {
      let rows = schedule.rows(step, tick: tick)
      guard !rows.isEmpty else { continue }
      let index = schedule.steps.lowerBound + step
      guard isWanted(index) else { continue }
      let (rowParts, blockParts) = steps[index].parts(rows: rows.count, threads: threads)
      var block = 0
      while block < steps[index].blocks {
        let blockEnd = min(steps[index].blocks, block + blockParts)
        var row = rows.lowerBound
        while row < rows.upperBound {
          let rowEnd = min(rows.upperBound, row + rowParts)
          pieces.append(Piece(step: index, rows: row..<rowEnd, blocks: block..<blockEnd))
          row = rowEnd
        }
        block = blockEnd
      }
    }
  }

  func run(_ piece: Int, thread: Int) {
    let piece = pieces[piece]
    steps[piece.step].run(rows: piece.rows, blocks: piece.blocks, thread: thread)
  }
}
