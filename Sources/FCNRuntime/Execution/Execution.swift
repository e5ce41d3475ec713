import CFCNRuntime

/// A program that is ready to run for one picture size: memory placed, row tables made, threads waiting.
///
/// The results do not depend on the number of threads: a thread computes whole rows, each in the one order that its
/// kernel has.
public final class Execution {
  public let program: ProgramDescription
  private let memory: UnsafeMutablePointer<Float>
  private let plan: MemoryPlan
  private let bands: BandPlan
  private let steps: UnsafeMutablePointer<StepPlan>
  /// The steps of the groups whose threads work through shares of their own: of a group share after share, in each step
  /// after step.
  private let shared: UnsafeMutablePointer<StepPlan>
  private let sharedCount: Int
  private let pool: OpaquePointer
  private let threads: Int
  private let scratch: ScratchMemory
  private var tables = TableMemory()

  /// Plans a program for a picture size.
  /// - Parameters:
  ///   - kernels: the program's functions, in the order that its steps count them in.
  ///   - parameters: its weights and constants, which must stay in place.
  ///   - threads: at least 1.
  ///   - bandRows: for tests: how many rows at once steps compute that can work in bands.
  ///   - shares: for tests: into how many shares a picture is divided where that is possible.
  /// - Throws: where the size is not accepted or memory is short.
  public init(
    _ program: ProgramDescription, kernels: UnsafePointer<fcn_kernel?>, parameters: UnsafePointer<Float>, height: Int,
    width: Int, threads: Int, bandRows: Int? = nil, shares: Int? = nil
  ) throws(RuntimeFailure) {
    let refusals = program.sizes.refusals(height: height, width: width)
    guard refusals.isEmpty else { throw RuntimeFailure(refusals) }
    guard let sizes = SizePlan(program, height: height, width: width) else {
      throw RuntimeFailure("a size of \(height)x\(width) is not accepted")
    }
    self.program = program
    guard MemoryPlan.isPossible(program, sizes) else {
      throw RuntimeFailure("a picture of \(height)x\(width) pixels is too big", help: "use a smaller picture")
    }
    bands = BandPlan(program, sizes, threads: threads, bandRows: bandRows, shares: shares)
    plan = MemoryPlan(program, sizes, bands)
    guard let memory = fcn_allocate(plan.size * 4) else {
      throw RuntimeFailure(
        "not enough memory: this size needs \(plan.size / 250_000) MB", help: "use a smaller picture")
    }
    guard let pool = fcn_pool_create(threads) else {
      fcn_release(memory)
      throw RuntimeFailure("no thread could be started")
    }
    guard let scratch = ScratchMemory(floats: program.steps.map { $0.scratch }.max() ?? 0, threads: threads) else {
      fcn_release(memory)
      fcn_pool_destroy(pool)
      throw RuntimeFailure("not enough memory for the threads' own", help: "use fewer threads")
    }
    self.scratch = scratch
    self.memory = memory.assumingMemoryBound(to: Float.self)
    self.pool = pool
    self.threads = threads
    steps = UnsafeMutablePointer<StepPlan>.allocate(capacity: max(1, program.steps.count))
    for (index, step) in program.steps.enumerated() {
      let planned = StepPlan(
        step, program: program, plan: plan, sizes: sizes, memory: self.memory, kernel: kernels[step.kernel],
        parameters: parameters + step.parameters, threads: threads, scratch: scratch, tables: &tables)
      steps.advanced(by: index).initialize(to: planned)
    }
    sharedCount = bands.groups.reduce(0) { $0 + $1.sharedSteps }
    shared = UnsafeMutablePointer<StepPlan>.allocate(capacity: max(1, sharedCount))
    var next = 0
    for group in bands.groups where group.sharedSteps > 0 {
      for (share, schedule) in group.schedules.enumerated() {
        for index in group.steps {
          let step = program.steps[index]
          let planned = StepPlan(
            step, program: program, plan: plan, share: share, part: schedule.rows[index - group.steps.lowerBound],
            sizes: sizes, memory: self.memory,
            kernel: kernels[step.kernel], parameters: parameters + step.parameters, threads: threads, scratch: scratch,
            tables: &tables)
          shared.advanced(by: next).initialize(to: planned)
          next += 1
        }
      }
    }
  }

  deinit {
    steps.deinitialize(count: program.steps.count)
    steps.deallocate()
    shared.deinitialize(count: sharedCount)
    shared.deallocate()
    fcn_pool_destroy(pool)
    scratch.release()
    fcn_release(memory)
  }

  /// Bytes that the values of a program occupy at a size; nil where it is not accepted.
  public static func memorySize(_ program: ProgramDescription, height: Int, width: Int) -> Int? {
    guard let sizes = SizePlan(program, height: height, width: width), MemoryPlan.isPossible(program, sizes) else {
      return nil
    }
    return MemoryPlan(program, sizes, BandPlan(program, sizes)).size * 4
  }

  /// Bytes that the values occupy.
  public var memorySize: Int { plan.size * 4 }

  /// Computes the outputs from what stands in the inputs.
  /// - Parameter all: those too that are computed on demand only.
  public func run(all: Bool = true) {
    for port in program.inputs {
      let finish = FinishPlan(plan.views[port.view], memory: memory)
      for row in 0..<plan.views[port.view].height { finish.row(row) }
    }
    var next = 0
    var plans = shared
    for group in bands.groups {
      for index in next..<group.steps.lowerBound { run(step: index, all: all) }
      if group.sharedSteps > 0 {
        run(group, plans, all: all)
        plans += group.sharedSteps
      } else {
        run(group.schedules[0], all: all)
      }
      next = group.steps.upperBound
    }
    for index in next..<program.steps.count { run(step: index, all: all) }
  }

  /// Computes the outputs as `run` does, and measures its steps, which slows it by some tens of nanoseconds for each part
  /// of a step.
  /// - Returns: for each step the seconds that the threads have spent in it, added up.
  public func timedRun(all: Bool = true) -> [Double] {
    let count = program.steps.count * threads
    let stopwatches = UnsafeMutablePointer<StepStopwatch>.allocate(capacity: max(1, count))
    stopwatches.initialize(repeating: StepStopwatch(), count: count)
    defer { stopwatches.deallocate() }
    for step in 0..<program.steps.count { steps[step].stopwatches = stopwatches + step * threads }
    watchShared(stopwatches)
    run(all: all)
    watchShared(nil)
    return (0..<program.steps.count).map { step in
      steps[step].stopwatches = nil
      return (0..<threads).reduce(0) { $0 + stopwatches[step * threads + $1].seconds }
    }
  }

  private func watchShared(_ stopwatches: UnsafeMutablePointer<StepStopwatch>?) {
    var next = 0
    for group in bands.groups where group.sharedSteps > 0 {
      for _ in group.schedules {
        for index in group.steps {
          shared[next].stopwatches = stopwatches.map { $0 + index * threads }
          next += 1
        }
      }
    }
  }

  private func run(step index: Int, all: Bool) {
    if program.steps[index].isOnDemand, !all { return }
    let step = steps.advanced(by: index)
    fcn_pool_run(
      pool, step.pointee.chunks,
      { context, chunk, thread in
        context.assumingMemoryBound(to: StepPlan.self).pointee.run(chunk: chunk, thread: thread)
      }, step)
  }

  /// Each thread works through shares of the picture by itself.
  private func run(_ group: BandPlan.Group, _ plans: UnsafeMutablePointer<StepPlan>, all: Bool) {
    var work = ShareWork(
      schedules: group.schedules, plans: plans, isWanted: group.steps.map { all || !program.steps[$0].isOnDemand })
    withUnsafeMutablePointer(to: &work) { work in
      fcn_pool_run(
        pool, group.schedules.count,
        { context, share, thread in
          context.assumingMemoryBound(to: ShareWork.self).pointee.run(share, thread: thread)
        }, work)
    }
  }

  /// All threads work through the picture together.
  private func run(_ schedule: BandSchedule, all: Bool) {
    var tick = Tick(steps: steps)
    for number in 0..<schedule.ticks {
      tick.cut(schedule, tick: number, threads: threads) { all || !program.steps[$0].isOnDemand }
      let pieces = tick.pieces.count
      withUnsafeMutablePointer(to: &tick) { tick in
        fcn_pool_run(
          pool, pieces,
          { context, piece, thread in
            context.assumingMemoryBound(to: Tick.self).pointee.run(piece, thread: thread)
          }, tick)
      }
    }
  }

  /// Fills all memory with NaN, so that a number that is read before it is written shows.
  public func poison() {
    for index in 0..<plan.size { memory[index] = .nan }
  }

  public func inputSize(_ input: Int) -> (height: Int, width: Int) { size(program.inputs[input].view) }
  public func outputSize(_ output: Int) -> (height: Int, width: Int) { size(program.outputs[output].view) }

  /// The numbers of a row of an input, to be written before `run`.
  public func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float> {
    planarRow(program.inputs[input].view, channel, row)
  }

  public func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    UnsafePointer(planarRow(program.outputs[output].view, channel, row))
  }

  public func tapRow(_ tap: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    UnsafePointer(planarRow(program.taps[tap].view, channel, row))
  }

  private func size(_ view: Int) -> (height: Int, width: Int) { (plan.views[view].height, plan.views[view].width) }

  private func planarRow(_ view: Int, _ channel: Int, _ row: Int) -> UnsafeMutablePointer<Float> {
    let view = plan.views[view]
    return memory + view.origin + row * view.rowStride + channel * view.blockStride
  }
}
