import FCNRuntime

/// What a network costs: weights, arithmetic and memory, as formulas in the size of the image.
public struct NetworkCost: Sendable {
  /// The numbers of all weights; shared ones count once.
  public let parameters: Int
  public let multiplyAdds: SizePolynomial
  /// The bytes of the values that are alive at once where that is most (for large images); rows are padded and values
  /// placed without overlap, so a program takes a little more. Nil where the network has stages without a kernel.
  public let memory: SizePolynomial?
  /// The value that is computed when the memory is greatest.
  public let memoryPeak: String?
  /// Why no program can be made.
  public let refusal: String?
  private let program: ProgramDescription?

  /// - Parameters:
  ///   - graph: as the author wrote it.
  ///   - optimize: the graph that a program would be made from, for one with weights.
  public init(_ graph: Graph, target: Target, optimize: (Graph) -> Graph) {
    parameters = graph.parameterCount
    multiplyAdds = graph.multiplyAdds
    do {
      var sink = DiagnosticSink()
      let bound = optimize(RandomWeights.bind(graph, seed: 1, report: &sink))
      let lowered = try Lowerer(bound, target: target).lower()
      let peak = Self.peak(lowered)
      (memory, memoryPeak, refusal, program) = (peak.memory, peak.value, nil, lowered.description)
    } catch {
      (memory, memoryPeak, refusal, program) = (nil, nil, error.rejection.message, nil)
    }
  }

  /// The bytes that a program takes for its values at an image size; nil where there is none.
  public func programMemory(height: Int, width: Int) -> Int? {
    program.flatMap { Execution.memorySize($0, height: height, width: width) }
  }

  /// The values alive at the step where they take most for a large image.
  private static func peak(_ lowered: LoweredProgram) -> (memory: SizePolynomial, value: String?) {
    let program = lowered.description
    var first = [Int](repeating: .max, count: program.buffers.count)
    var last = [Int](repeating: -1, count: program.buffers.count)
    func use(_ view: Int, at step: Int) {
      let buffer = program.views[view].buffer
      first[buffer] = min(first[buffer], step)
      last[buffer] = max(last[buffer], step)
    }
    for port in program.inputs { use(port.view, at: -1) }
    for (position, step) in program.steps.enumerated() {
      for view in step.outputs + step.operands.map(\.view) { use(view, at: position) }
    }
    for port in program.outputs { use(port.view, at: program.steps.count) }
    var best = SizePolynomial()
    var greatest = -1.0
    var value: String?
    for (position, step) in program.steps.enumerated() {
      var memory = SizePolynomial()
      var size = 0.0
      for (index, buffer) in program.buffers.enumerated() where first[index] <= position && position <= last[index] {
        let (height, width) = (lowered.extents[buffer.height], lowered.extents[buffer.width])
        memory.add(4 * buffer.blocks * buffer.lanes, height: height, width: width)
        let rows = Double(height.slope) / Double(height.period)
        let columns = Double(width.slope) / Double(width.period)
        // Sizes that do not grow count for a pixel of a large image as good as nothing.
        size += Double(buffer.blocks * buffer.lanes) * max(rows, 1e-6) * max(columns, 1e-6)
      }
      if size > greatest { (best, greatest, value) = (memory, size, step.name) }
    }
    return (best, value)
  }
}
