import FCNCore
import FCNRuntime
import FCNStandard
import Testing

/// The size rules that a network's text leads to, worked out by hand.
@Suite struct GraphSizeRulesTests {
  private func rules(_ body: String, files: [String: String] = [:]) throws -> SizeRules {
    let result = Elaborated(
      "network n\ninput image[3]\n\(body)\n", path: "folder/main.fcn", files: files, plugin: StandardPlugin.self)
    #expect(result.errors.isEmpty, "\(result.diagnostics.map(\.message))")
    return try SizeRules(of: #require(result.graph))
  }

  private func conditions(_ rules: AxisRules) -> [String] { rules.conditions.map { "\($0.subject): \($0.text)" } }

  static let levels = """
    half = image -> maxpool(2)
    quarter = half -> maxpool(2)
    up2 = quarter -> upsample(2, mode: nearest, grid: asymmetric)
    join = concat(up2, half)
    up1 = join -> upsample(2, mode: nearest, grid: asymmetric)
    y = concat(up1, image)
    output mask: raw = y
    output small: raw = quarter
    output mean: raw = image -> global_mean
    output twice: raw = y -> conv(4, kernel: 1) -> pixel_shuffle(2, order: crd)
    output corners: raw = quarter -> upsample(2, mode: bilinear, grid: align_corners)
    """

  @Test func everyStageThatWantsMoreIsListed() throws {
    let rules = try rules(Self.levels)
    #expect(
      conditions(rules.rows) == [
        "`maxpool` of `image` (main.fcn:3:17): H >= 2", "`maxpool` of `half` (main.fcn:4:19): H >= 4",
        "`concat` of `up2` and `half` (main.fcn:6:8): H ≡ 0, 1 (mod 4), H >= 4",
        "`concat` of `up1` and `image` (main.fcn:8:5): H ≡ 0 (mod 4), H >= 4",
      ])
    #expect(conditions(rules.columns).last == "`concat` of `up1` and `image` (main.fcn:8:5): W ≡ 0 (mod 4), W >= 4")
    #expect(rules.rows.text == "H ≡ 0 (mod 4), H >= 4")
    for size in 1...40 {
      #expect(rules.rows.domain.isDefined(at: size) == (size % 4 == 0))
      #expect(rules.rows.conditions[2].domain.isDefined(at: size) == (size % 4 <= 1 && size >= 4))
    }
    #expect(
      rules.refusals(height: 8, width: 6) == [
        """
        width 6 is not accepted: `concat` of `up2` and `half` (main.fcn:6:8) needs W ≡ 0, 1 (mod 4), W >= 4, and the \
        whole network W ≡ 0 (mod 4), W >= 4; the nearest widths that fit are 4 and 8
        """
      ])
  }

  @Test func outputsHaveTheirPlaces() throws {
    let outputs = try rules(Self.levels).rows.outputs
    #expect(outputs.map(\.formula) == ["H", "floor(H/4)", "1", "2·H", "2·floor(H/4)"])
    #expect(
      outputs.map(\.places.places) == [
        [.line(scale: 1, offset: 0, denominator: 1)], [.line(scale: 8, offset: 3, denominator: 2)], [.whole],
        [.line(scale: 2, offset: -1, denominator: 4)], [.proportional],
      ])
  }

  /// SAME of TensorFlow pads an even size behind only: every place is one pixel on.
  @Test func placesDependOnTheResidue() throws {
    let outputs = try rules("output y: raw = image -> conv(1, kernel: 3, stride: 2, pad: same_tf)").columns.outputs
    #expect(
      outputs[0].places.places == [
        .line(scale: 2, offset: 1, denominator: 1), .line(scale: 2, offset: 0, denominator: 1),
      ])
  }

  @Test func rowsAndColumnsHaveRulesOfTheirOwn() throws {
    let rules = try rules("output y: raw = image -> conv(1, kernel: 3x5, pad: valid)")
    #expect(conditions(rules.rows) == ["`conv` of `image` (main.fcn:3:26): H >= 3"])
    #expect(conditions(rules.columns) == ["`conv` of `image` (main.fcn:3:26): W >= 5"])
  }

  @Test func definitionsAreToldWithTheirUse() throws {
    let rules = try rules(
      "include \"blocks.fcn\" as blocks\noutput y: raw = image -> blocks.thin",
      files: ["blocks.fcn": "def thin(x) {\n  x -> conv(1, kernel: 7, pad: valid)\n}\n"])
    #expect(
      conditions(rules.rows) == ["`conv` of `image` (blocks.fcn:2:8, used at main.fcn:4:26): H >= 7"])
  }

  @Test func inputsHaveRulesToo() throws {
    let rules = try rules("input guide[1] like image / 3\noutput y: raw = guide\noutput z: raw = image")
    #expect(conditions(rules.rows) == ["input `guide` (main.fcn:3:1): H ≡ 0 (mod 3), H >= 3"])
  }

  @Test func valuesThatNothingReadsDoNotCount() throws {
    let rules = try rules("a = image -> conv(1, kernel: 50, pad: valid)\noutput y: raw = image -> relu")
    #expect(conditions(rules.rows).isEmpty)
    #expect(rules.rows.text == "H >= 1" && rules.refusals(height: 1, width: 1) == [])
  }

  /// floor(H / 2) = H - 4 for 7 and 8 only.
  @Test func fewSizes() throws {
    let rules = try rules("output y: raw = image -> position_embedding(7x8)")
    #expect(rules.rows.text == "H = 7" && rules.columns.text == "W = 8")
    #expect(
      rules.refusals(height: 9, width: 8) == [
        """
        height 9 is not accepted: `position_embedding` of `image` (main.fcn:3:26) needs H = 7; the nearest height that \
        fits is 7
        """
      ])
  }

  @Test func manyInputsAreNotAllNamed() throws {
    let rules = try rules(
      "e = image -> maxpool(2) -> upsample(2, mode: nearest, grid: asymmetric)\n"
        + "output y: raw = concat(image, image, image, image, image, e)")
    #expect(
      conditions(rules.rows).last
        == "`concat` of `image`, `image`, `image`, `image` and 2 more (main.fcn:4:17): H ≡ 0 (mod 2), H >= 2")
  }
}
