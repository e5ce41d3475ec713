extension Interpreter {
  /// A run, one node after the other, for those who look at the values on the way.
  public struct Walk {
    private let interpreter: Interpreter
    private let isNeeded: [Bool]
    private let sizes: [Size]
    private let lastUses: [Graph.ValueID: Int]
    private var live: [Graph.ValueID: Tensor] = [:]
    private var position = -1

    /// - Parameters:
    ///   - inputs: in the order of the graph's.
    ///   - values: what is computed besides the outputs and what they depend on.
    /// - Throws: where an input's channels or size are not what the graph takes.
    public init(
      _ interpreter: Interpreter, _ inputs: [Tensor], computing values: [Graph.ValueID] = []
    ) throws(Failure) {
      let graph = interpreter.graph
      self.interpreter = interpreter
      // A value that no output depends on may not even exist for this size.
      isNeeded = graph.ancestors(of: graph.outputs.map(\.value) + values)
      sizes = try interpreter.sizes(for: inputs, isNeeded)
      var lastUses: [Graph.ValueID: Int] = [:]
      for (index, node) in graph.nodes.enumerated() where isNeeded[index] {
        for value in node.inputs { lastUses[value] = index }
      }
      // Outputs are read by the caller, at the end.
      for output in graph.outputs { lastUses[output.value] = .max }
      self.lastUses = lastUses
      for (input, tensor) in zip(graph.inputs, inputs) { live[input.value] = tensor }
    }

    /// Computes the next node and gives its position; nil behind the last one. What the node before was the last to read,
    /// or gave and nothing reads, is freed.
    /// - Throws: where a stage breaks its shape rule.
    public mutating func step() throws(Failure) -> Int? {
      let graph = interpreter.graph
      if graph.nodes.indices.contains(position) {
        let node = graph.nodes[position]
        for value in node.inputs + node.outputs where lastUses[value, default: position] <= position {
          live[value] = nil
        }
      }
      repeat { position += 1 } while position < graph.nodes.count && !isNeeded[position]
      guard position < graph.nodes.count else { return nil }
      let node = graph.nodes[position]
      let results = try interpreter.evaluate(node, on: node.inputs.compactMap { live[$0] }, sizes: sizes)
      for (value, result) in zip(node.outputs, results) { live[value] = result }
      return position
    }

    /// The channels, rows and columns of a value; no rows and columns where it is not computed.
    public func shape(of value: Graph.ValueID) -> [Int] {
      [sizes[value].channels, sizes[value].height, sizes[value].width]
    }

    /// The numbers of a value: an input, an output of the node that was computed last, or what a later node reads.
    public subscript(value: Graph.ValueID) -> Tensor? { live[value] }
  }
}
