import FCNCore

extension BatchNorm {
  /// Another `eps`, or the statistics of this image in place of those of training.
  public var alternatives: [Alternative] {
    let others = [1e-5, 1e-3, 1e-4, 1e-6, 2e-5, 1e-2, 1e-8, 1e-12, 0].filter { $0 != eps }
    return others.map { number in
      var other = self
      other.eps = number
      return Alternative("with `eps: \(number == 0 ? "0" : "\(number)")`", other)
    } + [
      Alternative("with the mean and variance of this image: the model was not in evaluation mode (`model.eval()`)") {
        normalizedByItself($0.inputs[0], $0.weights).map { [$0] }
      },
      .without(Self.signature.name),
    ] + Alternative.followed + Alternative.preceded(self)
  }

  private func normalizedByItself(_ input: Tensor, _ weights: [WeightTensor]) -> Tensor? {
    let pixels = input.height * input.width
    guard weights.count == (isAffine ? 4 : 2), weights.allSatisfy({ $0.values.count == input.channels }) else {
      return nil
    }
    var own = weights
    for channel in 0..<input.channels {
      let numbers = input.values[channel * pixels..<(channel + 1) * pixels]
      let mean = numbers.reduce(0.0) { $0 + Double($1) } / Double(pixels)
      let variance = numbers.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(pixels)
      own[own.count - 2].values[channel] = Float(mean)
      own[own.count - 1].values[channel] = Float(variance)
    }
    return outputs(for: [input], weights: own)?.first
  }
}
