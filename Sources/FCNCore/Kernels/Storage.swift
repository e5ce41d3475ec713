/// How the channels of a value lie in memory: rows; in a row, blocks of `lanes` channels; in a block, pixels; in a
/// pixel, the lanes. One lane is the planar form, which inputs and outputs of a program have.
public struct Storage: Hashable, Sendable {
  /// Channels side by side: the target's vector width, or 1 for planar.
  public var lanes: Int
  /// The lane (block * lanes + lane) of each channel. A concatenation leaves gaps between its parts.
  public var positions: [Int]
  /// Blocks in a row.
  public var blocks: Int

  public init(lanes: Int, positions: [Int], blocks: Int) {
    self.lanes = lanes
    self.positions = positions
    self.blocks = blocks
  }

  /// Channels without gaps.
  public init(lanes: Int, channels: Int) {
    self.init(lanes: lanes, positions: Array(0..<channels), blocks: (channels + lanes - 1) / lanes)
  }

  public var channels: Int { positions.count }
  public var isPlanar: Bool { lanes == 1 }
  /// True where the channels follow each other without gaps.
  public var isContiguous: Bool { positions == Array(0..<positions.count) }

  /// Numbers per channel spread over the lanes; gaps hold `filler`.
  public func spread(_ numbers: [Float], filler: Float = 0) -> [Float] {
    var result = Array(repeating: filler, count: blocks * lanes)
    for (channel, position) in positions.enumerated() { result[position] = numbers[channel] }
    return result
  }
}
