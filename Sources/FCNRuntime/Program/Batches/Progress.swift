/// How far a run over many pictures or frames has come.
struct Progress {
  /// nil where nobody knows, as with a stream.
  var total: Int?
  var done = 0
  var skipped = 0
  var failed = 0

  init(total: Int?) { self.total = total }

  mutating func add(_ status: Outcome.Status) {
    switch status {
    case .done: done += 1
    case .skipped: skipped += 1
    case .failed: failed += 1
    }
  }

  private var count: Int { done + skipped + failed }

  /// A line of at most `width` characters: a bar where there is room and an end, counts, the rate, the time left. What was
  /// skipped took no time and says nothing of what is to come.
  func line(seconds: Double, width: Int) -> String {
    var text = "\(count)"
    if let total { text += "/\(total)" }
    let worked = done + failed
    if worked > 0, seconds > 0 {
      text += ", " + rate(worked, seconds)
      if let total { text += ", " + Progress.time(Double(total - count) * seconds / Double(worked)) + " left" }
    }
    if failed > 0 { text += ", \(failed) failed" }
    let room = min(width - text.utf8.count - 3, 40)
    guard let total, room >= 10 else { return String(decoding: text.utf8.prefix(max(width, 0)), as: UTF8.self) }
    let full = total > 0 ? room * count / total : room
    let bar = (0..<room).map { UInt8($0 < full ? 0x23 : 0x2E) }
    return "[" + String(decoding: bar, as: UTF8.self) + "] " + text
  }

  /// What became of all of them.
  func summary(seconds: Double) -> String {
    let noun = total == nil ? "frame(s)" : "picture(s)"
    var text = "\(count) \(noun): \(done) done"
    if skipped > 0 { text += ", \(skipped) skipped" }
    if failed > 0 { text += ", \(failed) failed" }
    text += " in " + String(seconds, decimals: 1) + " s"
    return done + failed > 0 && seconds > 0 ? text + " (" + rate(done + failed, seconds) + ")" : text
  }

  private func rate(_ count: Int, _ seconds: Double) -> String {
    count >= Int(seconds)
      ? String(Double(count) / seconds, decimals: 1) + " a second"
      : String(seconds / Double(count), decimals: 1) + " s each"
  }

  /// Seconds as hours, minutes and seconds.
  static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(), 1e9))
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return (hours > 0 ? "\(hours):" + two(minutes) : "\(minutes)") + ":" + two(whole % 60)
  }
}
