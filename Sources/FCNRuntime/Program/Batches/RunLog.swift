import CFCNRuntime

/// What is told of a run over pictures or frames: a line for each, or a bar on a terminal; the rows of the report; the sum
/// at the end.
struct RunLog {
  private let console: Console
  private let report: ReportFile?
  private var progress: Progress
  private let isMany: Bool
  /// Whether each picture has a line of its own.
  private let hasLines: Bool
  private let hasBar: Bool
  private let isQuiet: Bool
  private let start = fcn_now()
  private var lastDrawn = 0.0

  /// - Parameter total: the number of pictures; nil for a stream, of whose frames only a bar and the sum tell.
  init(total: Int?, _ options: Options, _ console: Console) throws(RuntimeFailure) {
    self.console = console
    isMany = total != 1
    isQuiet = options.isQuiet
    hasBar = isMany && !isQuiet && console.width > 0
    hasLines = !isQuiet && !hasBar && total != nil
    progress = Progress(total: total)
    if let path = options.report {
      report = try ReportFile(path, continues: options.skipsExisting, console: console)
    } else {
      report = nil
    }
    draw()
  }

  var hasFailures: Bool { progress.failed > 0 }

  /// Tells what became of a picture or frame.
  /// - Throws: where the report cannot be written.
  mutating func add(_ outcome: Outcome) throws(RuntimeFailure) {
    progress.add(outcome.status)
    let isNoted = hasLines || !isQuiet && !hasBar && outcome.frame == 1
    if let note = outcome.note, isNoted { console.report("\(outcome.name): \(note)") }
    if let failure = outcome.failure { console.report(failure) }
    if hasLines, outcome.status == .done {
      console.report("\(outcome.name): \(outcome.size) in \(String(outcome.milliseconds, decimals: 1)) ms")
    } else if hasLines, outcome.status == .skipped {
      console.report("\(outcome.name): skipped, its answers are there")
    }
    try report?.add(outcome.row, isWhole: outcome.status == .done)
    if fcn_now() - lastDrawn >= 0.1 { draw() }
  }

  /// Tells what became of all of them.
  mutating func end() throws(RuntimeFailure) {
    try report?.finish()
    clear()
    if isMany, !isQuiet { console.report(progress.summary(seconds: fcn_now() - start)) }
  }

  /// Takes the bar away.
  func clear() { if hasBar { console.show(status: "") } }

  private mutating func draw() {
    guard hasBar else { return }
    lastDrawn = fcn_now()
    // The last column stays free: terminals differ in what they do behind it.
    console.show(status: progress.line(seconds: lastDrawn - start, width: console.width - 1))
  }
}
