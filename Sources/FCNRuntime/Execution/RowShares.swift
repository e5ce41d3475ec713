/// The rows of each step of a group where threads do not work through a picture together, but each through a share of it:
/// no thread waits for another or reads what another wrote, so a share stays in the caches of its processor.
///
/// Rows of the last steps belong to one share each. What they need of the steps before is computed in every share that
/// needs it, the rows near the edge of a share by both neighbours: at the same absolute tiles, so to the same bits.
struct RowShares {
  /// For each share the rows of each step, counted from the group's first.
  private(set) var rows: [[Range<Int>]] = []
  /// The work of all shares over that of the picture.
  private(set) var excess = 1.0

  /// - Parameters:
  ///   - reaches: what each step of the group reads.
  ///   - isRing: whether a buffer belongs to the group alone.
  /// - Returns: nil where a share would be empty, or a step reads what another writes for later groups too.
  init?(_ reaches: [RowReach], isRing: [Bool], count: Int) {
    var (work, whole) = (0.0, 0.0)
    for reach in reaches { whole += Double(reach.rows) * reach.work }
    for share in 0..<count {
      guard let needed = RowShares.rows(of: share, count, reaches, isRing) else { return nil }
      for (rows, reach) in zip(needed, reaches) { work += Double(rows.count) * reach.work }
      rows.append(needed)
    }
    if whole > 0 { excess = work / whole }
  }

  private static func rows(
    of share: Int, _ count: Int, _ reaches: [RowReach], _ isRing: [Bool]
  ) -> [Range<Int>]? {
    var needed = [Range<Int>](repeating: 0..<0, count: reaches.count)
    for index in reaches.indices.reversed() {
      let reach = reaches[index]
      let tiles = (reach.rows + reach.rowTile - 1) / reach.rowTile
      if !reach.outputs.contains(where: { isRing[$0] }) {
        // Another step of the group reads it, perhaps beyond the share.
        guard needed[index].isEmpty else { return nil }
        needed[index] =
          tiles * share / count * reach.rowTile..<min(reach.rows, tiles * (share + 1) / count * reach.rowTile)
      } else if reach.outputs.contains(where: { !isRing[$0] }) {
        return nil
      }
      guard !needed[index].isEmpty else { return nil }
      let first = needed[index].lowerBound / reach.rowTile
      let last = (needed[index].upperBound - 1) / reach.rowTile
      needed[index] = first * reach.rowTile..<min(reach.rows, (last + 1) * reach.rowTile)
      for operand in reach.operands where operand.starts[first] < operand.ends[last] {
        for writer in operand.writers {
          let own = needed[writer]
          let low = own.isEmpty ? operand.starts[first] : min(own.lowerBound, operand.starts[first])
          needed[writer] = low..<max(own.upperBound, min(operand.ends[last], reaches[writer].rows))
        }
      }
    }
    return needed
  }
}
