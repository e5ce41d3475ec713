#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension PointwiseStage {
  public func channelParameters(weights: [WeightTensor], channels: Int) -> [[Float]] { [] }

  /// Each pixel from the pixel at the same place; an axis of size one serves every place.
  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    SpatialAccess(
      rows: .window(inputs[index].height.isOne ? .broadcast : .identity),
      columns: .window(inputs[index].width.isOne ? .broadcast : .identity))
  }

  /// The formula on every number, row by row.
  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let channels = inputs.map(\.channels).max() ?? 0
    let height = inputs.map(\.height).max() ?? 0
    let width = inputs.map(\.width).max() ?? 0
    let types = inputs.map { input in
      TensorType(channels: input.channels, height: .constant(input.height), width: .constant(input.width))
    }
    let evaluation = RowEvaluation(
      inputs: inputs, parameters: channelParameters(weights: weights, channels: channels), width: width)
    let formula = expression(for: types)
    var values: [Float] = []
    values.reserveCapacity(channels * height * width)
    for channel in 0..<channels {
      for row in 0..<height {
        switch evaluation.evaluate(formula, channel: channel, row: row) {
        case .same(let value): values.append(contentsOf: repeatElement(value, count: width))
        case .each(let numbers): values.append(contentsOf: numbers)
        }
      }
    }
    return [Tensor(channels: channels, height: height, width: width, values: values)]
  }
}

/// The numbers of one row: one for all of its pixels, or one each.
private enum Row {
  case same(Float)
  case each([Float])
}

/// Evaluates a formula over whole rows.
private struct RowEvaluation {
  var inputs: [Tensor]
  var parameters: [[Float]]
  var width: Int

  func evaluate(_ expression: PointwiseExpression, channel: Int, row: Int) -> Row {
    switch expression {
    case .input(let index):
      let input = inputs[index]
      let channel = input.channels == 1 ? 0 : channel
      let row = input.height == 1 ? 0 : row
      let start = (channel * input.height + row) * input.width
      if input.width == 1 { return .same(input.values[start]) }
      return .each(Array(input.values[start..<start + input.width]))
    case .constant(let value):
      return .same(value)
    case .channelParameter(let index):
      return .same(parameters[index][channel])
    case .unary(let operation, let operand):
      return map(evaluate(operand, channel: channel, row: row), function(operation))
    case .binary(let operation, let left, let right):
      let left = evaluate(left, channel: channel, row: row)
      let right = evaluate(right, channel: channel, row: row)
      switch operation {
      case .add: return combine(left, right) { $0 + $1 }
      case .subtract: return combine(left, right) { $0 - $1 }
      case .multiply: return combine(left, right) { $0 * $1 }
      case .divide: return combine(left, right) { $0 / $1 }
      case .minimum: return combine(left, right) { $0 < $1 ? $0 : $1 }
      case .maximum: return combine(left, right) { $0 > $1 ? $0 : $1 }
      }
    case .select(let first, let second, let then, let otherwise):
      let isLess = combine(
        evaluate(first, channel: channel, row: row), evaluate(second, channel: channel, row: row)
      ) { $0 < $1 ? 1 : 0 }
      let then = evaluate(then, channel: channel, row: row)
      let otherwise = evaluate(otherwise, channel: channel, row: row)
      if case .same(let choice) = isLess { return choice == 1 ? then : otherwise }
      guard case .each(let choices) = isLess else { return otherwise }
      var result = numbers(of: otherwise)
      let alternatives = numbers(of: then)
      for column in 0..<width where choices[column] == 1 { result[column] = alternatives[column] }
      return .each(result)
    }
  }

  private func numbers(of row: Row) -> [Float] {
    switch row {
    case .same(let value): Array(repeating: value, count: width)
    case .each(let numbers): numbers
    }
  }

  private func map(_ row: Row, _ function: (Float) -> Float) -> Row {
    switch row {
    case .same(let value): .same(function(value))
    case .each(let numbers): .each(numbers.map(function))
    }
  }

  @inline(__always)
  private func combine(_ left: Row, _ right: Row, _ function: (Float, Float) -> Float) -> Row {
    switch (left, right) {
    case (.same(let a), .same(let b)):
      return .same(function(a, b))
    case (.each(var numbers), .same(let b)):
      for column in numbers.indices { numbers[column] = function(numbers[column], b) }
      return .each(numbers)
    case (.same(let a), .each(var numbers)):
      for column in numbers.indices { numbers[column] = function(a, numbers[column]) }
      return .each(numbers)
    case (.each(var numbers), .each(let others)):
      for column in numbers.indices { numbers[column] = function(numbers[column], others[column]) }
      return .each(numbers)
    }
  }

  private func function(_ operation: PointwiseExpression.Unary) -> (Float) -> Float {
    switch operation {
    case .exponential: { exp($0) }
    case .hyperbolicTangent: { tanh($0) }
    case .sigmoid: { 1 / (1 + exp(-$0)) }
    case .absolute: { abs($0) }
    case .squareRoot: { $0.squareRoot() }
    }
  }
}
