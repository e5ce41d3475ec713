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
  /// Of the narrower vectors that kernels may use instead, where most channels would leave the wide ones half empty.
  public var narrowLanes: Int?
  /// Vector registers.
  public var registers: Int
  /// The `fcn_cpu_feature` bits that a machine must have.
  public var requiredFeatures: UInt64
  /// Output columns that a convolution holds in registers, by the number of channel vectors (index 1 to 4).
  public var columnsPerTile: [Int]
  /// Fewer of them for rows that tiles of that width would overrun; 0 where that is no gain.
  public var narrowColumnsPerTile: [Int]
  /// What the choice of algorithms goes by.
  public var cost = CostModel()

  public init(
    name: String, triple: String?, architecture: String, lanes: Int, narrowLanes: Int? = nil, registers: Int,
    requiredFeatures: UInt64, columnsPerTile: [Int],
    narrowColumnsPerTile: [Int] = [0, 0, 0, 0, 0]
  ) {
    self.name = name
    self.triple = triple
    self.architecture = architecture
    self.lanes = lanes
    self.narrowLanes = narrowLanes
    self.registers = registers
    self.requiredFeatures = requiredFeatures
    self.columnsPerTile = columnsPerTile
    self.narrowColumnsPerTile = narrowColumnsPerTile
  }

  /// The widths of the tiles of a convolution, in columns, the greatest first.
  public func tileWidths(_ vectors: Int) -> [Int] {
    [columnsPerTile[vectors], narrowColumnsPerTile[vectors]].filter { $0 > 0 }
  }

  /// The same with its narrower vectors.
  public var narrowed: Target? {
    guard let narrowLanes else { return nil }
    var result = self
    result.lanes = narrowLanes
    result.narrowLanes = nil
    return result
  }

  /// The Swift type of one vector.
  public var vector: String { "SIMD\(lanes)<Float>" }
  /// The suffix of the vector functions in `fcn_vector.h`.
  public var suffix: String { "\(lanes)" }
}
