extension ChannelAffineStage {
  /// `scale * x + shift` with the two numbers of the channel.
  public func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .input(0) * .channelParameter(0) + .channelParameter(1)
  }

  public func channelParameters(weights: [WeightTensor], channels: Int) -> [[Float]] {
    let (scale, shift) = affine(weights: weights, channels: channels)
    return [scale, shift]
  }
}
