import FCNCore
import FCNStandard

/// Small stages with the shape rules and weights that the elaborator's tests need; they compute nothing.
enum SampleStages: Plugin {
  static let name = "sample"

  static func register(in registry: inout Registry) {
    registry.register(NetworkLanguage())
    registry.register(SampleConv.self)
    registry.register(SampleNorm.self)
    registry.register(SamplePool.self)
    registry.register(SampleUpsample.self)
    registry.register(SampleConcat.self)
    registry.register(SampleRelu.self)
    registry.register(SampleArgmax.self)
    registry.register(SampleAdd.self)
    registry.register(SampleSub.self)
    registry.register(SampleMul.self)
    registry.register(SampleDiv.self)
    registry.register(SampleMax.self)
    registry.register(SampleSplit.self)
    registry.register(SampleCrop.self)
    registry.register(SampleFlatten.self)
    registry.register(SampleFault.self)
  }
}

extension Stage {
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    preconditionFailure("a sample stage computes nothing")
  }
}

/// Runs arithmetic on extents; what cannot be represented is a rejection.
func sized<Result>(_ body: () throws(Extent.Failure) -> Result) throws(Rejection) -> Result {
  do throws(Extent.Failure) { return try body() } catch { throw Rejection("the size cannot be worked out") }
}

struct SampleConv: Stage {
  static let signature = StageSignature(
    name: "conv", summary: "convolution",
    parameters: [
      Parameter("channels", .integer(1...65_536), "output channels"),
      Parameter("kernel", .window(1...31), "rows x columns"),
      Parameter("stride", .window(1...16), default: .value(.integer(1)), "step"),
      Parameter("pad", .padding(["same", "valid"]), default: .optional("needed for kernels above 1"), "padding"),
      Parameter("bias", .flag, default: .value(.flag(true)), "adds a number per channel"),
    ],
    example: "x -> conv(8, kernel: 3, pad: same)")

  let arguments: Arguments

  init(_ arguments: Arguments) throws(Rejection) {
    self.arguments = arguments
    if arguments.window("kernel") != (1, 1), !arguments.contains("pad") {
      throw Rejection("a kernel above 1 needs `pad`", .argument("kernel"), help: "add `pad: same`")
    }
  }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var type = inputs[0]
    type.channels = arguments.integer("channels")
    type.element = .real
    guard case .word("valid")? = arguments["pad"] else { return [type] }
    let kernel = arguments.window("kernel")
    return try sized { () throws(Extent.Failure) in
      var type = type
      type.height = try type.height.adding(1 - kernel.rows).requiring(atLeast: 1)
      type.width = try type.width.adding(1 - kernel.columns).requiring(atLeast: 1)
      return [type]
    }
  }

  func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    let kernel = arguments.window("kernel")
    let channels = arguments.integer("channels")
    let weight = WeightRequirement(
      "weight", [channels, inputs[0].channels, kernel.rows, kernel.columns], .he(fanIn: inputs[0].channels))
    return [weight] + (arguments.flag("bias") ? [WeightRequirement("bias", [channels], .uniform(0, 0))] : [])
  }
}

struct SampleNorm: Stage {
  static let signature = StageSignature(
    name: "batchnorm", summary: "normalization",
    parameters: [Parameter("eps", .decimal(0...1), "added to the variance")], example: "x -> batchnorm(eps: 1e-5)")

  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }
  func weights(for inputs: [TensorType]) -> [WeightRequirement] {
    [WeightRequirement("weight", [inputs[0].channels], .uniform(1, 1))]
  }
}

struct SamplePool: Stage {
  static let signature = StageSignature(
    name: "maxpool", summary: "pooling", parameters: [Parameter("window", .window(1...16), "rows x columns")],
    example: "x -> maxpool(2)")

  let window: (rows: Int, columns: Int)
  init(_ arguments: Arguments) { window = arguments.window("window") }
  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try sized { () throws(Extent.Failure) in
      var type = inputs[0]
      type.height = try type.height.dividedDown(by: window.rows).requiring(atLeast: 1)
      type.width = try type.width.dividedDown(by: window.columns).requiring(atLeast: 1)
      return [type]
    }
  }
}

struct SampleUpsample: Stage {
  static let signature = StageSignature(
    name: "upsample", summary: "enlargement",
    parameters: [
      Parameter("factor", .ratio, "how much"),
      Parameter("mode", .word(["nearest", "bilinear"]), default: .value(.word("nearest")), "interpolation"),
    ],
    example: "x -> upsample(2)")

  let factor: Int
  init(_ arguments: Arguments) throws(Rejection) {
    let ratio = arguments.ratio("factor")
    guard ratio.denominator == 1 else { throw Rejection("whole factors only", .argument("factor")) }
    factor = ratio.numerator
  }
  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try sized { () throws(Extent.Failure) in
      var type = inputs[0]
      type.height = try type.height.multiplied(by: factor)
      type.width = try type.width.multiplied(by: factor)
      return [type]
    }
  }
}

struct SampleConcat: Stage {
  static let signature = StageSignature(
    name: "concat", summary: "channels one after the other", inputs: .init(least: 1, most: nil),
    example: "concat(x, y)")

  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    var type = inputs[0]
    type.channels = inputs.reduce(0) { $0 + $1.channels }
    for other in inputs.dropFirst() {
      type.height = try sized { () throws(Extent.Failure) in try type.height.matching(other.height) }
      type.width = try sized { () throws(Extent.Failure) in try type.width.matching(other.width) }
    }
    return [type]
  }
}

struct SampleRelu: Stage {
  static let signature = StageSignature(name: "relu", summary: "max(x, 0)", example: "x -> relu")
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }
}

struct SampleArgmax: Stage {
  static let signature = StageSignature(name: "argmax", summary: "the best class", example: "x -> argmax")
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) -> [TensorType] {
    var type = inputs[0]
    type.element = .label(count: type.channels)
    type.channels = 1
    return [type]
  }
}

/// The four stages behind the operators between values.
protocol SampleArithmetic: Stage {
  init(arguments: Arguments)
}

extension SampleArithmetic {
  static func makeSignature(_ name: String, reversible: Bool) -> StageSignature {
    var parameters = [
      Parameter("by", .decimal(-1e30...1e30), default: .optional("takes a second value"), "a number")
    ]
    if reversible {
      parameters.append(Parameter("reversed", .flag, default: .value(.flag(false)), "the number stands on the left"))
    }
    return StageSignature(
      name: name, summary: name, inputs: .init(least: 1, most: 2), parameters: parameters, example: "\(name)(x, y)")
  }

  init(_ arguments: Arguments) throws(Rejection) { self.init(arguments: arguments) }

  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    if inputs.count == 2, inputs[0].channels != inputs[1].channels {
      throw Rejection(
        "\(inputs[0].channels) channels and \(inputs[1].channels) do not go together", .input(1),
        related: [(.input(0), "\(inputs[0].channels) channels")], help: "make the channels equal")
    }
    return [inputs[0]]
  }
}

struct SampleAdd: SampleArithmetic {
  static let signature = makeSignature("add", reversible: false)
  let arguments: Arguments
}

struct SampleSub: SampleArithmetic {
  static let signature = makeSignature("sub", reversible: true)
  let arguments: Arguments
}

struct SampleMul: SampleArithmetic {
  static let signature = makeSignature("mul", reversible: false)
  let arguments: Arguments
}

struct SampleDiv: SampleArithmetic {
  static let signature = makeSignature("div", reversible: true)
  let arguments: Arguments
}

struct SampleMax: Stage {
  static let signature = StageSignature(name: "max", summary: "the greater", inputs: .two, example: "max(x, y)")
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) -> [TensorType] { [inputs[0]] }
}

struct SampleSplit: Stage {
  static let signature = StageSignature(
    name: "split", summary: "both halves", outputs: ["first", "second"], example: "a, b = x -> split")
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) -> [TensorType] {
    var type = inputs[0]
    type.channels = max(1, type.channels / 2)
    return [type, type]
  }
}

struct SampleCrop: Stage {
  static let signature = StageSignature(
    name: "crop", summary: "the size of another value", parameters: [Parameter("like", .value, "the other value")],
    example: "x -> crop(like: y)")

  let like: Int
  init(_ arguments: Arguments) throws(Rejection) {
    guard let like = arguments.input("like") else { throw Rejection("no value", .argument("like")) }
    self.like = like
  }
  func outputTypes(for inputs: [TensorType]) -> [TensorType] {
    var type = inputs[0]
    type.height = inputs[like].height
    type.width = inputs[like].width
    return [type]
  }
}

struct SampleFlatten: Stage {
  static let signature = StageSignature(name: "flatten", summary: "one row", example: "x -> flatten")
  init(_ arguments: Arguments) {}
  var facts: StageFacts { StageFacts(fixesSize: "the number of its outputs depends on the image size") }
  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }
}

struct SampleFault: Stage {
  static let signature = StageSignature(name: "fault", summary: "breaks its promise", example: "x -> fault")
  init(_ arguments: Arguments) {}
  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs + inputs }
}
