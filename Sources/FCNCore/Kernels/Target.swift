/// What kernels are compiled for.
public struct Target: Hashable, Sendable {
  /// The name on the command line.
  public var name: String
  /// The clang triple; nil for the machine that compiles.
  public var triple: String?
  /// `-march` for the kernel files.
  public var architecture: String
  /// 32-bit floats in a vector register.
  public var lanes: Int
  /// The `fcn_cpu_feature` bits that a machine must have.
  public var requiredFeatures: UInt64
  /// Output columns that a convolution holds in registers, by the number of channel vectors (index 1 to 4).
  public var columnsPerTile: [Int]
  /// What the choice of algorithms goes by.
  public var cost = CostModel()

  public init(
    name: String, triple: String?, architecture: String, lanes: Int, requiredFeatures: UInt64, columnsPerTile: [Int]
  ) {
    self.name = name
    self.triple = triple
    self.architecture = architecture
    self.lanes = lanes
    self.requiredFeatures = requiredFeatures
    self.columnsPerTile = columnsPerTile
  }

  /// The Swift type of one vector.
  public var vector: String { "SIMD\(lanes)<Float>" }
  /// The suffix of the vector functions in `fcn_vector.h`.
  public var suffix: String { "\(lanes)" }
}
