import FCNCore
import FCNStandard
import Testing

@Suite struct StageSizeTests {
  /// Stages of the table that may not be registered.
  static let awaited: Set = ["adaptive_avgpool", "sqrt"]

  /// The shape rules, worked out once for every image size, give the sizes of PyTorch and ONNX Runtime for every single
  /// one from 1 to 64, and refuse the sizes that those refuse.
  @Test func rulesGiveTheSizesOfTheFrameworks() throws {
    let cases = try SizeCase.all()
    #expect(cases.count >= 1000)
    let registered = Set(StandardPlugin.stages.map { $0.signature.name })
    for (index, configuration) in cases.enumerated() {
      if Self.awaited.contains(configuration.stage), !registered.contains(configuration.stage) { continue }
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

  /// What neither framework has as an operation of its own.
  static let ours: Set<String> = ["position_embedding"]

  /// Every stage has a configuration for which some size is valid.
  @Test func everyStageHasAConfiguration() throws {
    let covered = Set(try SizeCase.all().filter { $0.sizes.joined().contains { $0 != nil } }.map(\.stage))
    for stage in StandardPlugin.stages where !Self.ours.contains(stage.signature.name) {
      #expect(covered.contains(stage.signature.name), "\(stage.signature.name)")
    }
  }
}
