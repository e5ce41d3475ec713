/// The work of a group of steps, cut into shares of the picture that any thread may do by itself.
struct ShareWork {
  let schedules: [BandSchedule]
  /// Share after share, in each step after step.
  let plans: UnsafeMutablePointer<StepPlan>
  /// Whether each step is computed at all.
  let isWanted: [Bool]

  func run(_ share: Int, thread: Int) {
    let schedule = schedules[share]
    let steps = plans + share * schedule.steps.count
    for tick in 0..<schedule.ticks {
      for step in 0..<schedule.steps.count where isWanted[step] {
        let rows = schedule.rows(step, tick: tick)
        if !rows.isEmpty { steps[step].run(rows: rows, blocks: 0..<steps[step].blocks, thread: thread) }
      }
    }
  }
}
