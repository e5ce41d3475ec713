import FCNCore
import FCNStandard
import Testing

/// The three judgements, and the stage that decides each.
@Suite struct VerdictTests {
  private func verdict(_ body: String, input: String = "input image[4]") throws -> Verdict {
    let result = Elaborated("network n\n\(input)\n\(body)\n", plugin: StandardPlugin.self)
    return Verdict(of: try #require(result.graph, "\(result.diagnostics.map(\.message))"))
  }

  /// A network, and the stages that keep it from being of any size, equivariant and local.
  @Test(arguments: [
    ("output y: raw = image -> conv(4, kernel: 3, pad: same) -> maxpool(2) -> softmax", [], [], []),
    ("output y: raw = image -> conv(4, kernel: 3, stride: 2, pad: same_tf)", [], [], []),
    ("output y: raw = image -> upsample([3, 2], mode: bilinear, grid: half_pixel)", [], [], []),
    ("output y: raw = image * (image -> global_mean -> sigmoid)", [], ["global_mean"], ["global_mean"]),
    ("output y: raw = image -> upsample(2, mode: bilinear, grid: align_corners)", [], ["upsample"], []),
    (
      "output y: raw = image -> maxpool(2, round: ceil) -> upsample(like: image, mode: bilinear, grid: half_pixel)", [],
      ["upsample"], []
    ),
    (
      "output y: raw = image -> adaptive_avgpool(2) -> upsample(like: image, mode: nearest, grid: half_pixel)", [],
      ["adaptive_avgpool", "upsample"], ["adaptive_avgpool", "upsample"]
    ),
    ("output y: raw = image -> dense(3)", ["dense"], ["dense"], ["dense"]),
    ("output y: raw = image -> global_mean -> dense(3)", [], ["global_mean"], ["global_mean"]),
    ("output y: raw = image -> flatten(order: chw) -> dense(3)", ["flatten"], ["flatten"], ["flatten"]),
    (
      "output y: raw = image -> upsample(size: 8x8, mode: nearest, grid: half_pixel)", ["upsample"], ["upsample"],
      ["upsample"]
    ),
    ("output y: raw = image -> crop(size: 8x8, offset: 0)", ["crop"], ["crop"], []),
    ("output y: raw = image -> crop(size: 8x8, center: true)", ["crop"], ["crop"], ["crop"]),
    ("output y: raw = image -> position_embedding(8x8)", ["position_embedding"], ["position_embedding"], []),
    (
      "wide = image -> upsample(2, mode: nearest, grid: asymmetric)\n"
        + "output y: raw = image + (wide -> crop(like: image, offset: 0))", [], ["add"], ["add"]
    ),
  ])
  func decidingStages(body: String, size: [String], equivariant: [String], local: [String]) throws {
    let verdict = try verdict(body)
    #expect(verdict.reasons.map(\.stage) == size)
    #expect(verdict.reasons(against: .equivariant).map(\.stage) == equivariant)
    #expect(verdict.reasons(against: .local).map(\.stage) == local)
    #expect(verdict.isFullyConvolutional == size.isEmpty)
  }

  /// Each output is judged by its own stages.
  @Test func outputsAreJudgedByThemselves() throws {
    let verdict = try verdict(
      "output a: raw = image -> relu\noutput b: raw = image * (image -> global_mean)")
    #expect(verdict.outputs.map { $0.has(.local) } == [true, false])
  }

  @Test func whatIsRequiredIsAFinding() throws {
    let verdict = try verdict("gate = image -> global_mean\noutput y: raw = image * gate")
    var sink = DiagnosticSink()
    verdict.reportReasons(requiring: [.size], to: &sink)
    #expect(sink.diagnostics.isEmpty)
    verdict.reportReasons(requiring: [.size, .equivariant, .local], to: &sink)
    #expect(sink.diagnostics.map(\.id.name) == ["not-equivariant", "not-local"])
    #expect(sink.diagnostics.allSatisfy { $0.range?.start == SourcePosition(line: 3, column: 17) })
    #expect(sink.diagnostics.last?.message == "`global_mean` is not local: it needs the mean over the whole image")
  }

  /// Branches whose strides have no common factors: the analysis gives up and says so, it does not hang.
  @Test func tooLargePeriodsAreReported() throws {
    let verdict = try verdict(
      """
      a = image -> maxpool(5) -> maxpool(5) -> maxpool(5) -> maxpool(5)
      b = image -> maxpool(7) -> maxpool(7) -> maxpool(7)
      output y: raw = (a -> global_mean) + (b -> global_mean)
      """)
    #expect(verdict.isFullyConvolutional)
    #expect(
      verdict.reasons(against: .local).map(\.text) == ["its sizes repeat only after too many pixels to be worked out"])
  }
}
