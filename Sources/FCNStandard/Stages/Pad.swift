import FCNCore

/// Pixels added at the sides.
public struct Pad: Stage {
  public static let signature = StageSignature(
    name: "pad",
    summary: "The value with rows and columns added at its sides.",
    discussion: """
      `zero` and `constant` add a number, `replicate` repeats the edge pixel, `reflect` mirrors at the edge pixel without \
      repeating it (which needs more pixels than are added).
      """,
    parameters: [
      Parameter(
        "amount", .padding([]), "Pixels to add: one number, rows x columns, or `[top, left, bottom, right]`."),
      Parameter(
        "mode", .word(["zero", "reflect", "replicate", "constant"]), default: .value(.word("zero")),
        "What the added pixels hold.",
        elsewhere: ["PyTorch": "zero (constant)", "TensorFlow": "zero (CONSTANT)", "ONNX": "zero (constant)"]),
      Parameter(
        "value", .decimal(-3e38...3e38), default: .optional("there is no constant"),
        "The number that `mode: constant` adds.", elsewhere: ["PyTorch": "0", "TensorFlow": "0", "ONNX": "0"]),
    ],
    equivalents: [
      .init("PyTorch", "F.pad(x, [left, right, top, bottom], mode, value)"),
      .init("TensorFlow", "tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]], mode, value)"),
      .init("Caffe", "none: pad in the next layer"), .init("ONNX", "Pad(pads, constant_value, mode)"),
    ],
    example: "x -> pad(1, mode: reflect)")

  public var amount: (top: Int, left: Int, bottom: Int, right: Int)
  public var border: Border

  public init(_ arguments: Arguments) throws(Rejection) {
    amount = try Self.sides(arguments, "amount", help: "cut pixels off with `crop`") ?? (0, 0, 0, 0)
    let mode = arguments.word("mode")
    guard arguments.contains("value") == (mode == "constant") else {
      throw Rejection(
        mode == "constant"
          ? "`pad` with `mode: constant` does not say which number" : "`value` has no meaning with `mode: \(mode)`",
        mode == "constant" ? .argument("mode") : .argument("value"),
        help: mode == "constant" ? "add `value: ...`" : "use `mode: constant`, or leave `value` out")
    }
    border =
      switch mode {
      case "reflect": .reflect
      case "replicate": .replicate
      case "constant": .constant(Float(arguments.decimal("value")))
      default: .zero
      }
  }

  public var facts: StageFacts { StageFacts(keepsChannels: true, numbers: .fromInputs) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var output = inputs[0]
    try Self.sizes { () throws(Extent.Failure) in
      if border == .reflect {
        output.height = try output.height.requiring(atLeast: max(amount.top, amount.bottom) + 1)
        output.width = try output.width.requiring(atLeast: max(amount.left, amount.right) + 1)
      }
      output.height = try output.height.adding(amount.top + amount.bottom)
      output.width = try output.width.adding(amount.left + amount.right)
    }
    try Self.requireSomeSize(
      [output], .argument("amount"), of: inputs[0], help: "`mode: reflect` needs an input larger than the padding")
    return [output]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    SpatialAccess(
      rows: .window(Window(offset: .constant(-amount.top))),
      columns: .window(Window(offset: .constant(-amount.left))), border: border)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    [
      inputs[0].bordered(
        top: amount.top, left: amount.left, height: inputs[0].height + amount.top + amount.bottom,
        width: inputs[0].width + amount.left + amount.right, border)
    ]
  }
}
