import FCNCore

extension Session {
  /// Kernels, weights and plan of an optimised graph.
  /// - Parameters:
  ///   - graph: its nodes have their weights.
  ///   - algorithms: those that are wanted for some steps, by the step's name.
  /// - Throws: where a stage has no kernel, with its place.
  public static func lower(
    _ graph: Graph, target: Target, accuracy: Accuracy, algorithms: [String: String] = [:]
  ) throws(Failure) -> LoweredProgram {
    do {
      return try Lowerer(graph, target: target, accuracy: accuracy, algorithms: algorithms).lower()
    } catch {
      throw Failure(
        error.rejection.message + (error.origin.range.map { " (\($0.file.path):\($0.start.line))" } ?? ""),
        help: error.rejection.help)
    }
  }
}
