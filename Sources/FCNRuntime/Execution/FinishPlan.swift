/// Fills the column margins of a row once its kernel has written it.
///
/// Kernels write whole tiles and so leave numbers of no meaning behind the last column. Invariant MARGINS: after this
/// the margins hold the border of the view, wherever a reader looks at them.
struct FinishPlan {
  private let memory: UnsafeMutablePointer<Float>
  let view: MemoryPlan.View

  init(_ view: MemoryPlan.View, memory: UnsafeMutablePointer<Float>) {
    self.view = view
    self.memory = memory
  }

  func row(_ row: Int) { self.row(row, blocks: 0..<view.blocks) }

  func row(_ row: Int, blocks: Range<Int>) {
    guard view.hasReadMargins else { return }
    var block = memory + view.start(ofRow: row) + blocks.lowerBound * view.blockStride
    for _ in blocks {
      fill(block)
      block += view.blockStride
    }
  }

  private func fill(_ block: UnsafeMutablePointer<Float>) {
    let lanes = view.lanes
    switch view.border {
    case .zero: fill(block, with: 0)
    case .negativeInfinity: fill(block, with: -Float.infinity)
    case .constant(let value): fill(block, with: value)
    case .replicate, .reflect:
      var mirrored = false
      if case .reflect = view.border { mirrored = true }
      for distance in 1..<(max(view.left, view.right) + 1) {
        let before = AxisPlan.inside(-distance, count: view.width, mirrored: mirrored)
        let after = AxisPlan.inside(view.width - 1 + distance, count: view.width, mirrored: mirrored)
        for lane in 0..<lanes {
          if distance <= view.left { block[-distance * lanes + lane] = block[before * lanes + lane] }
          if distance <= view.right { block[(view.width - 1 + distance) * lanes + lane] = block[after * lanes + lane] }
        }
      }
    }
  }

  private func fill(_ block: UnsafeMutablePointer<Float>, with value: Float) {
    let before = view.left * view.lanes
    var index = -before
    while index < 0 {
      block[index] = value
      index += 1
    }
    index = view.width * view.lanes
    let end = index + view.right * view.lanes
    while index < end {
      block[index] = value
      index += 1
    }
  }
}
