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
      let programs = try [target, target.narrowed].compactMap { $0 }.map { target throws(Lowerer.Failure) in
        try Lowerer(graph, target: target, accuracy: accuracy, algorithms: algorithms).lower()
      }
      // The wide vectors come first: where the prediction is the same they are taken.
      return programs.min { $0.predicted < $1.predicted } ?? programs[0]
    } catch {
      throw Failure(
        error.rejection.message + (error.origin.range.map { " (\($0.file.path):\($0.start.line))" } ?? ""),
        help: error.rejection.help)
    }
  }
}

extension LoweredProgram {
  /// Seconds on one thread at a usual picture size, by the cost model.
  fileprivate var predicted: Double {
    NetworkProfile(self, accuracy: .normal, height: 512, width: 512, threads: 1).steps.reduce(0) { $0 + $1.predicted }
  }
}
