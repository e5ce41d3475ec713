import FCNCore

/// Interpolation to a larger or smaller grid.
public struct Upsample: Stage {
  public static let signature = StageSignature(
    name: "upsample",
    summary: "The value interpolated to another size: by a factor, to the size of another value, or to a fixed one.",
    discussion: """
      With a factor p/q the output has floor(n * p / q) pixels along an axis of n, and the scale s of the coordinates is \
      q/p exactly; with `like` and with `size` it is the quotient of the two sizes. `size` gives every image an output of \
      the same size: on a map the network is not fully convolutional. `grid` says where output pixel i lies in the input: \
      (i + 0.5) * s - 0.5 for `half_pixel` (PyTorch's align_corners=False, TensorFlow 2), i * (in - 1) / (out - 1) for \
      `align_corners`, i * s for `asymmetric` (PyTorch's nearest, TensorFlow 1). Frameworks disagree and a wrong grid \
      shifts everything by up to half a pixel, so it is always written.

      `nearest` takes the pixel at the coordinate rounded by `rounding`; when nothing is said, `floor` for `asymmetric` \
      (PyTorch's nearest) and `half_up` for the two others (PyTorch's nearest-exact). `bilinear` weighs the four pixels \
      around it; beyond the edge the edge pixel is repeated.
      """,
    parameters: [
      Parameter(
        "factor", .ratio, default: .optional("`like` or `size` gives the size"), "The enlargement: `2`, `[3, 2]`."),
      Parameter(
        "like", .value, default: .optional("`factor` or `size` gives the size"), "The value whose size is taken."),
      WantedSize.parameter("`factor` or `like` gives the size"),
      Parameter(
        "mode", .word(Resample.Interpolation.allCases.map(\.rawValue)), "How pixels are made.",
        elsewhere: ["PyTorch": "nearest", "TensorFlow": "bilinear (tf.image.resize)", "ONNX": "nearest"]),
      Parameter(
        "grid", .word(Resample.Grid.allCases.map(\.rawValue)), "Where output pixels lie in the input.",
        elsewhere: [
          "PyTorch": "asymmetric for nearest, half_pixel for bilinear", "TensorFlow": "half_pixel",
          "ONNX": "half_pixel",
        ]),
      Parameter(
        "rounding", .word(Resample.Rounding.allCases.map(\.rawValue)),
        default: .optional("floor for `grid: asymmetric`, half_up for the others"),
        "Which pixel `nearest` takes for a coordinate between two.",
        elsewhere: ["PyTorch": "floor", "ONNX": "half_down (round_prefer_floor)"]),
    ],
    equivalents: [
      .init("PyTorch", "F.interpolate(x, scale_factor=factor, mode=mode, align_corners=...)"),
      .init("TensorFlow", "tf.image.resize(x, size, method=mode)"),
      .init("Caffe", "Interp (align_corners), or Deconvolution with bilinear weights"),
      .init("ONNX", "Resize(mode, coordinate_transformation_mode, nearest_mode)"),
    ],
    example: "x -> upsample(2, mode: bilinear, grid: half_pixel)")

  public var resample: Resample
  /// The size of the output; nil where the factor is given.
  public var size: WantedSize?

  public init(_ arguments: Arguments) throws(Rejection) {
    size = WantedSize(arguments)
    let given = ["factor", "like", "size"].filter(arguments.contains)
    guard given.count == 1 else {
      throw Rejection(
        given.isEmpty
          ? "`upsample` does not say to which size"
          : "`upsample` takes its size from one of `factor`, `like` and `size`, not from several",
        given.last.map { .argument($0) } ?? .stage,
        related: given.dropLast().map { (.argument($0), "the size is given here too") },
        help: "give a factor (`upsample(2, ...)`), `like: value`, or `size: 64x48`")
    }
    let interpolation = Resample.Interpolation(rawValue: arguments.word("mode")) ?? .nearest
    let grid = Resample.Grid(rawValue: arguments.word("grid")) ?? .halfPixel
    var rounding: Resample.Rounding = grid == .asymmetric ? .floor : .halfUp
    if arguments.contains("rounding") {
      guard interpolation == .nearest else {
        throw Rejection(
          "`rounding` chooses the pixel of `mode: nearest`; bilinear rounds nothing", .argument("rounding"),
          related: [(.argument("mode"), "the interpolation")], help: "leave `rounding` out")
      }
      rounding = Resample.Rounding(rawValue: arguments.word("rounding")) ?? rounding
    }
    resample = Resample(interpolation: interpolation, grid: grid, rounding: rounding)
    if arguments.contains("factor") {
      let factor = arguments.ratio("factor")
      guard (1...64).contains(factor.numerator), (1...64).contains(factor.denominator) else {
        throw Rejection(
          "the factor of `upsample` must be a fraction of whole numbers from 1 to 64", .argument("factor"),
          help: "enlarge in several steps")
      }
      resample.numerator = factor.numerator
      resample.denominator = factor.denominator
    }
  }

  public var facts: StageFacts {
    StageFacts(
      fixesSize: size?.fixesSize, takesChannelsApart: resample.interpolation == .bilinear, keepsChannels: true,
      numbers: .fromInputs)
  }

  public func facts(for inputs: [TensorType]) -> StageFacts {
    var facts = facts
    if inputs[0].constantCount != nil { facts.fixesSize = nil }
    return facts
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    if resample.interpolation == .bilinear { try Self.requireReal([inputs[0]]) }
    var output = inputs[0]
    try Self.sizes { () throws(Extent.Failure) in
      if let size {
        output.height = try size.height(of: inputs).restricted(toDomainOf: output.height)
        output.width = try size.width(of: inputs).restricted(toDomainOf: output.width)
      } else if let numerator = resample.numerator, let denominator = resample.denominator {
        output.height = try output.height.multiplied(by: numerator).dividedDown(by: denominator)
          .requiring(atLeast: 1)
        output.width = try output.width.multiplied(by: numerator).dividedDown(by: denominator)
          .requiring(atLeast: 1)
      }
    }
    if case .like = size, output.height.isEmpty || output.width.isEmpty {
      throw Rejection(
        "no image size is valid both for this value and for the value that `like` names", .argument("like"),
        related: [(.input(0), Self.domain(inputs[0]))], help: "mend the sizes of the stages before")
    }
    try Self.requireSomeSize([output], .argument("factor"), of: inputs[0], help: "use a larger factor")
    return [output]
  }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    guard index == 0 else { return .unread }
    return SpatialAccess(rows: .resample(resample), columns: .resample(resample), border: .replicate)
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let (height, width) = size?.size(of: inputs) ?? (enlarged(input.height), enlarged(input.width))
    let rows = (0..<height).map { resample.neighbours(of: $0, input: input.height, output: height) }
    let columns = (0..<width).map { resample.neighbours(of: $0, input: input.width, output: width) }
    var values: [Float] = []
    values.reserveCapacity(input.channels * height * width)
    for channel in 0..<input.channels {
      for row in rows {
        let upper = (channel * input.height + row.first) * input.width
        let lower = (channel * input.height + row.second) * input.width
        for column in columns {
          let top = Self.mix(
            input.values[upper + column.first], input.values[upper + column.second], column.weight)
          if row.weight == 0 {
            values.append(top)
          } else {
            let bottom = Self.mix(
              input.values[lower + column.first], input.values[lower + column.second], column.weight)
            values.append(Self.mix(top, bottom, row.weight))
          }
        }
      }
    }
    return [Tensor(channels: input.channels, height: height, width: width, values: values)]
  }

  /// The size of the output along an axis, by the factor.
  private func enlarged(_ size: Int) -> Int { size * (resample.numerator ?? 1) / (resample.denominator ?? 1) }

  private static func mix(_ first: Float, _ second: Float, _ weight: Float) -> Float {
    weight == 0 ? first : (1 - weight) * first + weight * second
  }

  private static func domain(_ type: TensorType) -> String {
    "valid for \(type.height.domain(of: "H")) and \(type.width.domain(of: "W"))"
  }
}
