import FCNCore

/// Pixels cut off at the sides.
public struct Crop: AlignedStage {
  /// Where the part that stays begins.
  enum Placement: Hashable, Sendable {
    case sides(top: Int, left: Int, bottom: Int, right: Int)
    /// The size of input `like`, from an offset on.
    case offset(like: Int, rows: Int, columns: Int)
    /// The size of input `like`, from the middle.
    case centre(like: Int)
    /// The size of input `like`, from where that lies; an offset once the places of the inputs are known.
    case aligned(like: Int)
  }

  public static let signature = StageSignature(
    name: "crop",
    summary: "The value without some rows and columns at its sides.",
    discussion: """
      `crop([top, left, bottom, right])` cuts fixed amounts off. `crop(like: y, offset: 19)` takes the size of another \
      value, beginning at an offset (Caffe's Crop); `crop(like: y, center: true)` takes it from the middle, with \
      floor((a - b) / 2) pixels cut off before (the crop of U-Net, Ronneberger et al. 2015). `crop(align: y)` works the \
      offset out from the strides, kernels and paddings on the way to both values, so that every pixel lies on that of y \
      (the crop of FCN, Long, Shelhamer and Darrell 2015).
      """,
    parameters: [
      Parameter(
        "amount", .padding([]), default: .optional("the size is taken from `like`"),
        "Pixels to cut off: one number, rows x columns, or `[top, left, bottom, right]`."),
      Parameter("like", .value, default: .optional("`amount` says what is cut off"), "The value whose size is taken."),
      Parameter(
        "offset", .window(0...65536), default: .optional("`center` or `amount` decides"),
        "Rows and columns cut off before the part that stays.", elsewhere: ["Caffe": "0"]),
      Parameter(
        "center", .flag, default: .value(.flag(false)), "Whether the part that stays lies in the middle.",
        elsewhere: ["TensorFlow": "true (CenterCrop)"]),
      Parameter(
        "align", .value, default: .optional("`like` or `amount` decides"),
        "The value whose size is taken, from the offset at which it lies."),
    ],
    equivalents: [
      .init("PyTorch", "x[:, :, top:-bottom, left:-right]"), .init("TensorFlow", "keras.layers.Cropping2D(amount)"),
      .init("Caffe", "Crop { axis: 2 offset }"), .init("ONNX", "Slice(starts, ends, axes=[2, 3])"),
    ],
    example: "x -> crop(2)")

  var placement: Placement

  public init(_ arguments: Arguments) throws(Rejection) {
    let sides = try Self.sides(arguments, "amount", help: "put pixels on with `pad`")
    let isCentred = arguments.flag("center")
    if let align = arguments.input("align") {
      for other in ["amount", "like", "offset", "center"] where arguments.contains(other) {
        if other == "center", !isCentred { continue }
        throw Rejection(
          "`crop` works out by `align` what `\(other)` says", .argument(other),
          related: [(.argument("align"), "size and offset are taken from this value")], help: "leave one of them out")
      }
      placement = .aligned(like: align)
      return
    }
    guard let like = arguments.input("like") else {
      if arguments.contains("offset") || isCentred {
        let name = isCentred ? "center" : "offset"
        throw Rejection(
          "`\(name)` needs a value to take the size of", .argument(name), help: "add `like: value`")
      }
      guard let sides else {
        throw Rejection(
          "`crop` does not say what is cut off",
          help: "write `crop([top, left, bottom, right])` or `crop(like: value, ...)`")
      }
      placement = .sides(top: sides.top, left: sides.left, bottom: sides.bottom, right: sides.right)
      return
    }
    if sides != nil {
      throw Rejection(
        "`crop` takes an amount or the size of a value, not both", .argument("amount"),
        related: [(.argument("like"), "the size is taken from this value")], help: "leave one of them out")
    }
    guard arguments.contains("offset") != isCentred else {
      throw Rejection(
        isCentred ? "`crop` has an offset and a centre" : "`crop` to the size of a value does not say from where",
        isCentred ? .argument("offset") : .argument("like"), help: "give either `offset: 19` or `center: true`")
    }
    if isCentred {
      placement = .centre(like: like)
    } else {
      let offset = arguments.window("offset")
      placement = .offset(like: like, rows: offset.rows, columns: offset.columns)
    }
  }

  public var facts: StageFacts { StageFacts(keepsChannels: true) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var output = inputs[0]
    switch placement {
    case .sides(let top, let left, let bottom, let right):
      try Self.sizes { () throws(Extent.Failure) in
        output.height = try output.height.adding(-top - bottom).requiring(atLeast: 1)
        output.width = try output.width.adding(-left - right).requiring(atLeast: 1)
      }
      try Self.requireSomeSize([output], .argument("amount"), of: inputs[0], help: "cut less off")
    case .offset(let like, let rows, let columns):
      try fit(&output, into: inputs, like: like, rows: rows, columns: columns)
    case .centre(let like), .aligned(let like):
      try fit(&output, into: inputs, like: like, rows: 0, columns: 0)
    }
    return [output]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    guard index == 0 else { return .unread }
    let (rows, columns): (Extent, Extent)
    switch placement {
    case .sides(let top, let left, _, _): (rows, columns) = (.constant(top), .constant(left))
    case .offset(_, let top, let left): (rows, columns) = (.constant(top), .constant(left))
    case .aligned: (rows, columns) = (.constant(0), .constant(0))
    case .centre(let like):
      // The shape rule has worked out the same differences.
      rows = (try? inputs[0].height.subtracting(inputs[like].height).dividedDown(by: 2)) ?? .constant(0)
      columns = (try? inputs[0].width.subtracting(inputs[like].width).dividedDown(by: 2)) ?? .constant(0)
    }
    return SpatialAccess(rows: .window(Window(offset: rows)), columns: .window(Window(offset: columns)))
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    switch placement {
    case .sides(let top, let left, let bottom, let right):
      return [
        input.bordered(
          top: -top, left: -left, height: input.height - top - bottom, width: input.width - left - right, .zero)
      ]
    case .offset(let like, let rows, let columns):
      return [
        input.bordered(
          top: -rows, left: -columns, height: inputs[like].height, width: inputs[like].width, .zero)
      ]
    case .aligned(let like):
      return [input.bordered(top: 0, left: 0, height: inputs[like].height, width: inputs[like].width, .zero)]
    case .centre(let like):
      let (height, width) = (inputs[like].height, inputs[like].width)
      return [
        input.bordered(
          top: -((input.height - height) / 2), left: -((input.width - width) / 2), height: height, width: width, .zero)
      ]
    }
  }

  /// Gives `output` the size of input `like`, where it lies inside input 0 from the offset on.
  private func fit(
    _ output: inout TensorType, into inputs: [TensorType], like: Int, rows: Int, columns: Int
  ) throws(Rejection) {
    let wanted = inputs[like]
    let source = output
    output.height = try Self.sizes { () throws(Extent.Failure) in
      let room = try source.height.subtracting(wanted.height).adding(-rows)
      return try wanted.height.restricted(toDomainOf: room.requiring(atLeast: 0))
    }
    output.width = try Self.sizes { () throws(Extent.Failure) in
      let room = try source.width.subtracting(wanted.width).adding(-columns)
      return try wanted.width.restricted(toDomainOf: room.requiring(atLeast: 0))
    }
    if case .centre = placement {
      // The offset must be representable too: its parity can double the period.
      try Self.sizes { () throws(Extent.Failure) in
        _ = try source.height.subtracting(wanted.height).dividedDown(by: 2)
        _ = try source.width.subtracting(wanted.width).dividedDown(by: 2)
      }
    }
    guard !output.height.isEmpty, !output.width.isEmpty else {
      let from = rows + columns > 0 ? " from row \(rows) and column \(columns) on" : ""
      throw Rejection(
        "a part of \(Self.size(wanted))\(from) lies inside the value of \(Self.size(source)) for no image",
        .argument("like"), related: [(.input(0), Self.size(source))],
        help: "pad the stages before so that this value is the larger one, or use a smaller offset")
    }
  }
}
