import FCNCore

/// A way to compute a convolution. Which one a program uses is decided by the predicted cost.
protocol ConvolutionAlgorithm: Sendable {
  /// The forms of this way that serve a place; none where it cannot.
  static func candidates(_ place: ConvolutionPlace) -> [any ConvolutionAlgorithm]

  var cost: KernelCost { get }

  func lowering() -> Lowering
}

extension ConvolutionAlgorithm {
  /// As its kernel calls itself.
  var name: String { lowering().kernel.algorithm }
}

enum ConvolutionAlgorithms {
  static var all: [any ConvolutionAlgorithm.Type] {
    [DepthwiseAlgorithm.self, WinogradAlgorithm.self, FewOutputsAlgorithm.self, DirectAlgorithm.self]
  }
}
