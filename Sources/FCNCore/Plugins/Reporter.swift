/// A form in which findings are printed.
public protocol Reporter: Sendable {
  var name: String { get }
  /// The whole report of a run, ending with a line break unless empty.
  func report(_ diagnostics: [Diagnostic]) -> String
}
