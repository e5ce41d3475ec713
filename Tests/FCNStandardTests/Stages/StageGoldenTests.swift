import FCNCore
import FCNStandard
import Testing

@Suite struct StageGoldenTests {
  /// The reference semantics against PyTorch and the other frameworks' definitions, to 1e-5 of the greatest number.
  @Test func referencesAgreeWithTheFrameworks() throws {
    let cases = try GoldenCase.all()
    #expect(cases.count >= 120)
    for (index, golden) in cases.enumerated() {
      let what = "case \(index): \(golden.stage) \(golden.arguments)"
      let stage = try golden.make()
      #expect(stage.weights(for: golden.types).map(\.shape) == golden.weights.map(\.shape), "\(what)")
      let output = stage.evaluate(golden.inputs.map(\.tensor), weights: golden.weights.map(\.weight))[0]
      #expect([output.channels, output.height, output.width] == golden.output.shape, "\(what)")
      guard output.values.count == golden.output.values.count else { continue }
      let scale = golden.output.values.reduce(1) { max($0, abs($1)) }
      let error = zip(output.values, golden.output.values).map { abs($0 - $1) / scale }.max() ?? 0
      #expect(error <= 1e-5, "\(what): error \(error)")
    }
  }

  /// The shape rule on constant sizes gives the shape that the frameworks give.
  @Test func shapeRulesAgreeWithTheFrameworks() throws {
    for (index, golden) in try GoldenCase.all().enumerated() {
      let type = try golden.make().outputTypes(for: golden.types)[0]
      let shape = [type.channels, type.height(7) ?? -1, type.width(7) ?? -1]
      #expect(shape == golden.output.shape, "case \(index): \(golden.stage) \(golden.arguments)")
    }
  }

  /// Every stage has a case, but for answer stages, which are no part of the network.
  @Test func everyStageHasACase() throws {
    let covered = Set(try GoldenCase.all().map(\.stage))
    for stage in StandardPlugin.stages where !(stage is any AnswerStage.Type) {
      #expect(covered.contains(stage.signature.name), "\(stage.signature.name)")
    }
  }

  @Test func theRootOfANegativeNumberIsNotANumber() throws {
    let input = Tensor(channels: 1, height: 1, width: 4, values: [-1, -1e-30, 0, 2.25])
    let output = try makeStage("sqrt").evaluate([input], weights: [])[0].values
    #expect(output.map(\.isNaN) == [true, true, false, false])
    #expect(output.suffix(2) == [0, 1.5])
  }

  /// One part is the whole image.
  @Test func theMeanOfOnePartIsTheGlobalMean() throws {
    let input = Tensor(channels: 3, height: 5, width: 7, values: (0..<105).map { Float($0 * 37 % 101) / 7 - 3 })
    let image = TensorType(channels: 3, height: .input, width: .input)
    let (one, all) = (try makeStage("adaptive_avgpool", ["size": .integer(1)]), try makeStage("global_mean"))
    #expect(one.evaluate([input], weights: [])[0].values == all.evaluate([input], weights: [])[0].values)
    #expect(try one.outputTypes(for: [image]) == all.outputTypes(for: [image]))
    #expect(one.facts(for: [image]).fixesSize == nil)
  }

  /// A factor and an addend per channel of the output, taken into the weights, change nothing.
  @Test func absorbedFactorsGiveTheSameNumbers() throws {
    var tested: Set<String> = []
    for golden in try GoldenCase.all() {
      guard let stage = try golden.make() as? any AffineAbsorbingStage else { continue }
      let inputs = golden.inputs.map(\.tensor)
      let weights = golden.weights.map(\.weight)
      let scale = (0..<golden.output.shape[0]).map { Float($0) * 0.5 - 1 }
      let shift = (0..<golden.output.shape[0]).map { 3 - Float($0) }
      let (absorbed, absorbedWeights) = stage.absorbing(scale: scale, shift: shift, weights: weights)
      #expect(absorbed.weights(for: golden.types).map(\.shape) == absorbedWeights.map(\.shape))
      let result = absorbed.evaluate(inputs, weights: absorbedWeights)[0].values
      let pixels = golden.output.shape[1] * golden.output.shape[2]
      for (index, value) in golden.output.values.enumerated() {
        let channel = index / pixels
        #expect(abs(result[index] - (scale[channel] * value + shift[channel])) < 1e-3, "\(golden.stage)")
      }
      tested.insert(golden.stage)
    }
    #expect(tested == ["conv", "deconv"])
  }
}
