import CFCNRuntime

/// How sure each pixel's class is, of rows of scores or probabilities: the probability of the greatest channel and how
/// far it is ahead of the second; of one channel, of yes and no.
final class ConfidenceRows: Rows {
  private let source: Rows
  private let isLogits: Bool
  private let buffer: Memory<Float>

  init(_ source: Rows, isLogits: Bool) throws(RuntimeFailure) {
    self.source = source
    self.isLogits = isLogits
    buffer = try Memory(count: source.channels * source.width)
    super.init(channels: 2, height: source.height, width: source.width)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    source.read(row, into: buffer.pointer)
    for column in 0..<width {
      let (first, second) = source.channels == 1 ? binary(buffer[column]) : best(column)
      numbers[column] = first
      numbers[width + column] = first - second
    }
  }

  private func binary(_ value: Float) -> (Float, Float) {
    let yes = isLogits ? logistic(value) : value
    return (max(yes, 1 - yes), min(yes, 1 - yes))
  }

  private func best(_ column: Int) -> (Float, Float) {
    var (first, second) = (-Float.infinity, -Float.infinity)
    for channel in 0..<source.channels {
      let value = buffer[channel * width + column]
      if value > first {
        (first, second) = (value, first)
      } else {
        second = max(second, value)
      }
    }
    guard isLogits else { return (first, second) }
    var sum = 0.0
    for channel in 0..<source.channels {
      sum += fcn_exponential(Double(buffer[channel * width + column] - first))
    }
    return (Float(1 / sum), Float(fcn_exponential(Double(second - first)) / sum))
  }
}

/// The class of each pixel, the one that stands for "not judged" where its probability is too low.
final class JudgedRows: Rows {
  private let source: Rows
  private let confidence: Rows
  private let least: Float
  private let ignored: Float
  private let buffer: Memory<Float>
  private let probabilities: Memory<Float>

  /// - Parameters:
  ///   - source: one channel of classes, or the scores of several.
  ///   - confidence: of the same size; its first channel counts.
  init(_ source: Rows, confidence: Rows, least: Float, ignored: Int) throws(RuntimeFailure) {
    self.source = source
    self.confidence = confidence
    self.least = least
    self.ignored = Float(ignored)
    buffer = try Memory(count: source.channels * source.width)
    probabilities = try Memory(count: confidence.channels * source.width)
    super.init(channels: 1, height: source.height, width: source.width)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    source.read(row, into: buffer.pointer)
    confidence.read(row, into: probabilities.pointer)
    for column in 0..<width {
      var label = buffer[column]
      if source.channels > 1 {
        var best = 0
        for channel in 1..<source.channels where buffer[channel * width + column] > buffer[best * width + column] {
          best = channel
        }
        label = Float(best)
      }
      numbers[column] = probabilities[column] >= least ? label : ignored
    }
  }
}
