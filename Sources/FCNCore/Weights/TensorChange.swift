/// How a tensor of a weight file is changed: its shape, and the order of its numbers.
public struct TensorChange: Sendable {
  /// Holds as many numbers as before.
  public var shape: [Int]
  /// For each number of a row of the new tensor its position in the row of the old one, where the tensor is cut into rows
  /// of this many numbers; nil where the order stays.
  public var positions: [Int]?

  public init(shape: [Int], positions: [Int]? = nil) {
    self.shape = shape
    self.positions = positions
  }
}
