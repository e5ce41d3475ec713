/// One stage of the network language: everything that the compiler knows about it.
///
/// A stage is a value made from checked arguments. It is asked for its shape rule, its weights, which positions of
/// its inputs it reads, its meaning in plain loops, and its kernel. Nothing in the compiler asks for its name.
public protocol Stage: Sendable {
  static var signature: StageSignature { get }

  /// Makes the stage from arguments that fit the signature.
  /// - Throws: a rejection where arguments contradict each other.
  init(_ arguments: Arguments) throws(Rejection)

  /// The shape rule: the types of the outputs for every size at once.
  /// - Throws: a rejection where the inputs do not fit.
  func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType]

  /// The weights that it needs, in PyTorch's names and layouts.
  func weights(for inputs: [TensorType]) -> [WeightRequirement]

  /// Which positions of input `index` the outputs are computed from.
  func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess

  /// The meaning, in the plainest loops: the outputs for given inputs.
  /// - Precondition: the sizes are in the domain of the shape rule, the weights are those of `weights(for:)`.
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor]

  /// What passes and rules may rely on.
  var facts: StageFacts { get }

  /// What passes and rules may rely on where the inputs are known: a dense layer over a pooled value, for instance,
  /// does not fix the size.
  func facts(for inputs: [TensorType]) -> StageFacts

  /// Multiply-adds per pixel of the first output.
  func multiplyAdds(for inputs: [TensorType]) -> Int

  /// The kernel that computes it in a compiled program.
  /// - Throws: a rejection where there is none.
  func lower(_ site: LoweringSite) throws(Rejection) -> Lowering
}

extension Stage {
  public func weights(for inputs: [TensorType]) -> [WeightRequirement] { [] }
  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess { .pointwise }
  public var facts: StageFacts { StageFacts() }
  public func facts(for inputs: [TensorType]) -> StageFacts { facts }
  public func multiplyAdds(for inputs: [TensorType]) -> Int { 0 }
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    throw Rejection("`\(Self.signature.name)` has no kernel", .stage, help: "run the network with `fcnc run`")
  }
}

/// What a stage declares about itself beyond its shape rule; passes and lint rules rely on it.
public struct StageFacts: Sendable {
  /// The output is the input.
  public var isIdentity = false
  /// The outputs's channels are the inputs' channels, one input after the other.
  public var concatenatesChannels = false
  /// Why the stage works for one image size only, in words that follow "because"; nil for every other stage.
  public var fixesSize: String?
  /// What the stage needs of the whole image, in words that follow "it needs": "the mean over the whole image"; for
  /// stages whose access is `whole`.
  public var wholeImage: String?
  /// Its kernel applies a chain of pointwise stages to each result before it is stored.
  public var acceptsEpilogue = false
  /// Its kernel reads a planar first input.
  public var readsPlanar = false
  /// Its kernel can store an output of few channels planar.
  public var storesPlanar = false
  /// Its kernel stores an output of any number of channels planar as easily as in blocks, where the channels of the first
  /// input follow each other without gaps.
  public var takesChannelsApart = false
  /// Its kernel works on each channel where it lies, so the output takes the memory form of the first input.
  public var keepsChannels = false
  /// The numbers of its output are probabilities.
  public var givesProbabilities = false
  /// It compares the channels of a pixel with each other: the scores of classes go in.
  public var comparesChannels = false
  /// A channel that is greater than another stays so, although the stage is no formula of each number by itself.
  public var keepsOrder = false
  /// It takes the mean of every channel away, so a number added per channel before it has no effect.
  public var takesMeanAway = false
  /// What is known of the numbers of its output; of pointwise stages the formula says it.
  public var numbers = NumberFact.any

  public init(
    isIdentity: Bool = false, concatenatesChannels: Bool = false, fixesSize: String? = nil,
    wholeImage: String? = nil, acceptsEpilogue: Bool = false, readsPlanar: Bool = false, storesPlanar: Bool = false,
    takesChannelsApart: Bool = false, keepsChannels: Bool = false, givesProbabilities: Bool = false,
    comparesChannels: Bool = false, keepsOrder: Bool = false, takesMeanAway: Bool = false, numbers: NumberFact = .any
  ) {
    self.comparesChannels = comparesChannels
    self.keepsOrder = keepsOrder
    self.takesMeanAway = takesMeanAway
    self.numbers = numbers
    self.givesProbabilities = givesProbabilities
    self.keepsChannels = keepsChannels
    self.readsPlanar = readsPlanar
    self.storesPlanar = storesPlanar
    self.takesChannelsApart = takesChannelsApart
    self.isIdentity = isIdentity
    self.concatenatesChannels = concatenatesChannels
    self.fixesSize = fixesSize
    self.wholeImage = wholeImage
    self.acceptsEpilogue = acceptsEpilogue
  }
}

/// A weight that a stage needs.
public struct WeightRequirement: Hashable, Sendable {
  /// PyTorch's name for it: `weight`, `bias`, `running_mean` ...
  public var name: String
  /// PyTorch's layout, such as `[out, in / groups, rows, columns]`.
  public var shape: [Int]
  /// How random weights for trying an architecture are drawn.
  public var initialization: Initialization
  /// The least number that makes sense, such as 0 for a variance; nil where every number does.
  public var least: Float?

  public enum Initialization: Hashable, Sendable {
    /// Normal, with variance `2 / fanIn` (He et al. 2015).
    case he(fanIn: Int)
    /// Uniform between two numbers.
    case uniform(Float, Float)
  }

  public init(_ name: String, _ shape: [Int], _ initialization: Initialization, least: Float? = nil) {
    self.name = name
    self.shape = shape
    self.initialization = initialization
    self.least = least
  }
}

/// A stage whose outputs depend, at each place, on the inputs at that place alone. It says its formula once; the
/// reference, the kernel and the fusion into other kernels come from it.
public protocol PointwiseStage: Stage {
  /// The formula for one number of the output.
  func expression(for inputs: [TensorType]) -> PointwiseExpression
  /// The numbers per channel that the formula refers to, each list with one number per channel of the output.
  func channelParameters(weights: [WeightTensor], channels: Int) -> [[Float]]
}

/// A pointwise stage of the form `scale * x + shift` with constants per channel, which a convolution can absorb.
public protocol ChannelAffineStage: PointwiseStage {
  func affine(weights: [WeightTensor], channels: Int) -> (scale: [Float], shift: [Float])
}

/// A stage that can take a `scale * x + shift` per channel of its output into its own weights.
public protocol AffineAbsorbingStage: Stage {
  /// The stage and weights that give `scale * y + shift` where these give `y`.
  func absorbing(scale: [Float], shift: [Float], weights: [WeightTensor]) -> (stage: any Stage, weights: [WeightTensor])
}
