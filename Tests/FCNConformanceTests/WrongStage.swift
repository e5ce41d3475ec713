import FCNCore
import FCNStandard

/// A stage that does what a right one does, but for one lie: what a wrong plugin changes, it writes anew.
protocol WrongStage: Stage {
  associatedtype Right: Stage
  var right: Right { get }
  init(right: Right)
}

extension WrongStage {
  static var signature: StageSignature {
    var signature = Right.signature
    signature.name = "wrong_" + signature.name
    return signature
  }

  init(_ arguments: Arguments) throws(Rejection) { self.init(right: try Right(arguments)) }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { try right.outputTypes(for: inputs) }
  func weights(for inputs: [TensorType]) -> [WeightRequirement] { right.weights(for: inputs) }
  func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess { right.access(toInput: index, of: inputs) }
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { right.evaluate(inputs, weights: weights) }
  var facts: StageFacts { right.facts }
  func facts(for inputs: [TensorType]) -> StageFacts { right.facts(for: inputs) }
  func multiplyAdds(for inputs: [TensorType]) -> Int { right.multiplyAdds(for: inputs) }

  /// The right stage's access to an input with another window along both axes.
  func access(
    toInput index: Int, of inputs: [TensorType], changing change: (inout Window) -> Void
  ) -> SpatialAccess {
    var access = right.access(toInput: index, of: inputs)
    for axis in [\SpatialAccess.rows, \.columns] {
      guard case .window(var window) = access[keyPath: axis] else { continue }
      change(&window)
      access[keyPath: axis] = .window(window)
    }
    return access
  }

  /// The right stage's access to an input with another grid along both axes.
  func access(
    toInput index: Int, of inputs: [TensorType], changingGrid change: (inout Resample) -> Void
  ) -> SpatialAccess {
    var access = right.access(toInput: index, of: inputs)
    for axis in [\SpatialAccess.rows, \.columns] {
      guard case .resample(var resample) = access[keyPath: axis] else { continue }
      change(&resample)
      access[keyPath: axis] = .resample(resample)
    }
    return access
  }
}

/// Sizes that the tests' stages need can be represented.
func sized<Result>(_ body: () throws(Extent.Failure) -> Result) throws(Rejection) -> Result {
  do throws(Extent.Failure) { return try body() } catch { throw Rejection("the size cannot be worked out") }
}
