/// The findings of a run that are printed for people: who has hundreds mends the first ones and runs again.
public struct FindingExcerpt: Sendable {
  /// The findings to print, in the order of their places.
  public let shown: [Diagnostic]
  /// How many are left out.
  public let omitted: Int

  /// As many findings as are printed unless all are asked for.
  public static let usualLimit = 20

  /// - Parameter limit: the most findings to print, errors before the others; nil for all.
  public init(_ diagnostics: [Diagnostic], limit: Int?) {
    guard let limit, diagnostics.count > limit else {
      shown = diagnostics
      omitted = 0
      return
    }
    var chosen: Set<Int> = []
    for severity in Diagnostic.Severity.allCases.reversed() {
      for (index, diagnostic) in diagnostics.enumerated() where diagnostic.severity == severity {
        if chosen.count == limit { break }
        chosen.insert(index)
      }
    }
    shown = chosen.sorted().map { diagnostics[$0] }
    omitted = diagnostics.count - shown.count
  }

  /// What is said of the findings left out; nil where there are none.
  public var remark: String? { omitted == 0 ? nil : "and \(omitted) more; `--all-findings` prints them" }
}
