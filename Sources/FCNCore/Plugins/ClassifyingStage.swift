/// A stage that gives every pixel a class and can say how sure it is.
public protocol ClassifyingStage: Stage {
  /// The stage that gives, from the same inputs, two channels: the probability of the class that was chosen, and how far
  /// it is ahead of the next one.
  /// - Parameter isProbability: whether the inputs are probabilities already (`StageFacts.givesProbabilities`).
  /// - Returns: nil where the inputs do not say.
  func confidence(ofProbabilities isProbability: Bool) -> (any Stage)?
}
