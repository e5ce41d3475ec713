/// How a step is divided into calls of its kernel: ranges of rows and, where the kernel allows it, of channel blocks.
struct WorkSplit {
  private let rows: Int
  private let rowsOfChunk: Int
  private let rowChunks: Int
  let blocks: Int
  private let rowTile: Int
  private let blockTile: Int
  private let blocksOfChunk: Int
  private let blockChunks: Int

  /// Weights beyond this many numbers do not stay in the second-level cache between two calls.
  private static let manyNumbers = 131_072
  /// Pixels of a call that make up for reading such weights once more; threads that work side by side share them.
  private static let manyPixels = 4096
  private static let manySharedPixels = 1024

  /// - Parameter input: what the first operand reads.
  init(_ step: StepDescription, output: MemoryPlan.View, input: MemoryPlan.View, threads: Int) {
    rows = output.height
    rowTile = step.rowTile
    blocks = output.blocks
    // Enough chunks for the threads to share evenly, few enough rows that a strip stays in the second-level cache.
    let shared = (rows + threads * 4 - 1) / (threads * 4)
    let cached = max(4, min(65_536 / max(1, output.rowStride), 131_072 / max(1, input.rowStride)))
    var chunk = max(1, min(shared, cached))
    let isDivisible = step.blockTile > 0 && step.blockTile < blocks
    blockTile = isDivisible ? step.blockTile : blocks
    if isDivisible, step.numbers > WorkSplit.manyNumbers {
      let pixels = threads == 1 ? WorkSplit.manyPixels : WorkSplit.manySharedPixels
      chunk = max(shared, min(rows, (pixels + output.width - 1) / output.width))
    }
    chunk = (chunk + step.rowTile - 1) / step.rowTile * step.rowTile
    rowsOfChunk = chunk
    rowChunks = (rows + chunk - 1) / chunk
    let tiles = isDivisible ? (blocks + step.blockTile - 1) / step.blockTile : 1
    // Every part of the channels transforms or reads the same input, so there are no more of them than threads.
    let wanted = rowChunks >= threads * 4 ? 1 : threads
    let tilesOfChunk = (tiles + min(tiles, wanted) - 1) / min(tiles, wanted)
    blocksOfChunk = isDivisible ? tilesOfChunk * step.blockTile : blocks
    blockChunks = (tiles + tilesOfChunk - 1) / tilesOfChunk
  }

  var chunks: Int { rowChunks * blockChunks }

  /// How many rows and blocks a thread computes at once where the threads share `rows` rows.
  func parts(rows: Int, threads: Int) -> (rows: Int, blocks: Int) {
    if threads == 1 { return (rows, blocks) }
    let tiles = (rows + rowTile - 1) / rowTile
    let share = (tiles + threads - 1) / threads * rowTile
    if tiles >= threads || blockTile == blocks { return (share, blocks) }
    let blockTiles = (blocks + blockTile - 1) / blockTile
    return (share, (blockTiles + threads - 1) / threads * blockTile)
  }

  /// Chunks that read the same weights follow each other, so that threads share them in the cache.
  subscript(chunk: Int) -> (rows: Range<Int>, blocks: Range<Int>) {
    let row = chunk % rowChunks * rowsOfChunk
    let block = chunk / rowChunks * blocksOfChunk
    return (row..<min(rows, row + rowsOfChunk), block..<min(blocks, block + blocksOfChunk))
  }
}
