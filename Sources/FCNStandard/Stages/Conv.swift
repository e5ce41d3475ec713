import FCNCore

/// Convolution (cross-correlation) with a window, per group of channels.
public struct Conv: AffineAbsorbingStage {
  public static let signature = StageSignature(
    name: "conv",
    summary: "A convolution: every output channel is a weighted sum over a window of the input channels.",
    discussion: """
      out[o, y, x] = bias[o] + the sum over i, r, c of weight[o, i, r, c] * in[i, y * stride + r * dilation - top, \
      x * stride + c * dilation - left]. The window is not mirrored, as in every framework.

      The output has floor((n + before + after - k) / stride) + 1 pixels along an axis of n, with the effective kernel \
      k = (kernel - 1) * dilation + 1. Zero padding of a 3x3 kernel changes the result near the edges, so `pad` is \
      always written for kernels larger than 1: `same` puts (k - 1) / 2 pixels on both sides whatever the stride \
      (PyTorch's `padding=k//2`); `same_tf` is TensorFlow's SAME, whose amount depends on the size of the image: \
      max((ceil(n / stride) - 1) * stride + k - n, 0) in total, the odd pixel after; `valid` puts none.

      A depthwise convolution has as many groups as channels: `groups: channels(x)`. Weights: `weight` of shape \
      [channels, input channels / groups, rows, columns] and `bias` of shape [channels].
      """,
    parameters: [
      Parameter("channels", .integer(1...65536), "Channels of the output."),
      Parameter("kernel", .window(1...largestKernel), "Rows and columns of the window."),
      Parameter(
        "stride", .window(1...64), default: .value(.integer(1)), "Pixels from one window to the next.",
        elsewhere: ["PyTorch": "1", "TensorFlow": "1", "Caffe": "1", "ONNX": "1"]),
      Parameter(
        "dilation", .window(1...256), default: .value(.integer(1)), "Pixels from one tap of the window to the next.",
        elsewhere: ["PyTorch": "1", "TensorFlow": "1", "Caffe": "1", "ONNX": "1"]),
      Parameter(
        "groups", .integer(1...65536), default: .value(.integer(1)),
        "Parts that the channels are divided into; `groups: channels(x)` is a depthwise convolution.",
        elsewhere: ["PyTorch": "1", "TensorFlow": "1", "Caffe": "1", "ONNX": "1"]),
      Parameter(
        "pad", .padding(["same", "same_tf", "valid"]),
        default: .optional("0 for a kernel of 1; every larger kernel needs it"),
        "Pixels added around the input.",
        elsewhere: ["PyTorch": "0", "TensorFlow": "valid", "Caffe": "0", "ONNX": "0"]),
      Parameter(
        "border", .word(["zero", "reflect", "replicate"]), default: .value(.word("zero")),
        "What the added pixels hold; `reflect` mirrors at the edge pixel without repeating it.",
        elsewhere: ["PyTorch": "zero (padding_mode)"]),
      Parameter(
        "bias", .flag, default: .value(.flag(true)), "Whether a learned number is added to every output channel.",
        elsewhere: ["PyTorch": "true", "TensorFlow": "true (use_bias)", "Caffe": "true (bias_term)"]),
    ],
    equivalents: [
      .init(
        "PyTorch", "nn.Conv2d(in_channels, channels, kernel, stride, padding, dilation, groups, bias, padding_mode)"),
      .init(
        "TensorFlow", "keras.layers.Conv2D(channels, kernel, strides, padding, dilation_rate=dilation, groups=groups)"),
      .init("Caffe", "Convolution { num_output kernel_size stride pad dilation group bias_term }"),
      .init("ONNX", "Conv(kernel_shape, strides, pads, dilations, group)"),
    ],
    example: "x -> conv(16, kernel: 3, pad: same)")

  /// The most rows or columns of a window.
  static let largestKernel = 1024

  public var channels: Int
  public var groups: Int
  public var border: Border
  public var hasBias: Bool
  var window: SpatialWindow

  public var kernel: (rows: Int, columns: Int) { (window.rows.kernel, window.columns.kernel) }
  public var stride: (rows: Int, columns: Int) { (window.rows.stride, window.columns.stride) }
  public var dilation: (rows: Int, columns: Int) { (window.rows.dilation, window.columns.dilation) }

  public init(_ arguments: Arguments) throws(Rejection) {
    channels = arguments.integer("channels")
    groups = arguments.integer("groups")
    hasBias = arguments.flag("bias")
    border =
      switch arguments.word("border") {
      case "reflect": .reflect
      case "replicate": .replicate
      default: .zero
      }
    let kernel = arguments.window("kernel")
    let stride = arguments.window("stride")
    let dilation = arguments.window("dilation")
    window = SpatialWindow(
      rows: WindowAxis(kernel: kernel.rows, stride: stride.rows, dilation: dilation.rows),
      columns: WindowAxis(kernel: kernel.columns, stride: stride.columns, dilation: dilation.columns))
    try setPadding(arguments)
    guard channels.isMultiple(of: groups) else {
      throw Rejection(
        "\(channels) output channels cannot be divided into \(groups) groups", .argument("groups"),
        related: [(.argument("channels"), "\(channels) channels")],
        help: "give a number of groups that divides \(channels)")
    }
  }

  public var facts: StageFacts { StageFacts(acceptsEpilogue: true, readsPlanar: true, storesPlanar: true) }

  public func facts(for inputs: [TensorType]) -> StageFacts {
    var facts = facts
    facts.keepsChannels = groups == channels && groups == inputs[0].channels
    return facts
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    let input = inputs[0]
    guard input.channels.isMultiple(of: groups) else {
      throw Rejection(
        "\(input.channels) input channels cannot be divided into \(groups) groups", .argument("groups"),
        related: [(.input(0), "\(input.channels) channels")],
        help: "give a number of groups that divides \(input.channels); `groups: channels(x)` is depthwise")
    }
    let output = try Self.sizes { () throws(Extent.Failure) in
      var source = input
      if border == .reflect {
        source.height = try window.rows.mirrorable(input.height)
        source.width = try window.columns.mirrorable(input.width)
      }
      let size = try window.output(of: source)
      return TensorType(channels: channels, height: size.height, width: size.width)
    }
    try Self.requireSomeSize(
      [output], .argument("kernel"), of: input,
      help: border == .reflect
        ? "`border: reflect` needs an input larger than the padding, and the kernel must fit into the padded input"
        : "the kernel must fit into the padded input: use a smaller kernel or more padding")
    return [output]
  }

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let depth = inputs[0].channels / groups
    let weight = WeightRequirement(
      "weight", [channels, depth, kernel.rows, kernel.columns],
      .he(fanIn: depth * kernel.rows * kernel.columns))
    return [weight] + (hasBias ? [WeightRequirement("bias", [channels], .uniform(-0.1, 0.1))] : [])
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    window.access(inputs[0], border: border)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let (planes, height, width) = window.bordered(inputs[0], border)
    let depth = planes.channels / groups
    let channelsPerGroup = channels / groups
    var output = Tensor(channels: channels, height: height, width: width)
    let (step, rowStride) = (window.columns.stride, window.rows.stride)
    let (rowDilation, columnDilation) = (window.rows.dilation, window.columns.dilation)
    let (kernelRows, kernelColumns) = kernel
    let bias = hasBias ? weights[1].values : Array(repeating: 0, count: channels)
    planes.values.withUnsafeBufferPointer { source in
      weights[0].values.withUnsafeBufferPointer { weight in
        output.values.withUnsafeMutableBufferPointer { target in
          for channel in 0..<channels {
            let firstPlane = channel / channelsPerGroup * depth
            for row in 0..<height {
              let result = UnsafeMutableBufferPointer(
                rebasing: target[((channel * height + row) * width)...][..<((channel * height + row + 1) * width)])
              result.update(repeating: bias[channel])
              for plane in 0..<depth {
                for tap in 0..<kernelRows {
                  let line = (firstPlane + plane) * planes.height + row * rowStride + tap * rowDilation
                  let factors = ((channel * depth + plane) * kernelRows + tap) * kernelColumns
                  for column in 0..<kernelColumns {
                    Self.accumulate(
                      weight[factors + column], source, from: line * planes.width + column * columnDilation, by: step,
                      into: result)
                  }
                }
              }
            }
          }
        }
      }
    }
    return [output]
  }

  public func multiplyAdds(for inputs: [TensorType]) -> Int {
    inputs[0].channels / groups * kernel.rows * kernel.columns * channels
  }

  public func absorbing(
    scale: [Float], shift: [Float], weights: [WeightTensor]
  ) -> (stage: any Stage, weights: [WeightTensor]) {
    var stage = self
    stage.hasBias = true
    var weight = weights[0]
    let size = weight.values.count / channels
    for channel in 0..<channels {
      for index in channel * size..<(channel + 1) * size { weight.values[index] *= scale[channel] }
    }
    var bias = shift
    if hasBias {
      for channel in 0..<channels { bias[channel] += scale[channel] * weights[1].values[channel] }
    }
    return (stage, [weight, WeightTensor(shape: [channels], values: bias)])
  }

  /// `target[x] += factor * source[start + x * step]` for a row.
  @inline(__always)
  private static func accumulate(
    _ factor: Float, _ source: UnsafeBufferPointer<Float>, from start: Int, by step: Int,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    if step == 1 {
      let row = UnsafeBufferPointer(rebasing: source[start..<start + target.count])
      for column in 0..<target.count { target[column] += factor * row[column] }
    } else {
      for column in 0..<target.count { target[column] += factor * source[start + column * step] }
    }
  }

  private mutating func setPadding(_ arguments: Arguments) throws(Rejection) {
    if let sides = try Self.sides(arguments, "pad", help: "cut pixels off with `crop`") {
      window.rows.padding = .amount(before: sides.top, after: sides.bottom)
      window.columns.padding = .amount(before: sides.left, after: sides.right)
      return
    }
    guard arguments.contains("pad") else {
      if kernel == (1, 1) { return }
      throw Rejection(
        "`conv` with a \(kernel.rows)x\(kernel.columns) kernel does not say how it is padded", .argument("pad"),
        help: "add `pad: same` to keep the size, or `pad: valid` for no padding")
    }
    switch arguments.word("pad") {
    case "same":
      window.rows.padding = try centred(window.rows, "rows")
      window.columns.padding = try centred(window.columns, "columns")
    case "same_tf":
      window.rows.padding = .sameTF
      window.columns.padding = .sameTF
    default: break
    }
  }

  /// The padding that puts the middle of the window on a pixel.
  private func centred(_ axis: WindowAxis, _ name: String) throws(Rejection) -> WindowAxis.Padding {
    let size = axis.effectiveKernel
    guard !size.isMultiple(of: 2) else {
      let less = (size - 1) / 2
      throw Rejection(
        "a window of \(size) \(name) has no middle, so `pad: same` cannot centre it", .argument("pad"),
        related: [(.argument("kernel"), "an even number of \(name)")],
        help: "say which side gets the odd pixel with `pad: [top, left, bottom, right]` (\(less) before and "
          + "\(size - 1 - less) after keep the size at stride 1), or use `pad: same_tf`")
    }
    return .amount(before: (size - 1) / 2, after: (size - 1) / 2)
  }
}
