import FCNCore

/// The arrays of a file as the expected numbers of values of a network.
struct ExpectedValues {
  /// An array and the shape that it has as an image: channels, rows, columns.
  struct Recorded {
    var name: String
    var shape: [Int]
  }

  let source: any WeightSource
  private(set) var arrays: [Graph.ValueID: Recorded]

  init(_ source: any WeightSource, _ arrays: [Graph.ValueID: Recorded]) {
    self.source = source
    self.arrays = arrays
  }

  /// The expected numbers of a value; nil where there are none, or far more of them than the value has.
  /// - Parameter shape: that of the value.
  func tensor(of value: Graph.ValueID, shape: [Int]) throws(Session.Failure) -> Tensor? {
    guard let array = arrays[value], Self.count(array.shape) <= 8 * Self.count(shape) + 65536 else { return nil }
    return try Self.read(array, from: source)
  }

  static func read(_ array: Recorded, from source: any WeightSource) throws(Session.Failure) -> Tensor {
    do {
      let numbers = try source.read(array.name).values
      return Tensor(channels: array.shape[0], height: array.shape[1], width: array.shape[2], values: numbers)
    } catch {
      throw Session.Failure(
        "\(error.path): \(error.message)", help: "record this value again; its numbers must be finite")
    }
  }

  /// The shape of an array of one image as channels, rows, columns; nil where it is none.
  /// - Parameter channels: those of the value.
  static func planes(_ shape: [Int], channels: Int) -> [Int]? {
    guard shape.allSatisfy({ $0 > 0 }) else { return nil }
    switch shape.count {
    case 4 where shape[0] == 1: return [Int](shape[1...])
    case 3: return shape
    // A dense layer gives a row of numbers.
    case 2 where shape[0] == 1: return [shape[1], 1, 1]
    case 2 where channels == 1: return [1] + shape
    case 1: return [shape[0], 1, 1]
    default: return nil
    }
  }

  private static func count(_ shape: [Int]) -> Double { shape.reduce(1.0) { $0 * Double($1) } }
}
