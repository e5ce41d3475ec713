/// A stage that fixes the size of its network on a map, and that a convolution can take the place of (the net surgery of
/// Long, Shelhamer and Darrell 2015).
///
/// `fcnc fix --convolutionize` asks it for what becomes of it. It is asked only where its facts say that it fixes the
/// size.
public protocol ConvolutionizableStage: Stage {
  /// What becomes of it where it takes a map of this shape; nil where nothing does.
  func convolutionized(over map: MapShape) -> Convolutionized?
}

/// What becomes of a stage where its network is to take pictures of any size.
public enum Convolutionized: Sendable {
  /// It only counts the numbers of the map in an order, as a flattening does. It falls away; the weights of the next
  /// stage are counted in this order.
  case counting(MapOrder)
  /// It is a weighted sum of all numbers of the map. Another stage with a window as large as the map takes its place.
  case windowed(StageReplacement)
}

/// The channels, rows and columns of a map at one size of the input.
public struct MapShape: Hashable, Sendable {
  public var channels: Int
  public var rows: Int
  public var columns: Int

  public init(channels: Int, rows: Int, columns: Int) {
    self.channels = channels
    self.rows = rows
    self.columns = columns
  }

  /// Fails for a type whose size depends on the input.
  public init?(_ type: TensorType) {
    guard let rows = type.height.constantValue, let columns = type.width.constantValue else { return nil }
    self.init(channels: type.channels, rows: rows, columns: columns)
  }
}

/// The order in which the numbers of a map are counted.
public enum MapOrder: Hashable, Sendable {
  /// Channel, row, column: PyTorch, Caffe.
  case channelRowColumn
  /// Row, column, channel: TensorFlow.
  case rowColumnChannel

  /// The positions in this order of the numbers of a map, taken channel by channel, row by row; nil where the two orders
  /// are the same.
  public func positions(in map: MapShape) -> [Int]? {
    switch self {
    case .channelRowColumn: return nil
    case .rowColumnChannel:
      let pixels = map.rows * map.columns
      guard pixels > 1, map.channels > 1 else { return nil }
      return (0..<map.channels).flatMap { channel in (0..<pixels).map { $0 * map.channels + channel } }
    }
  }
}

/// The use of a stage that takes the place of another one's.
///
/// Its weights have the names of the other's. Where a weight of the other has an axis for all numbers of the map, counted
/// channel, row, column, as its last one, this one's has three axes in its place: channels, rows, columns.
public struct StageReplacement: Sendable {
  /// An argument that is written.
  public enum Written: Hashable, Sendable {
    /// What the author wrote for a parameter of the stage that is replaced; left out where he wrote nothing.
    case author(String, as: String)
    case given(String, Argument)
  }

  public var stage: any Stage
  /// The arguments that are written, in this order.
  public var arguments: [Written]

  public init(_ stage: any Stage, arguments: [Written]) {
    self.stage = stage
    self.arguments = arguments
  }
}

extension StageFacts {
  /// What to do about a stage that fixes the size.
  static let fixedSizeHelp =
    "give the size that the network was made for with `--input-size HEIGHTxWIDTH`, or let `fcnc fix NET "
    + "--convolutionize --input-size HEIGHTxWIDTH` make a convolution of a dense layer"
}
