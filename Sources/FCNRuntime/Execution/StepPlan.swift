import CFCNRuntime

/// One call of a kernel with its tables made.
struct StepPlan {
  let rows: Int
  private let split: WorkSplit
  private let kernel: fcn_kernel?
  /// One set of arguments per thread; they differ in the scratch memory.
  private let arguments: UnsafeMutablePointer<fcn_kernel_arguments>
  private let finishes: [FinishPlan]
  /// One stopwatch per thread; nil in runs that nobody measures.
  var stopwatches: UnsafeMutablePointer<StepStopwatch>?

  var blocks: Int { split.blocks }
  /// Calls of the kernel, each of which any thread may make.
  var chunks: Int { split.chunks }

  /// - Parameters:
  ///   - share: of the picture, where each thread works through one of its own.
  ///   - part: the rows that are computed in the share, beginning with a tile; all if nothing is said.
  init(
    _ step: StepDescription, program: ProgramDescription, plan: MemoryPlan, share: Int = 0, part: Range<Int>? = nil,
    sizes: SizePlan,
    memory: UnsafeMutablePointer<Float>, kernel: fcn_kernel?, parameters: UnsafePointer<Float>, threads: Int,
    scratch: ScratchMemory, tables: inout TableMemory
  ) {
    self.kernel = kernel
    let output = plan.views[step.outputs[0]].ofShare(share)
    rows = output.height
    let part = part ?? 0..<rows
    finishes = step.outputs.map { FinishPlan(plan.views[$0].ofShare(share), memory: memory) }

    split = WorkSplit(step, output: output, input: plan.views[step.operands[0].view], threads: threads)

    let outputRows = tables.allocate(step.outputs.count, of: UnsafePointer<UnsafeMutablePointer<Float>>.self)
    let outputStrides = tables.allocate(step.outputs.count, of: Int.self)
    for (index, number) in step.outputs.enumerated() {
      let view = plan.views[number].ofShare(share)
      // Rows are counted from the top of the picture, also where a share has those of its own only.
      let table = tables.pointers(part.count) - part.lowerBound
      for row in part { table[row] = memory + view.start(ofRow: row) }
      outputRows[index] = UnsafePointer(table)
      outputStrides[index] = view.blockStride
    }

    let count = step.operands.count
    let rowTables = tables.allocate(count, of: UnsafePointer<UnsafePointer<Float>>.self)
    let columns = tables.allocate(count, of: UnsafePointer<Int32>.self)
    let columnWeights = tables.allocate(count, of: UnsafePointer<Float>.self)
    let rowWeights = tables.allocate(count, of: UnsafePointer<Float>.self)
    let strides = tables.allocate(count, of: Int.self)
    let heights = tables.allocate(count, of: Int.self)
    let widths = tables.allocate(count, of: Int.self)
    for (index, operand) in step.operands.enumerated() {
      let view = plan.views[operand.view].ofShare(share)
      let rowAxis = AxisPlan(operand.rows, input: view.height, output: rows, extents: sizes.rows)
      let columnAxis = AxisPlan(operand.columns, input: view.width, output: output.width, extents: sizes.columns)
      rowTables[index] = StepPlan.rowTable(operand, rowAxis, columnAxis, part, step.rowTile, view, memory, &tables)
      strides[index] = view.blockStride
      heights[index] = view.height
      widths[index] = view.width
      let (columnTable, columnWeight) = StepPlan.columnTable(operand, columnAxis, &tables)
      columns[index] = columnTable
      columnWeights[index] = columnWeight
      rowWeights[index] = StepPlan.weights(operand, rowAxis, alongRows: true, &tables)
    }
    arguments = tables.allocate(threads, of: fcn_kernel_arguments.self)
    for thread in 0..<threads {
      arguments.advanced(by: thread).initialize(
        to: fcn_kernel_arguments(
          outputs: UnsafePointer(outputRows), tables: UnsafePointer(rowTables), columns: UnsafePointer(columns),
          columnWeights: UnsafePointer(columnWeights), rowWeights: UnsafePointer(rowWeights), parameters: parameters,
          outputStrides: UnsafePointer(outputStrides), inputStrides: UnsafePointer(strides), width: output.width,
          inputHeights: UnsafePointer(heights), inputWidths: UnsafePointer(widths), firstBlock: 0,
          endBlock: output.blocks,
          scratch: scratch.ofThread(thread)))
    }
  }

  func run(chunk: Int, thread: Int) {
    let (rows, blocks) = split[chunk]
    run(rows: rows, blocks: blocks, thread: thread)
  }

  /// How many rows and blocks a thread computes at once of some rows of a tick.
  func parts(rows: Int, threads: Int) -> (rows: Int, blocks: Int) {
    split.parts(rows: rows, threads: threads)
  }

  /// Computes a part of the outputs, which no other thread computes at the same time.
  func run(rows: Range<Int>, blocks: Range<Int>, thread: Int) {
    guard let stopwatches else { return compute(rows, blocks, thread) }
    let began = fcn_now()
    compute(rows, blocks, thread)
    stopwatches[thread].seconds += fcn_now() - began
  }

  private func compute(_ rows: Range<Int>, _ blocks: Range<Int>, _ thread: Int) {
    let own = arguments.advanced(by: thread)
    own.pointee.firstBlock = blocks.lowerBound
    own.pointee.endBlock = blocks.upperBound
    kernel?(own, rows.lowerBound, rows.upperBound)
    for finish in finishes where finish.view.hasReadMargins {
      for row in rows { finish.row(row, blocks: blocks) }
    }
  }

  /// The addresses of the rows that each output row reads.
  private static func rowTable(
    _ operand: OperandDescription, _ rows: AxisPlan, _ columns: AxisPlan, _ part: Range<Int>, _ rowTile: Int,
    _ view: MemoryPlan.View, _ memory: UnsafeMutablePointer<Float>, _ tables: inout TableMemory
  ) -> UnsafePointer<UnsafePointer<Float>> {
    let taps = rows.taps
    let start = operand.usesColumnTable ? 0 : columns.position(0, tap: 0) * view.lanes
    let end = (part.upperBound + rowTile - 1) / rowTile * rowTile
    let first = part.lowerBound
    let table = tables.allocate((end - first) * taps, of: UnsafePointer<Float>.self) - first * taps
    var borderRow: UnsafePointer<Float>?
    for row in first..<end {
      for tap in 0..<taps {
        guard let position = operand.border.position(rows.position(row, tap: tap), of: view.height) else {
          let border = borderRow ?? makeBorderRow(operand.border, view, &tables)
          borderRow = border
          table[row * taps + tap] = border + start
          continue
        }
        table[row * taps + tap] = UnsafePointer(memory + view.start(ofRow: position) + start)
      }
    }
    return UnsafePointer(table)
  }

  /// A row, margins included, that holds only the border's number; its address is that of column 0.
  private static func makeBorderRow(
    _ border: BorderDescription, _ view: MemoryPlan.View, _ tables: inout TableMemory
  ) -> UnsafePointer<Float> {
    let value: Float
    switch border {
    case .negativeInfinity: value = -.infinity
    case .constant(let constant): value = constant
    default: value = 0
    }
    let count = view.blocks * view.blockStride + 64
    let row = tables.allocate(count, of: Float.self)
    row.initialize(repeating: value, count: count)
    return UnsafePointer(row + 32 + view.left * view.lanes)
  }

  /// The columns that each output column reads, and their weights, for operands that ask for them.
  private static func columnTable(
    _ operand: OperandDescription, _ columns: AxisPlan, _ tables: inout TableMemory
  ) -> (UnsafePointer<Int32>, UnsafePointer<Float>) {
    let taps = operand.usesColumnTable ? columns.taps : 0
    let table = tables.allocate(columns.output * taps, of: Int32.self)
    for column in 0..<columns.output {
      for tap in 0..<taps {
        let position = operand.border.position(columns.position(column, tap: tap), of: columns.input) ?? -1
        table[column * taps + tap] = Int32(truncatingIfNeeded: position)
      }
    }
    return (UnsafePointer(table), weights(operand, columns, alongRows: false, &tables))
  }

  private static func weights(
    _ operand: OperandDescription, _ axis: AxisPlan, alongRows: Bool, _ tables: inout TableMemory
  ) -> UnsafePointer<Float> {
    let taps = axis.taps
    switch operand.presence {
    case .untold:
      guard case .resample = axis.description else { return UnsafePointer(tables.allocate(1, of: Float.self)) }
      let table = tables.allocate(axis.output * taps, of: Float.self)
      for index in 0..<axis.output {
        for tap in 0..<taps { table[index * taps + tap] = axis.weight(index, tap: tap) }
      }
      return UnsafePointer(table)
    case .inside, .insidePadding:
      var low = 0
      var high = axis.input
      if case .insidePadding(let rowsAfter, let columnsAfter) = operand.presence {
        low = axis.offset
        high += alongRows ? rowsAfter : columnsAfter
      }
      let table = tables.allocate(axis.output * taps, of: Float.self)
      for index in 0..<axis.output {
        for tap in 0..<taps {
          let position = axis.position(index, tap: tap)
          table[index * taps + tap] = position >= low && position < high ? 1 : 0
        }
      }
      return UnsafePointer(table)
    }
  }
}
