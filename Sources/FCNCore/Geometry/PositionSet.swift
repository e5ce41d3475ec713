/// Positions along an axis, as runs of neighbours: exact, and small where they lie close together.
struct PositionSet: Sendable {
  /// The runs before the last one, ascending, with a gap between any two.
  private var earlier: [ClosedRange<Int>] = []
  private var last: ClosedRange<Int>?

  init() {}
  init(_ run: ClosedRange<Int>) { last = run }

  var isEmpty: Bool { last == nil }
  var runCount: Int { last == nil ? 0 : earlier.count + 1 }

  /// From the least to the greatest position; nil where there is none.
  var hull: ClosedRange<Int>? {
    guard let last else { return nil }
    return (earlier.first ?? last).lowerBound...last.upperBound
  }

  func forEachRun(_ body: (ClosedRange<Int>) -> Void) {
    for run in earlier { body(run) }
    if let last { body(last) }
  }

  /// Inserts the positions from `low` to `high`, if there are any.
  mutating func insert(_ low: Int, through high: Int) {
    if low <= high { insert(low...high) }
  }

  mutating func insert(_ run: ClosedRange<Int>) {
    guard let last else {
      self.last = run
      return
    }
    if run.lowerBound > last.upperBound + 1 {
      earlier.append(last)
      self.last = run
    } else if run.lowerBound >= last.lowerBound {
      if run.upperBound > last.upperBound { self.last = last.lowerBound...run.upperBound }
    } else {
      insertBefore(run)
    }
  }

  /// Inserts a run that begins before the last one.
  private mutating func insertBefore(_ run: ClosedRange<Int>) {
    var merged = run
    var behind: [ClosedRange<Int>] = []
    var rest = last
    while let next = rest, next.upperBound >= run.lowerBound - 1 {
      if next.lowerBound > merged.upperBound + 1 {
        behind.append(next)
      } else {
        merged = min(next.lowerBound, merged.lowerBound)...max(next.upperBound, merged.upperBound)
      }
      rest = earlier.popLast()
    }
    if let rest { earlier.append(rest) }
    earlier.append(merged)
    earlier += behind.reversed()
    last = earlier.popLast()
  }
}
