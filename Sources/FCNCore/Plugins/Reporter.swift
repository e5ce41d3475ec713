/// A form in which findings are printed.
public protocol Reporter: Sendable {
  var name: String { get }
  /// The whole report of a run, ending with a line break unless empty.
  func report(_ diagnostics: [Diagnostic]) -> String
  /// A report for people, of the first findings only and the number of the others. Forms for programs do without: they
  /// hold every finding.
  /// - Parameter limit: the most findings to print; nil for all.
  func report(_ diagnostics: [Diagnostic], limit: Int?) -> String
}

extension Reporter {
  public func report(_ diagnostics: [Diagnostic], limit: Int?) -> String { report(diagnostics) }
}
