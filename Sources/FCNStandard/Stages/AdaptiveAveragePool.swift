import FCNCore

/// The means over a fixed number of parts of the image.
public struct AdaptiveAveragePool: Stage {
  public static let signature = StageSignature(
    name: "adaptive_avgpool",
    summary: "The mean of every channel over each part of the image, cut into a fixed number of rows and columns.",
    discussion: """
      Of k parts along an axis of n pixels, part i is the pixels from floor(i * n / k) up to, but without, \
      ceil((i + 1) * n / k). Neighbouring parts share a pixel where k does not divide n, and pixels repeat where n is \
      smaller than k. The pyramid pooling of PSPNet (Zhao et al. 2017) takes 1, 2, 3 and 6 parts; one part is \
      `global_mean`. A network with it works for every image size, but the size of the parts, and so each output, depends \
      on the whole image.
      """,
    parameters: [Parameter("size", .window(1...1024), "Rows and columns of the output, for every image.")],
    equivalents: [
      .init("PyTorch", "nn.AdaptiveAvgPool2d(size)"),
      .init("TensorFlow", "tfa.layers.AdaptiveAveragePooling2D(size), where k divides n"),
      .init("Caffe", "none; SPP differs in the parts"), .init("ONNX", "none for an open size"),
    ],
    example: "x -> adaptive_avgpool(3)")

  public var size: (rows: Int, columns: Int)

  public init(_ arguments: Arguments) { size = arguments.window("size") }

  public var facts: StageFacts {
    StageFacts(wholeImage: "means over parts that grow with the image", keepsChannels: true, numbers: .fromInputs)
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    return [try Self.fixedSize(size, of: inputs[0])]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    SpatialAccess(rows: .whole, columns: .whole)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let rows = Self.parts(size.rows, of: input.height)
    let columns = Self.parts(size.columns, of: input.width)
    var means: [Float] = []
    for channel in 0..<input.channels {
      for part in rows {
        for columns in columns {
          // Millions of pixels in 32 bits would lose several digits.
          var sum = 0.0
          for row in part {
            let line = (channel * input.height + row) * input.width
            for column in columns { sum += Double(input.values[line + column]) }
          }
          means.append(Float(sum / Double(part.count * columns.count)))
        }
      }
    }
    return [Tensor(channels: input.channels, height: size.rows, width: size.columns, values: means)]
  }

  /// The pixels of each of `count` parts of an axis.
  private static func parts(_ count: Int, of size: Int) -> [Range<Int>] {
    (0..<count).map { $0 * size / count..<(($0 + 1) * size + count - 1) / count }
  }
}
