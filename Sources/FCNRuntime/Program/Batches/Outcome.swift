import CFCNRuntime

/// What became of a picture or frame: a row of the report.
struct Outcome {
  enum Status {
    case done, skipped, failed

    var word: String {
      switch self {
      case .done: "done"
      case .skipped: "skipped"
      case .failed: "failed"
      }
    }
  }

  /// The picture; `-` for a frame of standard input.
  var file: String
  /// The number of a frame, from 1; nil for a picture.
  var frame: Int?
  var status = Status.done
  var failure: RuntimeFailure?
  /// What is told of it beside.
  var note: String?
  /// The measures of the picture as it came.
  var height: Int?
  var width: Int?
  /// The size that entered the network, as HEIGHTxWIDTH.
  var size = ""
  /// Milliseconds; nil for what it did not come to.
  var reading: Double?
  var network: Double?
  var writing: Double?
  /// The files that were written.
  var written: [String] = []
  /// What is reported of the answers; nil where there were none.
  var results: [ReportField]?

  init(file: String, frame: Int? = nil) {
    self.file = file
    self.frame = frame
  }

  /// How texts call it.
  var name: String { frame.map { "frame \($0)" } ?? file }

  var milliseconds: Double { (reading ?? 0) + (network ?? 0) + (writing ?? 0) }

  /// The same fields whatever became of it, but for the results.
  var row: ReportValue {
    var fields: [ReportField] = [ReportField("file", .text(file))]
    if let frame { fields.append(ReportField("frame", .integer(frame))) }
    fields += [
      ReportField("status", .text(status.word)), ReportField("error", failure.map { .text($0.message) } ?? .missing),
      ReportField("height", height.map { .integer($0) } ?? .missing),
      ReportField("width", width.map { .integer($0) } ?? .missing),
      ReportField(
        "milliseconds",
        .record([
          ReportField("reading", time(reading)), ReportField("network", time(network)),
          ReportField("writing", time(writing)),
        ])
      ), ReportField("written", .list(written.map { .text($0) })), ReportField("results", .record(results ?? [])),
    ]
    return .record(fields)
  }

  /// To the microsecond.
  private func time(_ milliseconds: Double?) -> ReportValue {
    milliseconds.map { .number(($0 * 1000).rounded() / 1000) } ?? .missing
  }
}

/// Takes the time of one piece of work after the other.
struct Stopwatch {
  private var start = fcn_now()

  /// Milliseconds since the last call or the begin.
  mutating func lap() -> Double {
    let now = fcn_now()
    defer { start = now }
    return (now - start) * 1000
  }
}
