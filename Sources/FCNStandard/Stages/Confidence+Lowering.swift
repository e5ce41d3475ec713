import FCNCore

extension Confidence {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let storage = site.inputStorage[0]
    let kernel = ConfidenceKernel(
      numbers: numbers, level: level, channels: storage.channels, blocks: storage.blocks,
      isPlanar: site.outputStorage[0].isPlanar)
    let parameters =
      storage.spread(Array(repeating: 0, count: storage.channels), filler: -.infinity)
      + storage.spread((0..<storage.channels).map(Float.init))
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: .pointwise)], parameters: parameters)
  }
}

extension ArgMax: ClassifyingStage {
  public func confidence(ofProbabilities isProbability: Bool) -> (any Stage)? {
    Confidence(of: isProbability ? .probabilities : .logits)
  }
}

extension Threshold: ClassifyingStage {
  /// Of other numbers than probabilities nothing is known.
  public func confidence(ofProbabilities isProbability: Bool) -> (any Stage)? {
    isProbability && level >= 0 && level <= 1 ? Confidence(of: .probabilities, level: level) : nil
  }
}
