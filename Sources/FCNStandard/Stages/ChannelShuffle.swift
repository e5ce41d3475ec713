import FCNCore

/// The channels of several groups, one of each group in turn.
public struct ChannelShuffle: ChannelSelectionStage {
  public static let signature = StageSignature(
    name: "channel_shuffle",
    summary: "The channels of equal groups mixed: the first of every group, then the second of every group, and so on.",
    discussion: """
      ShuffleNet (Zhang et al. 2018) has it between convolutions with groups, which would otherwise never see each other's \
      channels. With 2 groups the six channels 0 1 2 3 4 5 become 0 3 1 4 2 5; channel c of the output is channel \
      (c mod groups) * channels / groups + floor(c / groups) of the input. `groups: channels / groups` undoes it.
      """,
    parameters: [Parameter("groups", .integer(1...1_048_576), "Groups of the input; they divide its channels.")],
    equivalents: [
      .init("PyTorch", "nn.ChannelShuffle(groups)"),
      .init("TensorFlow", "tf.reshape, tf.transpose and tf.reshape"), .init("Caffe", "none"),
      .init("ONNX", "Reshape, Transpose and Reshape, or Gather(axis=1)"),
    ],
    example: "x -> channel_shuffle(groups: 2)")

  var groups: Int

  public init(_ arguments: Arguments) { groups = arguments.integer("groups") }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    let channels = inputs[0].channels
    guard channels.isMultiple(of: groups) else {
      throw Rejection(
        "\(channels) channels cannot be divided into \(groups) equal groups", .argument("groups"),
        related: [(.input(0), "\(channels) channels")], help: "give the value a multiple of \(groups) channels")
    }
    return [inputs[0]]
  }

  public func sources(ofChannels count: Int) -> [Int] {
    (0..<count).map { $0 % groups * (count / groups) + $0 / groups }
  }
}
