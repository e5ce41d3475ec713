import FCNCore

extension PixelShuffle: AlternativeStage {
  /// The other order of the channels.
  public var alternatives: [Alternative] {
    ShuffleOrder.allCases.filter { $0 != order }.map { order in
      var other = self
      other.order = order
      return Alternative("with `order: \(order.rawValue)`", other)
    }
  }
}
