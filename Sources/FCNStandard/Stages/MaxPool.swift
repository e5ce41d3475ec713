import FCNCore

/// The greatest number of a sliding window.
public struct MaxPool: PoolStage {
  public static let signature = StageSignature(
    name: "maxpool",
    summary: "The greatest number of a window, for every channel by itself.",
    discussion: """
      Padding counts as minus infinity: it never wins. The output has floor((n + before + after - kernel) / stride) + 1 \
      pixels along an axis of n, or the quotient rounded up with `round: ceil` and `round: ceil_caffe`. Caffe rounds up, \
      PyTorch down: a network that was trained with the one is a pixel off with the other. With `round: exact` the \
      quotient must come out even (the even sizes that U-Net asks for, Ronneberger et al. 2015), and other sizes of the \
      image are not accepted.
      """,
    parameters: poolParameters,
    equivalents: [
      .init("PyTorch", "nn.MaxPool2d(kernel, stride, padding, ceil_mode)"),
      .init("TensorFlow", "keras.layers.MaxPooling2D(kernel, strides, padding)"),
      .init("Caffe", "Pooling { pool: MAX kernel_size stride pad round_mode }"),
      .init("ONNX", "MaxPool(kernel_shape, strides, pads, ceil_mode)"),
    ],
    example: "x -> maxpool(2)")

  static let border = Border.negativeInfinity
  var window: SpatialWindow

  public init(_ arguments: Arguments) throws(Rejection) { window = try Self.window(arguments) }

  init(window: SpatialWindow) { self.window = window }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let (planes, height, width) = window.bordered(inputs[0], Self.border)
    var output = Tensor(channels: planes.channels, height: height, width: width, repeating: -.infinity)
    for channel in 0..<planes.channels {
      for row in 0..<height {
        let target = (channel * height + row) * width
        for tap in 0..<window.rows.kernel {
          let line = (channel * planes.height + row * window.rows.stride + tap) * planes.width
          for column in 0..<window.columns.kernel {
            for x in 0..<width {
              let value = planes.values[line + column + x * window.columns.stride]
              if value > output.values[target + x] { output.values[target + x] = value }
            }
          }
        }
      }
    }
    return [output]
  }
}
