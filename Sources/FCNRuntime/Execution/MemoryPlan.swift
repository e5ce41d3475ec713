/// Where the values of a program lie in one block of memory.
///
/// Margins left and right of each row belong to the view: as wide as its readers reach beyond the edge and as its
/// writer's tiles run over it. Values that are never alive at the same time share memory.
struct MemoryPlan {
  struct View {
    var height: Int
    /// Rows for which there is memory: fewer than `height` in a ring.
    var heldRows: Int
    var width: Int
    var lanes: Int
    var blocks: Int
    /// Columns before and after the row.
    var left: Int
    var right: Int
    /// Floats between blocks and between rows.
    var blockStride: Int
    var rowStride: Int
    /// The float, from the begin of the memory, of row 0, block 0, column 0.
    var origin: Int
    /// Floats between the rings of two shares of the picture.
    var shareStride: Int
    /// True where a reader looks into the margins.
    var hasReadMargins: Bool
    var border: BorderDescription

    /// The float, from the begin of the memory, of column 0 of block 0 of a row.
    func start(ofRow row: Int) -> Int { origin + row % heldRows * rowStride }

    /// The view as a share of the picture sees it: with the ring of its own.
    func ofShare(_ share: Int) -> View {
      var own = self
      own.origin += share * shareStride
      return own
    }
  }

  private(set) var views: [View] = []
  /// Floats in all.
  private(set) var size = 0

  /// Whether the numbers of all values can be counted: beyond, a product of sizes would overflow.
  static func isPossible(_ program: ProgramDescription, _ sizes: SizePlan) -> Bool {
    var count = 0.0
    for view in program.views {
      let buffer = program.buffers[view.buffer]
      count +=
        Double(sizes.rows[buffer.height]) * Double(sizes.columns[buffer.width] + 4096)
        * Double(buffer.blocks * buffer.lanes)
    }
    return count < 0x1p55
  }

  init(_ program: ProgramDescription, _ sizes: SizePlan, _ bands: BandPlan) {
    for view in program.views {
      let buffer = program.buffers[view.buffer]
      let height = sizes.rows[buffer.height]
      let ring = bands.rings[view.buffer]
      views.append(
        View(
          height: height, heldRows: ring > 0 ? min(ring, height) : height, width: sizes.columns[buffer.width],
          lanes: buffer.lanes,
          blocks: view.blocks, left: 0, right: 0, blockStride: 0, rowStride: 0, origin: 0, shareStride: 0,
          hasReadMargins: false, border: view.border))
    }
    measureMargins(program, sizes)
    place(program, bands)
  }

  private mutating func measureMargins(_ program: ProgramDescription, _ sizes: SizePlan) {
    for step in program.steps {
      let width = views[step.outputs[0]].width
      for output in step.outputs {
        views[output].left = max(views[output].left, step.leadingColumns)
        views[output].right = max(views[output].right, step.columnTile - 1)
      }
      for operand in step.operands where !operand.usesColumnTable {
        let axis = AxisPlan(
          operand.columns, input: views[operand.view].width, output: width, extents: sizes.columns)
        guard case .window = operand.columns else { continue }
        let edge = axis.range(first: 0, last: width - 1)
        let reach = axis.range(first: -step.leadingColumns, last: width + step.columnTile - 2)
        let last = views[operand.view].width - 1
        views[operand.view].left = max(views[operand.view].left, -reach.low)
        views[operand.view].right = max(views[operand.view].right, reach.high - last)
        let looked = step.readsWholeTiles ? reach : edge
        if looked.low < 0 || looked.high > last { views[operand.view].hasReadMargins = true }
      }
    }
    // The views of a buffer share its rows, so they share the widest margins, and a reader of one may read all.
    for buffer in program.buffers.indices {
      let members = program.views.indices.filter { program.views[$0].buffer == buffer }
      let left = members.map { views[$0].left }.max() ?? 0
      let right = members.map { views[$0].right }.max() ?? 0
      let isRead = members.contains { views[$0].hasReadMargins }
      for member in members {
        views[member].left = left
        views[member].right = right
        views[member].hasReadMargins = isRead
      }
    }
  }

  private mutating func place(_ program: ProgramDescription, _ bands: BandPlan) {
    let count = program.buffers.count
    var sizes = [Int](repeating: 0, count: count)
    var first = [Int](repeating: Int.max, count: count)
    var last = [Int](repeating: -1, count: count)
    for (index, view) in program.views.enumerated() {
      let buffer = program.buffers[view.buffer]
      let columns = views[index].left + views[index].width + views[index].right
      var blockStride = (columns * buffer.lanes + 15) / 16 * 16
      // A stride of whole pages makes the blocks compete for the same lines of the first-level cache.
      if blockStride % 1024 == 0 { blockStride += 16 }
      views[index].blockStride = blockStride
      views[index].rowStride = blockStride * buffer.blocks
      let ring = views[index].heldRows * views[index].rowStride
      let copies = bands.copies[view.buffer]
      views[index].shareStride = copies > 1 ? ring : 0
      sizes[view.buffer] = ring * copies + 64
    }
    for port in program.inputs { first[program.views[port.view].buffer] = -1 }
    for view in program.outputs.map({ $0.view }) + program.taps.map({ $0.view }) {
      last[program.views[view].buffer] = program.steps.count
    }
    // All values of a group are alive together.
    var starts = Array(program.steps.indices)
    var ends = starts
    for group in bands.groups {
      for index in group.steps {
        starts[index] = group.steps.lowerBound
        ends[index] = group.steps.upperBound - 1
      }
    }
    for (position, step) in program.steps.enumerated() {
      for output in step.outputs {
        let buffer = program.views[output].buffer
        first[buffer] = min(first[buffer], starts[position])
        last[buffer] = max(last[buffer], ends[position])
      }
      for operand in step.operands {
        let buffer = program.views[operand.view].buffer
        last[buffer] = max(last[buffer], ends[position])
      }
    }
    // Greedy by size: the largest first, each at the lowest place that no value alive with it occupies.
    var offsets = [Int](repeating: 0, count: count)
    var placed: [Int] = []
    let order = (0..<count).sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }
    for buffer in order {
      let rivals = placed.filter { first[$0] <= last[buffer] && first[buffer] <= last[$0] }
        .sorted { offsets[$0] < offsets[$1] }
      var offset = 0
      for rival in rivals where offset + sizes[buffer] > offsets[rival] {
        offset = max(offset, offsets[rival] + sizes[rival])
      }
      offsets[buffer] = offset
      placed.append(buffer)
      size = max(size, offset + sizes[buffer])
    }
    for (index, view) in program.views.enumerated() {
      views[index].origin =
        offsets[view.buffer] + 32 + views[index].left * views[index].lanes + view.firstBlock * views[index].blockStride
    }
  }
}
