import FCNCore

/// The numbers of a value as a map of a fixed size.
public struct Reshape: ConvolutionizableStage {
  public static let signature = StageSignature(
    name: "reshape",
    summary: "The numbers of the value, counted channel, row, column, as a map of a fixed size.",
    discussion: """
      The size that comes out does not follow the image, so on a map the network is not fully convolutional. On a value of \
      fixed size it is fine. To move pixels into channels, use `pixel_unshuffle`; to change the size, `upsample` or `crop`.
      """,
    parameters: [
      Parameter("channels", .integer(1...65536), "Channels of the output."),
      Parameter("size", .window(1...65536), "Rows and columns of the output."),
    ],
    equivalents: [
      .init("PyTorch", "x.reshape(-1, channels, rows, columns)"),
      .init("TensorFlow", "tf.reshape(x, [-1, channels, rows, columns]), channels first"),
      .init("Caffe", "Reshape { shape }"), .init("ONNX", "Reshape(shape)"),
    ],
    example: "x -> global_mean -> reshape(1, size: 2x2)")

  public var channels: Int
  public var size: (rows: Int, columns: Int)

  public init(_ arguments: Arguments) {
    channels = arguments.integer("channels")
    size = arguments.window("size")
  }

  public var facts: StageFacts { StageFacts(fixesSize: "its output has the same size for every image") }

  public func facts(for inputs: [TensorType]) -> StageFacts {
    guard inputs[0].constantCount != nil else { return facts }
    return StageFacts(isIdentity: inputs[0].isPerChannel && channels == inputs[0].channels && size == (1, 1))
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    let input = inputs[0]
    let count = channels * size.rows * size.columns
    if let numbers = input.constantCount, numbers != count {
      throw Rejection(
        "\(channels) channels of \(size.rows) x \(size.columns) pixels are \(count) numbers, but the value has \(numbers)",
        .argument("size"), related: [(.input(0), "\(input.channels) channels of \(Self.size(input)) pixels")],
        help: "choose channels and a size whose product is \(numbers)")
    }
    var output = try Self.fixedSize(size, of: input)
    output.channels = channels
    return [output]
  }

  /// To one pixel it is a flattening.
  public func convolutionized(over map: MapShape) -> Convolutionized? {
    size == (1, 1) ? .counting(.channelRowColumn) : nil
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    SpatialAccess(rows: .whole, columns: .whole)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    guard inputs[0].values.count == channels * size.rows * size.columns else { return [] }
    return [Tensor(channels: channels, height: size.rows, width: size.columns, values: inputs[0].values)]
  }
}
