import FCNCore
import FCNStandard

/// Stages whose facts, costs and weights are wrong.
enum WrongFacts {
  /// An identity that doubles.
  struct ScalingIdentity: WrongStage {
    let right: Identity
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      var output = inputs[0]
      for index in output.values.indices { output.values[index] *= 2 }
      return [output]
    }
  }

  /// The channels of the last input come first.
  struct ReversedConcat: WrongStage {
    let right: Concat
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      right.evaluate(inputs.reversed(), weights: weights)
    }
  }

  /// The shift is left out.
  struct WrongAffine: WrongStage, ChannelAffineStage {
    let right: BatchNorm
    func affine(weights: [WeightTensor], channels: Int) -> (scale: [Float], shift: [Float]) {
      (right.affine(weights: weights, channels: channels).scale, Array(repeating: 0, count: channels))
    }
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { right.evaluate(inputs, weights: weights) }
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      right.access(toInput: index, of: inputs)
    }
  }

  /// The shift is absorbed, the scale is not.
  struct WrongAbsorption: WrongStage, AffineAbsorbingStage {
    let right: Conv
    func absorbing(
      scale: [Float], shift: [Float], weights: [WeightTensor]
    ) -> (stage: any Stage, weights: [WeightTensor]) {
      right.absorbing(scale: scale.map { _ in 1 }, shift: shift, weights: weights)
    }
  }

  /// What absorbs has another stride.
  struct AbsorptionByAnother: WrongStage, AffineAbsorbingStage {
    let right: Conv
    func absorbing(
      scale: [Float], shift: [Float], weights: [WeightTensor]
    ) -> (stage: any Stage, weights: [WeightTensor]) {
      var other = right
      other.border = .replicate
      return other.absorbing(scale: scale, shift: shift, weights: weights)
    }
  }

  /// A convolution that costs nothing.
  struct Free: WrongStage {
    let right: Conv
    func multiplyAdds(for inputs: [TensorType]) -> Int { 0 }
  }

  /// A weight that nothing is done with.
  struct UnusedWeight: WrongStage {
    let right: ReLU
    func weights(for inputs: [TensorType]) -> [WeightRequirement] {
      [WeightRequirement("slope", [inputs[0].channels], .uniform(0, 1))]
    }
  }

  /// Two weights of one name.
  struct SameNames: WrongStage {
    let right: Scale
    func weights(for inputs: [TensorType]) -> [WeightRequirement] {
      right.weights(for: inputs).map { WeightRequirement("weight", $0.shape, $0.initialization) }
    }
  }

  /// A weight without numbers.
  struct EmptyWeight: WrongStage {
    let right: ReLU
    func weights(for inputs: [TensorType]) -> [WeightRequirement] {
      [WeightRequirement("none", [0, 3], .uniform(0, 1))]
    }
  }

  /// Two alternatives that nobody can tell apart.
  struct SameAlternatives: WrongStage, AlternativeStage {
    let right: ReLU
    var alternatives: [Alternative] {
      [.init("with another slope") { $0.inputs }, .init("with another slope") { _ in nil }]
    }
  }

  /// An alternative that gives more than the stage.
  struct AlternativeOfTwoOutputs: WrongStage, AlternativeStage {
    let right: ReLU
    var alternatives: [Alternative] { [.init("with two outputs") { $0.inputs + $0.inputs }] }
  }
}
