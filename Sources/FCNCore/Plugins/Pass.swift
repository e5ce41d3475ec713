/// A rewriting of a graph whose nodes have their weights: a pure function that keeps the meaning.
public protocol Pass: Sendable {
  /// In kebab-case, as `fcnc explain` lists it.
  var name: String { get }
  /// One line: what is rewritten to what.
  var summary: String { get }
  /// The new graph, and a line for people about each thing that was done.
  func run(_ graph: Graph) -> (graph: Graph, remarks: [String])
}
