/// A stage that other frameworks, or other readings of the same word, compute in another way.
///
/// Where its numbers are not the expected ones, `fcnc compare` asks it what else may have been meant, and says which of the
/// answers gives the expected numbers.
public protocol AlternativeStage: Stage {
  /// What else may have been meant, the most usual first.
  var alternatives: [Alternative] { get }
}

/// Another way to compute a stage.
public struct Alternative: Sendable {
  /// What is different, in words that follow "the numbers fit": "with `border: reflect`".
  public var text: String
  /// The outputs in place of what the stage computed; nil where they cannot be.
  public var outputs: @Sendable (Computation) -> [Tensor]?

  /// What a stage computed, and from what.
  public struct Computation: Sendable {
    public var inputs: [Tensor]
    public var weights: [WeightTensor]
    public var outputs: [Tensor]

    public init(inputs: [Tensor], weights: [WeightTensor], outputs: [Tensor]) {
      self.inputs = inputs
      self.weights = weights
      self.outputs = outputs
    }
  }

  /// An alternative that is computed by other means than a stage.
  public init(_ text: String, outputs: @escaping @Sendable (Computation) -> [Tensor]?) {
    self.text = text
    self.outputs = outputs
  }

  /// A stage in place of the stage.
  /// - Parameter weights: makes its weights from those of the other; nil where it cannot.
  public init(
    _ text: String, _ stage: any Stage,
    weights: @escaping @Sendable ([WeightTensor]) -> [WeightTensor]? = { $0 }
  ) {
    self.init(text) { computed in
      weights(computed.weights).flatMap { stage.outputs(for: computed.inputs, weights: $0) }
    }
  }
}
