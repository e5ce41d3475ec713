import FCNCore

extension Flatten: AlternativeStage {
  /// The other order of the numbers.
  public var alternatives: [Alternative] {
    var other = self
    other.countsChannelsLast.toggle()
    return [Alternative("with `order: \(other.countsChannelsLast ? "hwc" : "chw")`", other)]
  }
}
