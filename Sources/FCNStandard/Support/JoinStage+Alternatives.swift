import FCNCore

extension JoinStage {
  /// Another operation, the operands in the other order, or one of them alone.
  public var alternatives: [Alternative] {
    guard number == nil else { return [.without(Self.signature.name)] }
    let operations: [(PointwiseExpression.Binary, String)] = [
      (.add, "+"), (.multiply, "*"), (.subtract, "-"), (.maximum, "max"),
    ]
    let others = operations.filter { $0.0 != Self.operation }.map { operation, word in
      joined("with `\(word)` in place of `\(Self.signature.name)`") {
        (1..<$0).reduce(.input(0)) { .binary(operation, $0, .input($1)) }
      }
    }
    let reversed = joined("with the two values in the other order") { count in
      count == 2 ? .binary(Self.operation, .input(1), .input(0)) : nil
    }
    let single = ["first", "second"].enumerated().map { index, word in
      joined("with the \(word) value alone") { count in count == 2 ? .input(index) : nil }
    }
    return others + [reversed] + single
  }

  private func joined(
    _ text: String, _ expression: @escaping @Sendable (_ count: Int) -> PointwiseExpression?
  ) -> Alternative {
    Alternative(text) { computed in
      expression(computed.inputs.count).flatMap { Formula(formula: $0).outputs(for: computed.inputs, weights: []) }
    }
  }
}

/// A join by any formula.
private struct Formula: PointwiseStage {
  static let signature = StageSignature(name: "formula", summary: "A formula.", example: "x")

  var formula: PointwiseExpression

  init(formula: PointwiseExpression) { self.formula = formula }
  init(_ arguments: Arguments) { formula = .input(0) }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { [try Self.broadcast(inputs)] }
  func expression(for inputs: [TensorType]) -> PointwiseExpression { formula }
}
