import FCNCore
import FCNInterchange
import Foundation
import Testing

/// What `Tests/Scripts/photograph_goldens.py` recorded about the way from the file of a photograph to an answer.
struct PhotographGolden {
  private let name: String
  private let reader: NPZReader

  init(_ name: String) throws {
    self.name = name
    reader = try NPZReader(path: Repository.golden("photographs", "\(name).npz").path)
  }

  /// The names of the outputs of the network.
  var outputs: [String] {
    reader.tensors.map(\.name).filter { $0.hasSuffix("_range") }.map { String($0.dropLast(6)) }
  }

  /// The least and the greatest number of an output.
  func range(of output: String) throws -> Float {
    let ends = try reader.read("\(output)_range").values
    return ends[1] - ends[0]
  }

  /// Where numbers differ from the recorded ones by more than `bound`; empty where they do not.
  func differences(of tensor: Tensor, from part: String, bound: Float) throws -> [String] {
    let shape = try reader.read("\(part)_shape").values.map { Int($0) }
    guard shape == [tensor.channels, tensor.height, tensor.width] else {
      return ["\(part) is \(tensor.channels) x \(tensor.height) x \(tensor.width), not \(shape)"]
    }
    var found: [String] = []
    let samples = try reader.read("\(part)_samples").values
    var worst: Float = 0
    for (number, expected) in samples.enumerated() {
      let place = Int(UInt64(number) * 2_654_435_761 % UInt64(tensor.values.count))
      worst = Self.greater(worst, abs(tensor.values[place] - expected))
    }
    if !(worst <= bound) { found.append("\(part): a number differs by \(worst), at most \(bound) is allowed") }
    let means = try reader.read("\(part)_rows").values
    var worstMean = 0.0
    for (row, expected) in means.enumerated() {
      var sum = 0.0
      for value in tensor.values[(row * tensor.width)..<((row + 1) * tensor.width)] { sum += Double(value) }
      let difference = abs(sum / Double(tensor.width) - Double(expected))
      worstMean = difference.isNaN ? .infinity : max(worstMean, difference)
    }
    if !(worstMean <= Double(bound)) {
      found.append("\(part): the mean of a row differs by \(worstMean), at most \(bound) is allowed")
    }
    print("\(name), \(part): differs by \(worst), in the means of rows by \(worstMean), at most \(bound) is allowed")
    return found
  }

  /// Pixels whose class is not the recorded one, other than those whose two best scores are too close to tell.
  func wrongLabels(_ labels: [Int]) throws -> (wrong: Int, close: Int) {
    let expected = try reader.read("labels").values
    let close = try reader.read("close").values
    try #require(labels.count == expected.count)
    let wrong = labels.indices.count { close[$0] == 0 && labels[$0] != Int(expected[$0]) }
    return (wrong, close.count { $0 == 1 })
  }

  private static func greater(_ a: Float, _ b: Float) -> Float { b.isNaN ? .infinity : max(a, b) }
}
