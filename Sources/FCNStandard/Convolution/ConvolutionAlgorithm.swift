import FCNCore

/// A way to compute a convolution. Which one a program uses is decided by the predicted cost.
protocol ConvolutionAlgorithm {
  /// - Returns: nil where this way does not serve the place.
  init?(_ place: ConvolutionPlace)

  var cost: KernelCost { get }

  func lowering() -> Lowering
}

enum ConvolutionAlgorithms {
  static let all: [any ConvolutionAlgorithm.Type] = [
    DepthwiseAlgorithm.self, WinogradAlgorithm.self, DirectAlgorithm.self,
  ]
}
