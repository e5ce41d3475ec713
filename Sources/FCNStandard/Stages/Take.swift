import FCNCore

/// Chosen channels in a chosen order.
public struct Take: ChannelSelectionStage {
  public static let signature = StageSignature(
    name: "take",
    summary: "The channels with these numbers, in this order.",
    discussion: """
      Channels are counted from 0. A number may occur several times, and the order is free: `x -> take([2, 1, 0])` turns \
      three channels around, `x -> take(0)` is the first one. The greatest of two channels is \
      `max(x -> take(0), x -> take(1))`.
      """,
    parameters: [
      Parameter("channels", .integers(0...1_048_575), "The numbers of the channels of the input, from 0.")
    ],
    equivalents: [
      .init("PyTorch", "x[:, [2, 0, 1]]"), .init("TensorFlow", "tf.gather(x, [2, 0, 1], axis=-1)"),
      .init("Caffe", "Slice and Concat"), .init("ONNX", "Gather(axis=1)"),
    ],
    example: "x -> take([2, 0, 1])")

  var channels: [Int]

  public init(_ arguments: Arguments) throws(Rejection) {
    channels = arguments.integers("channels")
    guard !channels.isEmpty else {
      throw Rejection("`take` without a channel", .argument("channels"), help: "name at least one: `take([0, 1])`")
    }
  }

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    try Self.requireReal(inputs)
    var output = inputs[0]
    if let missing = channels.first(where: { $0 >= output.channels }) {
      throw Rejection(
        "there is no channel \(missing) among \(output.channels)", .argument("channels"),
        related: [(.input(0), output.channels == 1 ? "1 channel" : "\(output.channels) channels")],
        help: output.channels == 1 ? "the only channel is 0" : "channels are counted from 0 to \(output.channels - 1)")
    }
    output.channels = channels.count
    return [output]
  }

  public func sources(ofChannels count: Int) -> [Int] { channels }
}
