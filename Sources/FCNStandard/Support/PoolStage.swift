import FCNCore

/// A stage that reduces a sliding window of every channel to one number.
protocol PoolStage: Stage {
  var window: SpatialWindow { get }
  static var border: Border { get }
}

extension PoolStage {
  /// The window of the arguments `kernel`, `stride`, `pad` and `round`.
  static func window(_ arguments: Arguments) throws(Rejection) -> SpatialWindow {
    let kernel = arguments.window("kernel")
    let stride = arguments.contains("stride") ? arguments.window("stride") : kernel
    let rounding = WindowAxis.Rounding(rawValue: arguments.word("round")) ?? .floor
    var window = SpatialWindow(
      rows: WindowAxis(kernel: kernel.rows, stride: stride.rows, rounding: rounding),
      columns: WindowAxis(kernel: kernel.columns, stride: stride.columns, rounding: rounding))
    if let sides = try sides(arguments, "pad", help: "cut pixels off with `crop`") {
      window.rows.padding = .amount(before: sides.top, after: sides.bottom)
      window.columns.padding = .amount(before: sides.left, after: sides.right)
      for (amount, kernel) in [
        (max(sides.top, sides.bottom), kernel.rows), (max(sides.left, sides.right), kernel.columns),
      ] where amount >= kernel {
        throw Rejection(
          "a window of \(kernel) can lie wholly in a padding of \(amount)", .argument("pad"),
          related: [(.argument("kernel"), "a window of \(kernel)")], help: "pad by less than the kernel")
      }
    } else {
      window.rows.padding = .sameTF
      window.columns.padding = .sameTF
      guard rounding == .floor else {
        throw Rejection(
          "`pad: same_tf` decides the number of windows, so `round` has no meaning", .argument("round"),
          related: [(.argument("pad"), "ceil(n / stride) windows")], help: "leave `round` out")
      }
    }
    for axis in [window.rows, window.columns] {
      guard rounding == .ceilCaffe, axis.padding == .amount(before: 0, after: 0), axis.stride > axis.kernel else {
        continue
      }
      throw Rejection(
        "with `round: ceil_caffe` and a stride of \(axis.stride) a window of \(axis.kernel) can lie wholly beyond the "
          + "image", .argument("round"), related: [(.argument("stride"), "larger than the kernel")],
        help: "use `round: ceil`, which drops such a window")
    }
    return window
  }

  /// The parameters that every pooling has.
  static var poolParameters: [Parameter] {
    [
      Parameter("kernel", .window(1...1024), "Rows and columns of the window."),
      Parameter(
        "stride", .window(1...64), default: .optional("the kernel: windows side by side"),
        "Pixels from one window to the next.",
        elsewhere: ["PyTorch": "the kernel", "TensorFlow": "the kernel", "Caffe": "1", "ONNX": "1"]),
      Parameter(
        "pad", .padding(["same_tf"]), default: .value(.integer(0)), "Pixels added around the input.",
        elsewhere: ["PyTorch": "0", "TensorFlow": "valid", "Caffe": "0", "ONNX": "0"]),
      Parameter(
        "round", .word(WindowAxis.Rounding.allCases.map(\.rawValue)), default: .value(.word("floor")),
        "What becomes of a last window that reaches beyond the padded input: `floor` drops it; `ceil` keeps it unless it "
          + "starts in the padding (PyTorch's ceil_mode); `ceil_caffe` drops such a window only if there is padding; with "
          + "`exact` there is none: only sizes are accepted whose windows fill the padded input without a pixel left over.",
        elsewhere: ["PyTorch": "floor", "TensorFlow": "floor", "Caffe": "ceil_caffe", "ONNX": "floor"]),
    ]
  }

  public var facts: StageFacts { StageFacts(keepsChannels: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    let output = try Self.sizes { () throws(Extent.Failure) in
      let size = try window.output(of: inputs[0])
      return TensorType(channels: inputs[0].channels, height: size.height, width: size.width)
    }
    let isExact = window.rows.rounding == .exact
    try Self.requireSomeSize(
      [output], .argument(isExact ? "round" : "kernel"), of: inputs[0],
      help: isExact
        ? "the windows must fill the padded input: mend the padding of the stages before, or use another `round`"
        : "the window must fit into the padded input: use a smaller kernel or more padding")
    return [output]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    window.access(inputs[0], border: Self.border)
  }
}
