/// A value with its numbers, planar: channel, then row, then column.
public struct Tensor: Sendable {
  public let channels: Int
  public let height: Int
  public let width: Int
  /// `channels * height * width` numbers.
  public var values: [Float]

  public init(channels: Int, height: Int, width: Int, values: [Float]) {
    precondition(values.count == channels * height * width, "a tensor holds exactly its numbers")
    self.channels = channels
    self.height = height
    self.width = width
    self.values = values
  }

  public init(channels: Int, height: Int, width: Int, repeating value: Float = 0) {
    self.init(
      channels: channels, height: height, width: width,
      values: Array(repeating: value, count: channels * height * width))
  }

  public subscript(channel: Int, row: Int, column: Int) -> Float {
    get { values[(channel * height + row) * width + column] }
    set { values[(channel * height + row) * width + column] = newValue }
  }
}

/// A weight with its numbers, in the layout that PyTorch stores it in (row-major, any rank).
public struct WeightTensor: Sendable {
  public let shape: [Int]
  public var values: [Float]

  public init(shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "a weight holds exactly its numbers")
    self.shape = shape
    self.values = values
  }
}
