import FCNConformance
import FCNCore
import FCNStandard
import Testing

/// Stages that do what they declare are accused of nothing.
@Suite struct RightStagesTests {
  static let builtIn = StandardPlugin.stages.map { $0.signature.name }

  @Test(arguments: builtIn, [1, 2, 3] as [UInt64])
  func everyBuiltInStageDoesWhatItDeclares(name: String, seed: UInt64) throws {
    let stage = try #require(Registry([StandardPlugin.self]).stages[name])
    for fault in Conformance.faults(of: stage, seed: seed) { Issue.record("seed \(seed): \(fault)") }
  }

  @Test(arguments: RightStages.all.indices, [1, 2, 3] as [UInt64])
  func everyRightPluginDoesWhatItDeclares(index: Int, seed: UInt64) {
    for fault in Conformance.faults(of: RightStages.all[index], seed: seed) { Issue.record("seed \(seed): \(fault)") }
  }
}
