import FCNCore

extension MaxPool: AlternativeStage {
  /// Another rounding or padding, or the mean.
  public var alternatives: [Alternative] {
    window.poolAlternatives { MaxPool(window: $0) } + [
      Alternative("with `avgpool` in its place", AveragePool(window: window, countsPadding: true)),
      Alternative(
        "with `avgpool` in its place, `count_include_pad: false`", AveragePool(window: window, countsPadding: false)),
    ]
  }
}
