import FCNCore

/// Interpolation to a larger or smaller grid.
public struct Upsample: Stage {
  public static let signature = StageSignature(
    name: "upsample",
    summary: "The value interpolated to another size: by a factor, or to the size of another value.",
    discussion: """
      With a factor p/q the output has floor(n * p / q) pixels along an axis of n, and the scale s of the coordinates is \
      q/p exactly; with `like` it is the quotient of the two sizes. `grid` says where output pixel i lies in the input: \
      (i + 0.5) * s - 0.5 for `half_pixel` (PyTorch's align_corners=False, TensorFlow 2), i * (in - 1) / (out - 1) for \
      `align_corners`, i * s for `asymmetric` (PyTorch's nearest, TensorFlow 1). Frameworks disagree and a wrong grid \
      shifts everything by up to half a pixel, so it is always written.

      `nearest` takes the pixel at the coordinate rounded by `rounding`; when nothing is said, `floor` for `asymmetric` \
      (PyTorch's nearest) and `half_up` for the two others (PyTorch's nearest-exact). `bilinear` weighs the four pixels \
      around it; beyond the edge the edge pixel is repeated.
      """,
    parameters: [
      Parameter(
        "factor", .ratio, default: .optional("the size is taken from `like`"), "The enlargement: `2`, `[3, 2]`."),
      Parameter("like", .value, default: .optional("the size comes from `factor`"), "The value whose size is taken."),
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
  /// The input whose size the output takes; nil where the factor is given.
  public var like: Int?

  public init(_ arguments: Arguments) throws(Rejection) {
    like = arguments.input("like")
    guard arguments.contains("factor") != (like != nil) else {
      throw Rejection(
        like == nil
          ? "`upsample` does not say to which size" : "`upsample` takes its size from `like` or by a factor, not both",
        like == nil ? .stage : .argument("factor"), help: "give a factor (`upsample(2, ...)`) or `like: value`")
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

  public var facts: StageFacts { StageFacts(keepsChannels: true) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    if resample.interpolation == .bilinear { try Self.requireReal([inputs[0]]) }
    var output = inputs[0]
    try Self.sizes { () throws(Extent.Failure) in
      if let like {
        output.height = try inputs[like].height.restricted(toDomainOf: output.height)
        output.width = try inputs[like].width.restricted(toDomainOf: output.width)
      } else if let numerator = resample.numerator, let denominator = resample.denominator {
        output.height = try output.height.multiplied(by: numerator).dividedDown(by: denominator)
          .requiring(atLeast: 1)
        output.width = try output.width.multiplied(by: numerator).dividedDown(by: denominator)
          .requiring(atLeast: 1)
      }
    }
    if like != nil, output.height.isEmpty || output.width.isEmpty {
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
    let height = size(inputs.map(\.height))
    let width = size(inputs.map(\.width))
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

  /// The size of the output along an axis, given the sizes of the inputs.
  private func size(_ sizes: [Int]) -> Int {
    if let like { return sizes[like] }
    return sizes[0] * (resample.numerator ?? 1) / (resample.denominator ?? 1)
  }

  private static func mix(_ first: Float, _ second: Float, _ weight: Float) -> Float {
    weight == 0 ? first : (1 - weight) * first + weight * second
  }

  private static func domain(_ type: TensorType) -> String {
    "valid for \(type.height.domain(of: "H")) and \(type.width.domain(of: "W"))"
  }
}
