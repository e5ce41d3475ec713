import FCNCore

extension AveragePool: AlternativeStage {
  /// Another count of the padded pixels, another rounding or padding, or the greatest number.
  public var alternatives: [Alternative] {
    [
      Alternative(
        "with `count_include_pad: \(!countsPadding)`", AveragePool(window: window, countsPadding: !countsPadding))
    ]
      + window.poolAlternatives { AveragePool(window: $0, countsPadding: countsPadding) }
      + [Alternative("with `maxpool` in its place", MaxPool(window: window))]
  }
}
