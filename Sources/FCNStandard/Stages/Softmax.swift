import FCNCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Exponentials of the channels of a pixel, divided by their sum.
public struct Softmax: Stage {
  public static let signature = StageSignature(
    name: "softmax",
    summary: "The channels of every pixel as probabilities that add up to 1.",
    discussion: "exp(x[c] - m) / the sum over k of exp(x[k] - m), with m the greatest channel of the pixel.",
    equivalents: [
      .init("PyTorch", "torch.softmax(x, dim=1)"), .init("TensorFlow", "tf.nn.softmax(x, axis=-1)"),
      .init("Caffe", "Softmax { axis: 1 }"), .init("ONNX", "Softmax(axis=1)"),
    ],
    example: "x -> softmax")

  public init(_ arguments: Arguments) {}

  public var facts: StageFacts {
    StageFacts(
      keepsChannels: true, givesProbabilities: true, comparesChannels: true, keepsOrder: true, numbers: .within(0, 1))
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return inputs
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    var output = inputs[0]
    let pixels = output.height * output.width
    for pixel in 0..<pixels {
      let positions = stride(from: pixel, to: output.values.count, by: pixels)
      var greatest = -Float.infinity
      for position in positions { greatest = max(greatest, output.values[position]) }
      var sum: Float = 0
      for position in positions {
        let power = exp(output.values[position] - greatest)
        output.values[position] = power
        sum += power
      }
      for position in positions { output.values[position] /= sum }
    }
    return [output]
  }
}
