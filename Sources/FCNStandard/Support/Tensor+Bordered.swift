import FCNCore

extension Tensor {
  /// The part of a plane without end that this tensor lies in, with `border` around it: `height` rows and `width`
  /// columns from `top` rows above and `left` columns before the first pixel (inside, where negative).
  func bordered(top: Int, left: Int, height: Int, width: Int, _ border: Border) -> Tensor {
    let filler: Float =
      switch border {
      case .zero, .replicate, .reflect: 0
      case .negativeInfinity: -.infinity
      case .constant(let value): value
      }
    let rows = (0..<height).map { border.position($0 - top, in: self.height) }
    let columns = (0..<width).map { border.position($0 - left, in: self.width) }
    var result = Tensor(channels: channels, height: height, width: width, repeating: filler)
    for channel in 0..<channels {
      for (row, source) in rows.enumerated() {
        guard let source else { continue }
        let from = (channel * self.height + source) * self.width
        let to = (channel * height + row) * width
        for (column, source) in columns.enumerated() {
          if let source { result.values[to + column] = values[from + source] }
        }
      }
    }
    return result
  }
}

extension Border {
  /// The position whose pixel stands at `position` of an axis of `size`; nil where a filler does.
  fileprivate func position(_ position: Int, in size: Int) -> Int? {
    if (0..<size).contains(position) { return position }
    switch self {
    case .zero, .negativeInfinity, .constant: return nil
    case .replicate: return min(max(position, 0), size - 1)
    case .reflect: return position < 0 ? -position : 2 * (size - 1) - position
    }
  }
}
