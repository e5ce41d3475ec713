import FCNCore
import FCNTestSupport
import Foundation
import Testing

/// Ranges of formulas hold every number that the formulas give.
@Suite struct NumberRangeTests {
  private func random(_ depth: Int, _ generator: inout SeededGenerator) -> PointwiseExpression {
    if depth == 0 || Int.random(in: 0..<6, using: &generator) == 0 {
      return Bool.random(using: &generator)
        ? .input(Int.random(in: 0...1, using: &generator))
        : .constant([-2, -1, -0.5, 0, 0.25, 1, 3].randomElement(using: &generator) ?? 0)
    }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0:
      let operations: [PointwiseExpression.Unary] = [.hyperbolicTangent, .sigmoid, .absolute, .exponential]
      return .unary(operations.randomElement(using: &generator) ?? .absolute, random(depth - 1, &generator))
    case 1:
      return .select(
        less: random(depth - 1, &generator), than: random(depth - 1, &generator), then: random(depth - 1, &generator),
        otherwise: random(depth - 1, &generator))
    default:
      let operation = PointwiseExpression.Binary.allCases.randomElement(using: &generator) ?? .add
      return .binary(operation, random(depth - 1, &generator), random(depth - 1, &generator))
    }
  }

  /// The meaning of a formula, written out again.
  private func value(_ expression: PointwiseExpression, _ inputs: [Double]) -> Double {
    func value(_ part: PointwiseExpression) -> Double { self.value(part, inputs) }
    switch expression {
    case .input(let index): return inputs[index]
    case .constant(let number): return Double(number)
    case .channelParameter: return .nan
    case .unary(.exponential, let a): return exp(value(a))
    case .unary(.hyperbolicTangent, let a): return tanh(value(a))
    case .unary(.sigmoid, let a): return 1 / (1 + exp(-value(a)))
    case .unary(.absolute, let a): return abs(value(a))
    case .unary(.squareRoot, let a): return value(a).squareRoot()
    case .binary(.add, let a, let b): return value(a) + value(b)
    case .binary(.subtract, let a, let b): return value(a) - value(b)
    case .binary(.multiply, let a, let b): return value(a) * value(b)
    case .binary(.divide, let a, let b): return value(a) / value(b)
    case .binary(.minimum, let a, let b): return min(value(a), value(b))
    case .binary(.maximum, let a, let b): return max(value(a), value(b))
    case .select(let a, let b, let c, let d): return value(a) < value(b) ? value(c) : value(d)
    }
  }

  @Test func everyNumberLiesWithinAndSimplifyingChangesNone() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<4_000 {
      let expression = random(4, &generator)
      let ranges = (0..<2).map { _ in
        let ends = [Double.random(in: -4...4, using: &generator), Double.random(in: -4...4, using: &generator)]
        return NumberRange(ends.min() ?? 0, ends.max() ?? 0)
      }
      let range = expression.range(ranges)
      let simplified = expression.simplified(ranges)
      for _ in 0..<20 {
        let inputs = ranges.map { Double.random(in: $0.low...$0.high, using: &generator) }
        let number = value(expression, inputs)
        guard !number.isNaN else { continue }
        let slack = 1e-9 * max(1, abs(number))
        #expect(range.low - slack <= number && number <= range.high + slack, "round \(round): \(expression) \(inputs)")
        let other = value(simplified, inputs)
        #expect(number == other || abs(number - other) <= slack, "round \(round): \(expression) -> \(simplified)")
      }
    }
  }

  @Test func activationsWithoutEffectVanish() {
    let relu = PointwiseExpression.maximum(.input(0), .constant(0))
    let leaky = PointwiseExpression.select(
      less: .input(0), than: .constant(0), then: .constant(0.1) * .input(0), otherwise: .input(0))
    for expression in [relu, leaky] {
      #expect(expression.simplified([NumberRange(0, .infinity)]) == .input(0))
      #expect(expression.simplified([NumberRange(-1e-30, 1)]) == expression)
    }
    let clip = PointwiseExpression.minimum(relu, .constant(6))
    #expect(clip.simplified([NumberRange(0, 6)]) == .input(0))
    #expect(clip.simplified([NumberRange(0, 7)]) == .minimum(.input(0), .constant(6)))
  }
}
