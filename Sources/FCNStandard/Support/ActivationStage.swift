import FCNCore

/// A pointwise stage of one input whose output has the type of the input.
public protocol ActivationStage: PointwiseStage {}

extension ActivationStage {
  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }
}
