/// A rule that looks at a whole network that has no errors.
public protocol LintRule: Sendable {
  /// The kebab-case name; states the bad thing.
  var id: DiagnosticID { get }
  /// One line.
  var summary: String { get }
  /// Network texts that the rule finds fault with, and texts that it does not; they are its tests and its manual.
  var examples: (bad: [String], good: [String]) { get }
  func check(_ network: AnalyzedNetwork, report: inout DiagnosticSink)
}

/// A network that was read without errors: its text and its graph.
public struct AnalyzedNetwork: Sendable {
  public var syntax: NetworkSyntax
  public var graph: Graph

  public init(syntax: NetworkSyntax, graph: Graph) {
    self.syntax = syntax
    self.graph = graph
  }
}
