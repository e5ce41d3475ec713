/// An output of a network: its name and what its numbers mean, which decides how it is written as a picture.
public struct OutputDescription: Sendable {
  public var name: String
  public var channels: Int
  public var kind: OutputKind
  /// What is worked out of the map and reported; nil where the map itself is the answer.
  public var answer: AnswerDescription?
  /// The output that holds the confidence of its classes: the probability of the winner and how far it is ahead; nil
  /// where that is worked out of the numbers themselves, or not at all.
  public var confidence: Int?
  /// Why it is there.
  public var role: Role

  /// Why an output is there.
  public enum Role: UInt8, Sendable {
    /// The author of the network names it.
    case answer
    /// Another output's answer is worked out of it.
    case map
    /// It holds the confidence of another, and is computed on demand only.
    case confidence
  }

  public init(name: String, channels: Int, kind: OutputKind, role: Role = .answer) {
    self.name = name
    self.channels = channels
    self.kind = kind
    self.role = role
  }
}

/// What the numbers of an output mean.
public enum OutputKind: Sendable {
  /// The index of a class per pixel.
  case labels(Classes)
  /// 0...1 per pixel and channel.
  case probability
  /// Scores before softmax (several channels) or sigmoid (one).
  case logits(Classes)
  /// Amounts per pixel whose sum is a count.
  case density
  /// A picture in the range 0...`maximum`; `luma`: one channel, to be joined with the chroma of the input.
  case image(maximum: Float, order: ChannelOrder)
  /// Numbers without a meaning known here.
  case raw

  public enum ChannelOrder: UInt8, Sendable {
    case rgb, bgr, grey, luma
  }
}

/// The classes of a segmentation.
public struct Classes: Sendable {
  public var count: Int
  /// Names in the order of the indexes; empty where none were given.
  public var names: [String]
  /// Colours as 0xRRGGBB in the order of the indexes; empty: a standard palette.
  public var colors: [UInt32]
  /// The index that stands for "not judged"; nil where there is none.
  public var ignored: Int?

  public init(count: Int, names: [String] = [], colors: [UInt32] = [], ignored: Int? = nil) {
    self.count = count
    self.names = names
    self.colors = colors
    self.ignored = ignored
  }
}
