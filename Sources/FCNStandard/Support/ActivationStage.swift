import FCNCore

/// A pointwise stage of one input whose output has the type of the input.
public protocol ActivationStage: PointwiseStage, AlternativeStage {}

extension ActivationStage {
  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }

  /// None, or another activation.
  public var alternatives: [Alternative] { [.without(Self.signature.name)] + Alternative.activations }
}
