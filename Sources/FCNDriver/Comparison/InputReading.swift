import FCNCore
import FCNRuntime

/// Another way to make the numbers of an input from a picture: a number `scale * x + shift` for each channel, whose
/// channels may stand in reverse order.
struct InputReading {
  /// What would have to be done to the array that was given, in words that follow "if `image` is".
  private var deed: String
  private var isReversed: Bool
  /// One for each channel, or one for all.
  private var scale: [Float]
  private var shift: [Float]

  private init(_ deed: String, isReversed: Bool = false, scale: [Float], shift: [Float] = [0]) {
    self.deed = deed
    self.isReversed = isReversed
    self.scale = scale
    self.shift = shift
  }

  func text(_ input: String) -> String { "if the array that is given for `\(input)` is \(deed)" }

  func callAsFunction(_ tensor: Tensor) -> Tensor {
    let pixels = tensor.height * tensor.width
    var result = tensor
    for channel in 0..<tensor.channels {
      let source = isReversed ? tensor.channels - 1 - channel : channel
      let (scale, shift) = (scale[channel % scale.count], shift[channel % shift.count])
      for pixel in 0..<pixels {
        result.values[channel * pixels + pixel] = scale * tensor.values[source * pixels + pixel] + shift
      }
    }
    return result
  }

  /// The usual other readings of an input, the most usual first.
  static func all(for input: InputDescription) -> [InputReading] {
    let plain = [
      InputReading("multiplied by 255: it holds 0...1 and 0...255 is expected", scale: [255]),
      InputReading("divided by 255: it holds 0...255 and 0...1 is expected", scale: [1 / 255]),
      InputReading("brought from 0...1 to -1...1", scale: [2], shift: [-1]),
      InputReading("brought from -1...1 to 0...1", scale: [0.5], shift: [0.5]),
      InputReading("brought from 0...255 to -1...1", scale: [1 / 127.5], shift: [-1]),
    ]
    let reversed =
      input.channels == 3
      ? [
        InputReading(
          "put into the reverse order of channels: blue, green, red for red, green, blue", isReversed: true, scale: [1])
      ] : []
    return plain + statistics(of: input).flatMap { normalizing($0.mean, $0.deviation, input.channels) } + reversed
  }

  /// Means and deviations that may be meant: those of the network's own preprocessing, and ImageNet's.
  private static func statistics(of input: InputDescription) -> [(mean: [Float], deviation: [Float])] {
    var mean: [Float]?
    var deviation: [Float]?
    for step in input.preprocessing {
      switch step {
      case .subtract(let numbers): mean = numbers
      case .divide(let numbers): deviation = numbers
      default: break
      }
    }
    let own = mean != nil || deviation != nil ? [(mean ?? [0], deviation ?? [1])] : []
    let imageNet: (mean: [Float], deviation: [Float]) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    let isImageNet = own.contains { $0.0 == imageNet.mean && $0.1 == imageNet.deviation }
    return own + (input.channels == 3 && !isImageNet ? [imageNet] : [])
  }

  private static func normalizing(_ mean: [Float], _ deviation: [Float], _ channels: Int) -> [InputReading] {
    let mean = (0..<channels).map { mean[$0 % mean.count] }
    let deviation = (0..<channels).map { deviation[$0 % deviation.count] }
    let inverse = deviation.map { 1 / $0 }
    let all = Array(0..<channels)
    let names = "the mean (\(text(mean))) and deviation (\(text(deviation)))"
    var readings = [
      InputReading("normalised with \(names)", scale: inverse, shift: all.map { -mean[$0] / deviation[$0] }),
      InputReading("given before the normalisation with \(names)", scale: deviation, shift: mean),
      InputReading(
        "divided by 255 and then normalised with \(names)", scale: inverse.map { $0 / 255 },
        shift: all.map { -mean[$0] / deviation[$0] }),
      InputReading(
        "given before the normalisation with \(names), as 0...255", scale: deviation.map { $0 * 255 },
        shift: mean.map { $0 * 255 }),
      // Given is x / deviation - mean; expected (x - mean) / deviation.
      InputReading(
        "normalised by subtracting the mean (\(text(mean))) before dividing by the deviation (\(text(deviation)))",
        scale: [1], shift: all.map { mean[$0] - mean[$0] / deviation[$0] }),
      InputReading(
        "normalised by dividing by the deviation (\(text(deviation))) before subtracting the mean (\(text(mean)))",
        scale: [1], shift: all.map { mean[$0] / deviation[$0] - mean[$0] }),
    ]
    if channels == 3 {
      // Given is (x - mean) / deviation of red, green, blue; expected the same numbers for blue, green, red.
      readings.append(
        InputReading(
          "made with the channels in reverse order (blue, green, red) before the normalisation with \(names)",
          isReversed: true, scale: all.map { deviation[2 - $0] / deviation[$0] },
          shift: all.map { (mean[2 - $0] - mean[$0]) / deviation[$0] }))
    }
    return readings
  }

  private static func text(_ numbers: [Float]) -> String { numbers.map { "\($0)" }.joined(separator: ", ") }
}
