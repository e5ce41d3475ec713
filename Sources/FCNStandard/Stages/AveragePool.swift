import FCNCore

/// The mean of a sliding window.
public struct AveragePool: PoolStage {
  public static let signature = StageSignature(
    name: "avgpool",
    summary: "The mean of a window, for every channel by itself.",
    discussion: """
      At the edges frameworks divide by different numbers, so `count_include_pad` is written wherever there is padding: \
      true divides by the part of the window that lies in the padded input (PyTorch, Caffe), false by the part that lies \
      in the input (TensorFlow). The part of a window that reaches beyond the padded input, which `round: ceil` allows, \
      never counts.
      """,
    parameters: poolParameters + [
      Parameter(
        "count_include_pad", .flag, default: .optional("there is no padding to count"),
        "Whether padded pixels count as zeros in the mean; needed where `pad` is not 0.",
        elsewhere: ["PyTorch": "true", "TensorFlow": "false", "Caffe": "true", "ONNX": "false"])
    ],
    equivalents: [
      .init("PyTorch", "nn.AvgPool2d(kernel, stride, padding, ceil_mode, count_include_pad)"),
      .init("TensorFlow", "keras.layers.AveragePooling2D(kernel, strides, padding)"),
      .init("Caffe", "Pooling { pool: AVE kernel_size stride pad round_mode }"),
      .init("ONNX", "AveragePool(kernel_shape, strides, pads, ceil_mode, count_include_pad)"),
    ],
    example: "x -> avgpool(2)")

  static let border = Border.zero
  var window: SpatialWindow
  /// Whether padded pixels count in the mean.
  public var countsPadding: Bool

  public init(_ arguments: Arguments) throws(Rejection) {
    window = try Self.window(arguments)
    let none = WindowAxis.Padding.amount(before: 0, after: 0)
    guard arguments.contains("count_include_pad") || (window.rows.padding == none && window.columns.padding == none)
    else {
      throw Rejection(
        "`avgpool` with padding does not say whether padded pixels count", .argument("count_include_pad"),
        related: [(.argument("pad"), "pixels are added here")],
        help:
          "add `count_include_pad: true` for PyTorch's and Caffe's mean, `count_include_pad: false` for TensorFlow's")
    }
    countsPadding = arguments.contains("count_include_pad") ? arguments.flag("count_include_pad") : false
  }

  init(window: SpatialWindow, countsPadding: Bool) {
    self.window = window
    self.countsPadding = countsPadding
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let (planes, height, width) = window.bordered(inputs[0], Self.border)
    let rowCounts = counts(window.rows, size: inputs[0].height)
    let columnCounts = counts(window.columns, size: inputs[0].width)
    var output = Tensor(channels: planes.channels, height: height, width: width)
    for channel in 0..<planes.channels {
      for row in 0..<height {
        let target = (channel * height + row) * width
        for tap in 0..<window.rows.kernel {
          let line = (channel * planes.height + row * window.rows.stride + tap) * planes.width
          for column in 0..<window.columns.kernel {
            for x in 0..<width {
              output.values[target + x] += planes.values[line + column + x * window.columns.stride]
            }
          }
        }
        for x in 0..<width { output.values[target + x] /= Float(rowCounts[row] * columnCounts[x]) }
      }
    }
    return [output]
  }

  /// How many pixels along one axis count in the mean of each window.
  private func counts(_ axis: WindowAxis, size: Int) -> [Int] {
    let (count, before, after) = axis.layout(size)
    return (0..<count).map { index in
      let start = index * axis.stride - before
      let end = min(start + axis.kernel, size + after)
      return countsPadding ? end - start : min(end, size) - max(start, 0)
    }
  }
}
