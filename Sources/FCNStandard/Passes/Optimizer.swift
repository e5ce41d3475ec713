import FCNCore

/// The passes in their order: the story of how a network becomes faster before it is lowered.
public enum Optimizer {
  public static let passes: [any Pass] = [
    // What no output needs costs nothing.
    RemoveDeadNodes(),
    // Dropout and the like do nothing when a network is used.
    DropIdentities(),
    // A batch norm behind a convolution is a convolution with other weights.
    FoldChannelAffine(),
    // What is pointwise is done while the numbers are still in registers.
    FuseEpilogues(),
  ]

  /// Runs all passes, each on what the one before gives.
  public static func optimize(_ graph: Graph) -> (graph: Graph, remarks: [(pass: String, remark: String)]) {
    var graph = graph
    var remarks: [(pass: String, remark: String)] = []
    for pass in passes {
      let result = pass.run(graph)
      graph = result.graph
      remarks += result.remarks.map { (pass.name, $0) }
    }
    return (graph, remarks)
  }
}
