/// The constants of the cost model for a kind of processor, each measured with a kernel on data in the cache.
public struct CostModel: Hashable, Sendable {
  /// The part of the multiply-add peak that a direct convolution reaches.
  public var directEfficiency = 0.93
  /// A convolution of each channel by itself: bound by its loads.
  public var depthwiseEfficiency = 0.6

  public init() {}
}
