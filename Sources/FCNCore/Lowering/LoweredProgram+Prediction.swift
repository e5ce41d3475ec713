extension LoweredProgram {
  /// What a step works on at a picture size and what the cost model makes of it.
  public struct Prediction: Sendable {
    /// The rows and columns of its output.
    public var height: Int
    public var width: Int
    /// What it reads, weights included, and writes, in floats.
    public var numbers: Double
    /// Cycles of one core.
    public var cycles: Double

    public var positions: Double { Double(height * width) }
  }

  /// - Parameters:
  ///   - step: by its position in the description.
  ///   - height, width: of the pictures.
  public func prediction(_ step: Int, height: Int, width: Int) -> Prediction {
    let step = (description: description.steps[step], cost: steps[step].cost)
    func size(_ view: Int) -> (height: Int, width: Int, lanes: Int) {
      let view = description.views[view]
      let buffer = description.buffers[view.buffer]
      return (
        description.extents[buffer.height].value(at: height) ?? 0,
        description.extents[buffer.width].value(at: width) ?? 0, view.blocks * buffer.lanes
      )
    }
    let output = size(step.description.outputs[0])
    let views = Set(step.description.outputs + step.description.operands.map(\.view))
    let numbers = views.reduce(Double(step.description.numbers)) { sum, view in
      let size = size(view)
      return sum + Double(size.height * size.width * size.lanes)
    }
    let cycles = (step.cost?.cycles ?? 0) * Double(output.height * output.width)
    return Prediction(
      height: output.height, width: output.width, numbers: numbers,
      cycles: max(cycles, numbers * 4 / target.cost.bytesPerCycle))
  }

  /// Cycles of one core for all steps of a run at a picture size.
  func predictedCycles(height: Int, width: Int) -> Double {
    description.steps.indices.filter { !description.steps[$0].isOnDemand }
      .reduce(0) { $0 + prediction($1, height: height, width: width).cycles }
  }
}
