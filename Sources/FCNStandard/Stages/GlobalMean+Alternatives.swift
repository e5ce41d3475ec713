import FCNCore

extension GlobalMean: AlternativeStage {
  /// The greatest number, or the sum.
  public var alternatives: [Alternative] {
    func reduced(_ text: String, _ reduce: @escaping @Sendable (ArraySlice<Float>) -> Float) -> Alternative {
      Alternative(text) { computed in
        let input = computed.inputs[0]
        let pixels = input.height * input.width
        let numbers = (0..<input.channels).map { reduce(input.values[$0 * pixels..<($0 + 1) * pixels]) }
        return [Tensor(channels: input.channels, height: 1, width: 1, values: numbers)]
      }
    }
    return [
      reduced("with the greatest number of every channel in place of the mean") { $0.max() ?? 0 },
      reduced("with the sum of every channel in place of the mean") { Float($0.reduce(0.0) { $0 + Double($1) }) },
    ]
  }
}
