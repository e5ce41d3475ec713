import FCNCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How sure a classification of pixels is.
public struct Confidence: Stage {
  public static let signature = StageSignature(
    name: "confidence",
    summary:
      "How sure the class of every pixel is: the probability of the winner, and how far it is ahead of the next.",
    discussion: """
      Of several channels the winner is the greatest, and the margin is its probability less that of the second (Scheffer, \
      Decomain and Wrobel 2001, "Active hidden Markov models for information extraction"). Of one channel the classes are \
      "yes" and "no": the winner is "yes" where the probability is at least `level`. `of: logits` makes probabilities of \
      scores first, by softmax or, of one channel, by the sigmoid.
      """,
    parameters: [
      Parameter("of", .word(["logits", "probabilities"]), "What the numbers of the value are."),
      Parameter(
        "level", .decimal(0...1), default: .value(.decimal(0.5)), "Of one channel: the least probability of a yes."),
    ],
    equivalents: [
      .init("PyTorch", "p = x.softmax(1).topk(2, dim=1).values; p[:, :1], p[:, :1] - p[:, 1:]"),
      .init("TensorFlow", "tf.math.top_k(tf.nn.softmax(x), 2)"), .init("Caffe", "none"),
      .init("ONNX", "Softmax(axis=1), TopK(axis=1, k=2)"),
    ],
    example: "x -> confidence(of: logits)")

  /// What the numbers are.
  enum Numbers: Hashable, Sendable { case logits, probabilities }

  var numbers: Numbers
  var level: Float

  public init(_ arguments: Arguments) {
    self.init(
      of: arguments.word("of") == "logits" ? .logits : .probabilities, level: Float(arguments.decimal("level")))
  }

  init(of numbers: Numbers, level: Float = 0.5) {
    self.numbers = numbers
    self.level = level
  }

  public var facts: StageFacts { StageFacts(storesPlanar: true) }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    var output = inputs[0]
    output.channels = 2
    return [output]
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
    let input = inputs[0]
    let pixels = input.height * input.width
    var output = Tensor(channels: 2, height: input.height, width: input.width)
    for pixel in 0..<pixels {
      let values = (0..<input.channels).map { input.values[$0 * pixels + pixel] }
      let (first, second) = values.count == 1 ? binary(values[0]) : best(values)
      output.values[pixel] = first
      output.values[pixels + pixel] = first - second
    }
    return [output]
  }

  private func binary(_ value: Float) -> (Float, Float) {
    let yes = numbers == .logits ? 1 / (1 + exp(-value)) : value
    return yes >= level ? (yes, 1 - yes) : (1 - yes, yes)
  }

  private func best(_ values: [Float]) -> (Float, Float) {
    let order = values.sorted(by: >)
    guard numbers == .logits else { return (order[0], order[1]) }
    let sum = values.reduce(Float(0)) { $0 + exp($1 - order[0]) }
    return (1 / sum, exp(order[1] - order[0]) / sum)
  }
}
