import FCNCore
import FCNStandard
import Testing

@Suite struct StageSizeTests {
  /// The shape rules, worked out once for every image size, give the sizes of PyTorch and ONNX Runtime for every single
  /// one from 1 to 64, and refuse the sizes that those refuse.
  @Test func rulesGiveTheSizesOfTheFrameworks() throws {
    let cases = try SizeCase.all()
    #expect(cases.count >= 1000)
    for (index, configuration) in cases.enumerated() {
      let differences = try configuration.differences()
      #expect(
        differences.isEmpty,
        "line \(index + 2), `\(configuration.stage)`, \(configuration.source): \(differences.joined(separator: "; "))")
    }
  }

  /// The table is whole, and what differs from a framework on purpose differs and has a reason.
  @Test func everyLineHasEverySize() throws {
    for (index, configuration) in try SizeCase.all().enumerated() {
      let lists = configuration.sizes + (configuration.ours ?? [])
      #expect(lists.allSatisfy { $0.count == 64 }, "line \(index + 2)")
      #expect((configuration.ours == nil) == (configuration.reason == nil), "line \(index + 2)")
      #expect(configuration.ours != configuration.sizes, "line \(index + 2)")
    }
  }

  /// Every stage has a configuration for which some size is valid.
  @Test func everyStageHasAConfiguration() throws {
    let covered = Set(try SizeCase.all().filter { $0.sizes.joined().contains { $0 != nil } }.map(\.stage))
    for stage in StandardPlugin.stages where !(stage is any AnswerStage.Type) {
      #expect(covered.contains(stage.signature.name), "\(stage.signature.name)")
    }
  }
}
