/// The constants of the cost model for a kind of processor, each measured with a kernel on data in the cache.
public struct CostModel: Hashable, Sendable {
  /// The part of the multiply-add peak that a direct convolution reaches.
  public var directEfficiency = 0.93
  /// A convolution of each channel by itself: bound by its loads.
  public var depthwiseEfficiency = 0.6
  /// The part of the peak that a matrix product on packed planes reaches.
  public var matrixEfficiency = 0.93
  /// The part of the peak that a convolution with input channels in its lanes reaches, and the operations that add up
  /// the lanes of one of its results.
  public var fewOutputsEfficiency = 0.85
  public var totalOperations = 5.0
  /// Cycles for each vector of eight products that a minimal filtering algorithm transforms, on its way in and out.
  public var inputTransformCycles = 5.4
  public var outputTransformCycles = 4.4
  /// Tiles of a batch of minimal filtering: for the square root of the weights' bytes, at least and at most.
  public var batchOfWeights = 1.0 / 85
  public var smallestBatch = 12
  public var largestBatch = 69
  /// Bytes that a core reads and writes in a cycle, from whichever cache or memory they happen to lie in.
  public var bytesPerCycle = 6.0
  /// Cycles in a second. Algorithms are compared without it.
  public var clock = 3.5e9

  public init() {}
}
