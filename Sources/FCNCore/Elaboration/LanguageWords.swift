/// The stages and functions that the language itself knows by name.
enum LanguageWords {
  /// The stage behind an operator between values.
  struct OperatorStage {
    var stage: String
    /// False where a number on the left must be told from one on the right (`reversed: true`).
    var isCommutative: Bool
  }

  static func stage(for operator: BinaryOperator) -> OperatorStage? {
    switch `operator` {
    case .add: OperatorStage(stage: "add", isCommutative: true)
    case .subtract: OperatorStage(stage: "sub", isCommutative: false)
    case .multiply: OperatorStage(stage: "mul", isCommutative: true)
    case .divide: OperatorStage(stage: "div", isCommutative: false)
    default: nil
    }
  }

  /// The argument of those stages that takes a number in place of a second value.
  static let numberArgument = "by"
  /// The argument that says that the number stands on the left.
  static let reversedArgument = "reversed"

  static let channels = "channels"
  static let least = "min"
  static let greatest = "max"
  static let functions = [channels]
}
