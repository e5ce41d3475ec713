import FCNConformance
import FCNCore
import FCNStandard
import Testing

/// What the public call promises beside finding faults.
@Suite struct ConformanceTests {
  @Test func aFaultIsPrintedWithItsUse() throws {
    let use = Conformance.Use(["kernel": .size(rows: 3, columns: 2), "stride": .integer(2)])
    let faults = Conformance.faults(of: WrongReads.NarrowWindow.self, uses: [use])
    let fault = try #require(faults.first)
    #expect(
      fault.description == """
        wrong_maxpool: a position matters that is not declared
          use: x -> wrong_maxpool(kernel: 3x2, stride: 2)
               x: 4 channels, H x W
          size: H = 4, W = 12
          declared: row 0 of the output is computed from rows 0 and 1 of x
          seen: it changes with row 2 of x
        """)
  }

  @Test func theSameSeedGivesTheSameAnswer() {
    for stage in [WrongReads.ShiftedWindow.self, WrongRules.OddSizes.self] as [any Stage.Type] {
      #expect(Conformance.faults(of: stage, seed: 7) == Conformance.faults(of: stage, seed: 7))
      #expect(Conformance.uses(of: stage, seed: 7) == Conformance.uses(of: stage, seed: 7))
      #expect(Conformance.uses(of: stage, seed: 7) != Conformance.uses(of: stage, seed: 8))
    }
  }

  @Test func aUseThatIsGivenIsTried() {
    let twice = [Extent.input, .input].map { TensorType(channels: 4, height: $0, width: $0) }
    let use = Conformance.Use(["kernel": .integer(3), "pad": .integer(3)], inputs: twice)
    let faults = Conformance.faults(of: MaxPool.self, uses: [use])
    #expect(faults.map(\.kind) == [.rejectedUses])
    #expect(faults.map(\.seen) == ["it is rejected: a window of 3 can lie wholly in a padding of 3"])
    #expect(
      faults.map(\.use) == [["maxpool(x, y, kernel: 3, pad: 3)", "x: 4 channels, H x W", "y: 4 channels, H x W"]])
  }

  /// Every word, flag and parameter occurs in some use of every built-in stage, and every optional one is left out once.
  @Test func everyChoiceIsTried() {
    for stage in StandardPlugin.stages {
      let uses = Conformance.uses(of: stage)
      for parameter in stage.signature.parameters {
        let given = Set(uses.map { $0.arguments[parameter.name] })
        var wanted: [Argument?] = []
        switch parameter.kind {
        case .word(let words), .padding(let words): wanted = words.map { .word($0) }
        case .flag: wanted = [.flag(true), .flag(false)]
        default: #expect(!given.subtracting([nil]).isEmpty, "\(stage): \(parameter.name)")
        }
        if case .optional = parameter.defaultValue { wanted.append(nil) }
        #expect(given.isSuperset(of: wanted), "\(stage): \(parameter.name) is \(given)")
      }
    }
  }

  /// A transposed convolution can reach the size of `like` although it would give less than a pixel by itself (PyTorch:
  /// `nn.ConvTranspose2d(6, 1, 4, stride=3, padding=2)` with `output_size=[1, 3]` on an input of 1 x 2).
  @Test func aSizeThatOnlyLikeReachesIsAccepted() throws {
    let like = try Extent.input.multiplied(by: 3).adding(-3)
    let inputs = [Extent.input, like].map { TensorType(channels: 6, height: .constant(1), width: $0) }
    let use = Conformance.Use(
      ["channels": .integer(1), "kernel": .integer(4), "stride": .integer(3), "pad": .integer(2), "like": .input(1)],
      inputs: inputs)
    #expect(Conformance.faults(of: Deconv.self, uses: [use]) == [])
  }
}
