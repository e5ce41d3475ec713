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

  /// Takes the pieces of a tick in place of the last one's, those of the first thread's share first: its part of every
  /// step, so that it reads what it has written the tick before.
  /// - Parameter isWanted: whether a step of the program is computed at all.
  mutating func cut(_ schedule: BandSchedule, tick: Int, threads: Int, isWanted: (Int) -> Bool) {
    pieces.removeAll(keepingCapacity: true)
    for thread in 0..<threads {
      for step in 0..<schedule.steps.count {
        let index = schedule.steps.lowerBound + step
        let rows = schedule.rows(step, tick: tick)
        guard !rows.isEmpty, isWanted(index) else { continue }
        cut(index, rows, thread: thread, of: threads)
      }
    }
  }

  /// The pieces of a step that belong to the share of a thread.
  private mutating func cut(_ index: Int, _ rows: Range<Int>, thread: Int, of threads: Int) {
    let blocks = steps[index].blocks
    let (rowsOfPiece, blocksOfPiece) = steps[index].parts(rows: rows.count, threads: threads)
    let rowParts = (rows.count + rowsOfPiece - 1) / rowsOfPiece
    let count = rowParts * ((blocks + blocksOfPiece - 1) / blocksOfPiece)
    for piece in 0..<count {
      // Steps of few pieces take turns.
      let owner = count < threads ? (piece + index) % threads : piece * threads / count
      guard owner == thread else { continue }
      let row = rows.lowerBound + piece % rowParts * rowsOfPiece
      let block = piece / rowParts * blocksOfPiece
      pieces.append(
        Piece(
          step: index, rows: row..<min(rows.upperBound, row + rowsOfPiece),
          blocks: block..<min(blocks, block + blocksOfPiece)))
    }
  }

  func run(_ piece: Int, thread: Int) {
    let piece = pieces[piece]
    steps[piece.step].run(rows: piece.rows, blocks: piece.blocks, thread: thread)
  }
}
