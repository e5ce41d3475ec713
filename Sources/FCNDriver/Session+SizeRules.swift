import FCNCore
import FCNRuntime

extension Session {
  /// The size rules of a graph as the author wrote it, for the program and for the interpreter.
  public static func sizeRules(of graph: Graph) throws(Failure) -> SizeRules {
    do {
      return try SizeRules(of: graph)
    } catch {
      throw Failure(
        "the sizes that `\(graph.name)` accepts repeat only after more than \(Extent.periodLimit) pixels",
        help: "use strides with a common multiple that is less")
    }
  }
}
