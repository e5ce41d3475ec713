import FCNCore

extension SpatialWindow {
  /// Poolings with another rounding or padding.
  func poolAlternatives(_ pool: (SpatialWindow) -> any Stage) -> [Alternative] {
    let roundings = WindowAxis.Rounding.allCases.filter { $0 != rows.rounding && $0 != .exact }.map { rounding in
      var other = self
      other.rows.rounding = rounding
      other.columns.rounding = rounding
      return Alternative("with `round: \(rounding.rawValue)`", pool(other))
    }
    func padded(_ text: String, _ padding: (WindowAxis) -> WindowAxis.Padding) -> Alternative? {
      var other = self
      other.rows.padding = padding(rows)
      other.columns.padding = padding(columns)
      return other == self ? nil : Alternative(text, pool(other))
    }
    let paddings = [
      padded("with `pad: 0`") { _ in .amount(before: 0, after: 0) },
      padded("with half the kernel as `pad`") { .amount(before: $0.kernel / 2, after: $0.kernel / 2) },
      padded("with `pad: same_tf`") { _ in .sameTF },
    ]
    return roundings + paddings.compactMap { $0 }
  }
}
