import CFCNRuntime
import FCNCore

extension Target {
  /// The bits of `fcn_cpu_features`.
  public enum Feature {
    public static let sse42: UInt64 = 1
    public static let avx2: UInt64 = 2
    public static let fma: UInt64 = 4
    public static let avx512: UInt64 = 8
  }

  /// 128-bit vectors; every 64-bit x86 since 2009. A multiply-add that is not fused needs a register for the product, so
  /// a tile of 4 x 3 spills and is a sixth slower than 4 x 2.
  public static let x86v2 = Target(
    name: "x86-64-v2", triple: nil, architecture: "x86-64-v2", lanes: 4, registers: 16, requiredFeatures: Feature.sse42,
    columnsPerTile: [1, 8, 4, 3, 2])

  /// 256-bit vectors with fused multiply-add; every x86 since 2013 (Haswell) and 2015 (Excavator).
  public static let x86v3 = Target(
    name: "x86-64-v3", triple: nil, architecture: "x86-64-v3", lanes: 8, registers: 16,
    requiredFeatures: Feature.sse42 | Feature.avx2 | Feature.fma, columnsPerTile: [1, 12, 6, 4, 3],
    narrowColumnsPerTile: [0, 8, 4, 0, 0])

  /// 512-bit vectors with 32 registers; servers by Intel since 2017, by AMD since 2022.
  public static let x86v4 = Target(
    name: "x86-64-v4", triple: nil, architecture: "x86-64-v4", lanes: 16, narrowLanes: 8, registers: 32,
    requiredFeatures: Feature.sse42 | Feature.avx2 | Feature.fma | Feature.avx512, columnsPerTile: [1, 12, 12, 8, 6],
    narrowColumnsPerTile: [0, 8, 8, 5, 4])

  /// 128-bit vectors with 32 registers.
  public static let arm64 = Target(
    name: "arm64", triple: nil, architecture: "armv8-a", lanes: 4, registers: 32, requiredFeatures: 0,
    columnsPerTile: [1, 12, 8, 6, 4])

  /// By name, as `--target` offers them.
  public static let known: [Target] = [arm64, x86v2, x86v3, x86v4]
}

extension Target {
  /// True for the 64-bit ARM architecture.
  var isArm: Bool { architecture.hasPrefix("arm") }

  /// True where programs for the target can be linked here: the libraries of other architectures are not at hand.
  public var canBeLinkedHere: Bool {
    #if arch(arm64)
      return architecture.hasPrefix("arm")
    #else
      return architecture.hasPrefix("x86")
    #endif
  }

  /// True where kernels for the target run on this machine.
  public var canRunHere: Bool { canBeLinkedHere && requiredFeatures & ~fcn_cpu_features() == 0 }

  /// The best known target that this machine can run.
  public static var native: Target {
    #if arch(arm64)
      return .arm64
    #else
      let features = fcn_cpu_features()
      if x86v4.requiredFeatures & ~features == 0 { return .x86v4 }
      return x86v3.requiredFeatures & ~features == 0 ? .x86v3 : .x86v2
    #endif
  }
}
