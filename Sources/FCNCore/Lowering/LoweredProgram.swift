import FCNRuntime

/// What is known of a step beside what it takes to run it.
public struct StepFacts: Sendable {
  /// How it is computed, in words for people.
  public var algorithm: String
  /// The algorithms that would serve, the least predicted cost first; empty where there is but one.
  public var algorithms: [String]
  /// Multiply-adds for each position of the output, by the definition of the stage.
  public var multiplyAdds: Int
  /// What the kernel is predicted to take; nil where moving its numbers is all that it does.
  public var cost: KernelCost?
}

/// A network as kernels, weights and a plan: what a backend writes out.
public struct LoweredProgram: Sendable {
  public var description: ProgramDescription
  /// The kernels in the order in which the description counts them, each text once.
  public var kernels: [any Kernel]
  /// The weights and constants in the order in which the description counts them.
  public var parameters: ParameterList
  /// What is known of the steps, in the order of the description.
  public var steps: [StepFacts]
  public var target: Target
  /// What the extents of the description are, in its order.
  public var extents: [Extent]

  public init(
    description: ProgramDescription, kernels: [any Kernel], parameters: ParameterList, steps: [StepFacts],
    target: Target, extents: [Extent] = []
  ) {
    self.extents = extents
    self.steps = steps
    self.description = description
    self.kernels = kernels
    self.parameters = parameters
    self.target = target
  }

  /// Makes taps of the outputs behind the first ones, which the network itself has (`Graph.showingNamedValues`).
  public mutating func turnIntoTaps(outputsFrom count: Int) {
    description.taps = description.outputs[count...].map { port in
      .init(
        view: port.view, description: TapDescription(name: port.description.name, channels: port.description.channels))
    }
    description.outputs.removeSubrange(count...)
  }

  /// The name of kernel `index` as a symbol.
  public static func symbol(_ index: Int) -> String { "fcn_kernel_\(index)" }

  /// The Swift text of all kernels.
  public var kernelText: String {
    var writer = SwiftWriter()
    writer.line("import CFCNRuntime")
    for (index, kernel) in kernels.enumerated() {
      kernel.emit(name: Self.symbol(index), into: &writer, target: target)
    }
    return writer.text
  }
}
