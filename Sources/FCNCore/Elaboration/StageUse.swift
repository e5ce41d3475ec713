/// One use of a stage while its arguments are matched: what goes in, and where each part stands in the text.
struct StageUse {
  var type: any Stage.Type
  var call: CallSyntax
  var inputs: [Operand] = []
  var arguments: [String: Argument] = [:]
  var argumentRanges: [String: SourceRange] = [:]
  /// Values that go to parameters of kind `.value`; they become inputs behind the others.
  var namedInputs: [(parameter: String, operand: Operand)] = []
  /// The first parameter that no argument without a name has passed.
  var position = 0
  /// False once an error was reported.
  var isSound = true
  /// True where something that was reported elsewhere goes in.
  var isPoisoned = false

  var signature: StageSignature { type.signature }

  init(_ type: any Stage.Type, _ call: CallSyntax) {
    self.type = type
    self.call = call
  }

  /// The parameter that the next argument without a name goes to.
  func nextParameter(takingValues: Bool) -> Int? {
    signature.parameters.indices.dropFirst(position).first { index in
      if case .value = signature.parameters[index].kind { takingValues } else { !takingValues }
    }
  }
}

/// The stage behind an operator between values, with a value and a number or with two values.
struct OperatorCall {
  var stage: LanguageWords.OperatorStage
  var inputs: [Operand]
  var number: Operand?
  var isReversed = false

  /// nil where the operands are not values, or a value and a number.
  init?(_ stage: LanguageWords.OperatorStage, _ left: Operand, _ right: Operand) {
    self.stage = stage
    switch (left.item, right.item) {
    case (.value, .value): inputs = [left, right]
    case (.value, .integer), (.value, .decimal): (inputs, number) = ([left], right)
    case (.integer, .value), (.decimal, .value):
      (inputs, number) = ([right], left)
      isReversed = !stage.isCommutative
    default: return nil
    }
  }
}
