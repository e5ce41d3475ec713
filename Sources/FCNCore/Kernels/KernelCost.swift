/// The predicted time of a kernel, for each pixel of its output.
public struct KernelCost: Hashable, Sendable {
  /// Cycles of one core.
  public var cycles: Double

  public init(cycles: Double) { self.cycles = cycles }

  /// - Parameters:
  ///   - multiplyAdds: vector operations, of which a core does two in a cycle.
  ///   - efficiency: the part of that peak that the kernel reaches.
  public init(multiplyAdds: Double, efficiency: Double) { self.init(cycles: multiplyAdds / 2 / efficiency) }
}
