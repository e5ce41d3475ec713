import FCNConformance
import FCNCore
import FCNStandard
import Testing

/// Every kind of wrong declaration is found by the check that is meant for it.
@Suite struct WrongStagesTests {
  typealias Kind = Conformance.Fault.Kind

  /// Wrong stages, and the kinds of faults that each has and no other.
  static let stages: [(stage: any Stage.Type, kinds: Set<Kind>)] = [
    (WrongReads.NarrowWindow.self, [.undeclaredRead, .place]),
    (WrongReads.WideWindow.self, [.unreadPosition, .place]),
    (WrongReads.ShiftedWindow.self, [.undeclaredRead, .unreadPosition, .place]),
    (WrongReads.ShiftedColumns.self, [.undeclaredRead, .unreadPosition, .place]),
    (WrongReads.ForgottenStride.self, [.undeclaredRead, .unreadPosition, .place]),
    (WrongReads.ForgottenSpan.self, [.unreadPosition, .place]),
    (WrongReads.SecretlyGlobal.self, [.undeclaredRead]),
    (WrongReads.AllegedlyGlobal.self, [.unreadPosition]),
    (WrongReads.AllegedlyUnread.self, [.undeclaredRead]),
    (WrongReads.Constant.self, [.unreadPosition]),
    (WrongReads.WrongGrid.self, [.undeclaredRead, .unreadPosition, .place]),
    (WrongReads.WrongRounding.self, [.undeclaredRead, .unreadPosition, .place]),
    (WrongReads.WrongBorder.self, [.border, .undeclaredRead]),
    (WrongReads.WrongConstant.self, [.border]),
    (WrongReads.ZeroBorder.self, [.border]),
    (WrongReads.Striped.self, [.movement]),
    (WrongRules.OddSizes.self, [.shape]),
    (WrongRules.WrongRounding.self, [.shape]),
    (WrongRules.WiderDomain.self, [.domain]),
    (WrongRules.EmptyOutput.self, [.domain]),
    (WrongRules.TwoTypes.self, [.outputCount]),
    (WrongRules.TwoTensors.self, [.outputCount]),
    (WrongRules.SecretlyFlat.self, [.constantSize, .shape]),
    (WrongRules.SecretlyFixed.self, [.fixedSize]),
    (WrongRules.SecretlyDense.self, [.fixedSize]),
    (WrongRules.AllegedlyFixed.self, [.fixedSize]),
    (WrongRules.RejectsAll.self, [.rejectedUses]),
    (WrongFacts.ScalingIdentity.self, [.identity]),
    (WrongFacts.ReversedConcat.self, [.concatenation]),
    (WrongFacts.WrongAffine.self, [.affine]),
    (WrongFacts.WrongAbsorption.self, [.absorption]),
    (WrongFacts.AbsorptionByAnother.self, [.absorption]),
    (WrongFacts.Free.self, [.cost]),
    (WrongFacts.UnusedWeight.self, [.weights]),
    (WrongFacts.SameNames.self, [.weights]),
    (WrongFacts.EmptyWeight.self, [.weights]),
    (WrongFacts.SameAlternatives.self, [.alternatives]),
    (WrongFacts.AlternativeOfTwoOutputs.self, [.alternatives]),
  ]

  @Test(arguments: stages.indices, [1, 2, 3] as [UInt64])
  func everyWrongStageIsCaught(index: Int, seed: UInt64) {
    let (stage, kinds) = Self.stages[index]
    let faults = Conformance.faults(of: stage, seed: seed)
    #expect(Set(faults.map(\.kind)) == kinds, "\(stage), seed \(seed): \(faults)")
  }

  @Test func everyKindIsTested() {
    #expect(Set(Self.stages.flatMap(\.kinds)) == Set(Kind.allCases))
  }
}
