import FCNCore

/// Transposed convolution.
public struct Deconv: AffineAbsorbingStage {
  public static let signature = StageSignature(
    name: "deconv",
    summary: "A transposed convolution: every input pixel adds a weighted window to the output.",
    discussion: """
      out[o, y * stride + r - top, x * stride + c - left] receives weight[i, o, r, c] * in[i, y, x]; `bias` is added \
      once. The output has (n - 1) * stride - before - after + kernel + output_padding pixels along an axis of n. A \
      convolution with a stride gives the same size for several input sizes; `output_padding`, less than the stride, \
      says which one is meant, or `like: value` takes the size of that value (PyTorch's `output_size`) and is defined \
      for exactly those image sizes for which such a number exists.

      Weights: `weight` of shape [input channels, channels / groups, rows, columns] and `bias` of shape [channels]. \
      (Long, Shelhamer and Darrell 2015; Dumoulin and Visin 2016, "A guide to convolution arithmetic".)
      """,
    parameters: [
      Parameter("channels", .integer(1...65536), "Channels of the output."),
      Parameter("kernel", .window(1...1024), "Rows and columns of the window."),
      Parameter(
        "stride", .window(1...64), default: .value(.integer(1)), "Output pixels from one window to the next.",
        elsewhere: ["PyTorch": "1", "TensorFlow": "1", "Caffe": "1", "ONNX": "1"]),
      Parameter(
        "pad", .padding([]), default: .value(.integer(0)), "Output pixels cut off on each side.",
        elsewhere: ["PyTorch": "0", "TensorFlow": "valid", "Caffe": "0", "ONNX": "0"]),
      Parameter(
        "output_padding", .window(0...63), default: .optional("0, or what `like` asks for"),
        "Rows and columns more after the last; less than the stride.", elsewhere: ["PyTorch": "0", "ONNX": "0"]),
      Parameter(
        "groups", .integer(1...65536), default: .value(.integer(1)),
        "Parts that the channels are divided into; `groups: channels(x)` is depthwise.",
        elsewhere: ["PyTorch": "1", "Caffe": "1", "ONNX": "1"]),
      Parameter(
        "bias", .flag, default: .value(.flag(true)), "Whether a learned number is added to every output channel.",
        elsewhere: ["PyTorch": "true", "TensorFlow": "true (use_bias)", "Caffe": "true (bias_term)"]),
      Parameter(
        "like", .value, default: .optional("`output_padding` decides the size"), "The value whose size is meant."),
    ],
    equivalents: [
      .init(
        "PyTorch", "nn.ConvTranspose2d(in_channels, channels, kernel, stride, padding, output_padding, groups, bias)"),
      .init("TensorFlow", "keras.layers.Conv2DTranspose(channels, kernel, strides, padding, output_padding)"),
      .init("Caffe", "Deconvolution { num_output kernel_size stride pad group bias_term }"),
      .init("ONNX", "ConvTranspose(kernel_shape, strides, pads, output_padding, group)"),
    ],
    example: "x -> deconv(8, kernel: 4, stride: 2, pad: 1)")

  public var channels: Int
  public var kernel: (rows: Int, columns: Int)
  public var stride: (rows: Int, columns: Int)
  public var pad: (top: Int, left: Int, bottom: Int, right: Int)
  public var outputPadding: (rows: Int, columns: Int)
  public var groups: Int
  public var hasBias: Bool
  /// The input whose size the output takes.
  public var like: Int?

  public init(_ arguments: Arguments) throws(Rejection) {
    channels = arguments.integer("channels")
    kernel = arguments.window("kernel")
    stride = arguments.window("stride")
    pad = try Self.sides(arguments, "pad", help: "put pixels on with `pad` after the stage") ?? (0, 0, 0, 0)
    groups = arguments.integer("groups")
    hasBias = arguments.flag("bias")
    like = arguments.input("like")
    outputPadding = arguments.contains("output_padding") ? arguments.window("output_padding") : (0, 0)
    if like != nil, arguments.contains("output_padding") {
      throw Rejection(
        "`deconv` takes its size from `like` or from `output_padding`, not from both", .argument("output_padding"),
        related: [(.argument("like"), "the size is taken from this value")], help: "leave one of them out")
    }
    for (padding, stride, axis) in [
      (outputPadding.rows, stride.rows, "rows"), (outputPadding.columns, stride.columns, "columns"),
    ] where padding >= stride {
      throw Rejection(
        "an output padding of \(padding) \(axis) is not less than the stride of \(stride)",
        .argument("output_padding"), related: [(.argument("stride"), "a stride of \(stride)")],
        help: "give a number from 0 to \(stride - 1)")
    }
    guard channels.isMultiple(of: groups) else {
      throw Rejection(
        "\(channels) output channels cannot be divided into \(groups) groups", .argument("groups"),
        related: [(.argument("channels"), "\(channels) channels")],
        help: "give a number of groups that divides \(channels)")
    }
  }

  public var facts: StageFacts { StageFacts(acceptsEpilogue: true, readsPlanar: true, storesPlanar: true) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal([inputs[0]])
    let input = inputs[0]
    guard input.channels.isMultiple(of: groups) else {
      throw Rejection(
        "\(input.channels) input channels cannot be divided into \(groups) groups", .argument("groups"),
        related: [(.input(0), "\(input.channels) channels")],
        help: "give a number of groups that divides \(input.channels); `groups: channels(x)` is depthwise")
    }
    let least = try Self.sizes { () throws(Extent.Failure) in
      TensorType(channels: channels, height: try rows(of: input.height), width: try columns(of: input.width))
    }
    guard let like else {
      let output = try Self.sizes { () throws(Extent.Failure) in
        TensorType(
          channels: channels, height: try least.height.requiring(atLeast: 1),
          width: try least.width.requiring(atLeast: 1))
      }
      try Self.requireSomeSize([output], .argument("pad"), of: input, help: "use less padding or a larger kernel")
      return [output]
    }
    let wanted = inputs[like]
    let output = try Self.sizes { () throws(Extent.Failure) in
      TensorType(
        channels: channels,
        height: try Self.reached(wanted.height, from: least.height, stride: stride.rows),
        width: try Self.reached(wanted.width, from: least.width, stride: stride.columns))
    }
    guard !output.height.isEmpty, !output.width.isEmpty else {
      throw Rejection(
        "`deconv` reaches the size of `like` for no image: it gives \(Self.size(least)) or up to \(stride.rows - 1) rows "
          + "and \(stride.columns - 1) columns more, and `like` has \(Self.size(wanted))", .argument("like"),
        related: [(.input(0), Self.size(input))],
        help: "use the stride, kernel and padding of the stage that made this value smaller")
    }
    return [output]
  }

  public func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let depth = inputs[0].channels
    let taps = max(1, kernel.rows * kernel.columns / (stride.rows * stride.columns))
    let weight = WeightRequirement(
      "weight", [depth, channels / groups, kernel.rows, kernel.columns], .he(fanIn: depth / groups * taps))
    return [weight] + (hasBias ? [WeightRequirement("bias", [channels], .uniform(-0.1, 0.1))] : [])
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    guard index == 0 else { return .unread }
    return SpatialAccess(
      rows: .window(Self.window(kernel: kernel.rows, stride: stride.rows, pad: pad.top)),
      columns: .window(Self.window(kernel: kernel.columns, stride: stride.columns, pad: pad.left)))
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let height =
      like.map { inputs[$0].height } ?? (input.height - 1) * stride.rows - pad.top - pad.bottom
      + kernel.rows + outputPadding.rows
    let width =
      like.map { inputs[$0].width } ?? (input.width - 1) * stride.columns - pad.left - pad.right
      + kernel.columns + outputPadding.columns
    var output = Tensor(channels: channels, height: height, width: width)
    let depth = input.channels / groups
    let channelsPerGroup = channels / groups
    output.values.withUnsafeMutableBufferPointer { target in
      for channel in 0..<channels {
        if hasBias {
          let plane = target[(channel * height * width)..<((channel + 1) * height * width)]
          UnsafeMutableBufferPointer(rebasing: plane).update(repeating: weights[1].values[channel])
        }
        let group = channel / channelsPerGroup
        for plane in group * depth..<(group + 1) * depth {
          let factors = (plane * channelsPerGroup + channel % channelsPerGroup) * kernel.rows * kernel.columns
          for row in 0..<input.height {
            for tap in 0..<kernel.rows {
              let line = row * stride.rows + tap - pad.top
              guard line >= 0, line < height else { continue }
              for column in 0..<kernel.columns {
                let factor = weights[0].values[factors + tap * kernel.columns + column]
                let shift = column - pad.left
                // The input columns whose place in the output lies inside it.
                let first = max(0, (stride.columns - 1 - shift) / stride.columns)
                let last = min(input.width - 1, (width - 1 - shift) / stride.columns)
                guard shift < width, first <= last else { continue }
                let source = (plane * input.height + row) * input.width
                let start = (channel * height + line) * width + shift
                for x in first...last { target[start + x * stride.columns] += factor * input.values[source + x] }
              }
            }
          }
        }
      }
    }
    return [output]
  }

  public func multiplyAdds(for inputs: [TensorType]) -> Int {
    let area = stride.rows * stride.columns
    return (inputs[0].channels / groups * kernel.rows * kernel.columns * channels + area - 1) / area
  }

  public func absorbing(
    scale: [Float], shift: [Float], weights: [WeightTensor]
  ) -> (stage: any Stage, weights: [WeightTensor]) {
    var stage = self
    stage.hasBias = true
    var weight = weights[0]
    let taps = kernel.rows * kernel.columns
    let channelsPerGroup = channels / groups
    let depth = weight.shape[0] / groups
    for plane in 0..<weight.shape[0] {
      for member in 0..<channelsPerGroup {
        let factor = scale[plane / depth * channelsPerGroup + member]
        let start = (plane * channelsPerGroup + member) * taps
        for index in start..<start + taps { weight.values[index] *= factor }
      }
    }
    var bias = shift
    if hasBias {
      for channel in 0..<channels { bias[channel] += scale[channel] * weights[1].values[channel] }
    }
    return (stage, [weight, WeightTensor(shape: [channels], values: bias)])
  }

  private func rows(of height: Extent) throws(Extent.Failure) -> Extent {
    try height.adding(-1).multiplied(by: stride.rows).adding(
      kernel.rows + outputPadding.rows - pad.top - pad.bottom)
  }

  private func columns(of width: Extent) throws(Extent.Failure) -> Extent {
    try width.adding(-1).multiplied(by: stride.columns).adding(
      kernel.columns + outputPadding.columns - pad.left - pad.right)
  }

  /// `wanted` where it is `least` or less than a stride more.
  private static func reached(
    _ wanted: Extent, from least: Extent, stride: Int
  ) throws(Extent.Failure) -> Extent {
    let more = try wanted.subtracting(least)
    let less = try more.multiplied(by: -1).adding(stride - 1)
    return try wanted.restricted(toDomainOf: more.requiring(atLeast: 0))
      .restricted(toDomainOf: less.requiring(atLeast: 0)).requiring(atLeast: 1)
  }

  /// The input positions that reach an output position: one in `stride`, from the nearest backwards.
  private static func window(kernel: Int, stride: Int, pad: Int) -> Window {
    Window(taps: (kernel + stride - 1) / stride, step: -1, divide: stride, shift: pad, span: kernel)
  }
}
