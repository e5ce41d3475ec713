/// Rows with each pixel changed for itself.
final class PointwiseRows: Rows {
  enum Change {
    /// New channels from old ones: the result's channel c is the source's channel `order[c]`.
    case order([Int])
    /// One channel: the weighted sum of red, green and blue.
    case weigh(Float, Float, Float)
    /// Cb and Cr of JFIF around zero, -0.5...0.5.
    case chroma
    /// One number a channel.
    case subtract([Float])
    case divide([Float])
    case scale([Float])
    case sigmoid
  }

  private let source: Rows
  private let change: Change
  private let buffer: Memory<Float>

  init(_ source: Rows, _ change: Change) throws(RuntimeFailure) {
    self.source = source
    self.change = change
    buffer = try Memory(count: source.channels * source.width)
    let channels =
      switch change {
      case .order(let order): order.count
      case .weigh: 1
      case .chroma: 2
      default: source.channels
      }
    super.init(channels: channels, height: source.height, width: source.width)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    source.read(row, into: buffer.pointer)
    let (red, green, blue) = (buffer.pointer, buffer.pointer + width, buffer.pointer + 2 * width)
    switch change {
    case .order(let order):
      for channel in order.indices {
        (numbers + channel * width).update(from: buffer.pointer + order[channel] * width, count: width)
      }
    case .weigh(let r, let g, let b):
      for x in 0..<width { numbers[x] = r * red[x] + g * green[x] + b * blue[x] }
    case .chroma:
      for x in 0..<width {
        let luma = Luma.red * red[x] + Luma.green * green[x] + Luma.blue * blue[x]
        numbers[x] = (blue[x] - luma) / (2 - 2 * Luma.blue)
        numbers[width + x] = (red[x] - luma) / (2 - 2 * Luma.red)
      }
    case .subtract(let values): each(values, numbers) { $0 - $1 }
    case .divide(let values): each(values, numbers) { $0 / $1 }
    case .scale(let values): each(values, numbers) { $0 * $1 }
    case .sigmoid:
      for index in 0..<(channels * width) { numbers[index] = logistic(buffer.pointer[index]) }
    }
  }

  private func each(_ values: [Float], _ numbers: UnsafeMutablePointer<Float>, _ change: (Float, Float) -> Float) {
    for channel in 0..<channels {
      let value = values[values.count == 1 ? 0 : channel]
      for index in (channel * width)..<((channel + 1) * width) {
        numbers[index] = change(buffer.pointer[index], value)
      }
    }
  }
}

/// The luma of JFIF: BT.601 over the full range.
enum Luma {
  static let red: Float = 0.299
  static let green: Float = 0.587
  static let blue: Float = 0.114

  /// Red, green and blue of a luma and its chroma around zero.
  static func joined(_ luma: Float, blueChroma: Float, redChroma: Float) -> (Float, Float, Float) {
    let red = luma + (2 - 2 * Luma.red) * redChroma
    let blue = luma + (2 - 2 * Luma.blue) * blueChroma
    return (red, (luma - Luma.red * red - Luma.blue * blue) / Luma.green, blue)
  }
}
