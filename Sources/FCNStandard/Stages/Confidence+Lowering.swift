import FCNCore

extension Confidence {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let kernel = ConfidenceKernel(
      numbers: numbers, level: level, pixels: SeparatedPixels(storage: site.inputStorage[0], target: site.target),
      output: site.outputStorage[0])
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: .pointwise)])
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
