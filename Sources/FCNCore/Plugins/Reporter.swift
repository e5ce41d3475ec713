/// A form in which findings are printed.
public protocol Reporter: Sendable {
  var name: String { get }
  /// The whole report of a run, ending with a line break unless empty.
  func report(_ findings: FindingReport) -> String
}

extension Reporter {
  /// The report of findings about which no more is known.
  public func report(_ diagnostics: [Diagnostic], limit: Int? = nil) -> String {
    report(FindingReport(diagnostics, limit: limit))
  }
}
