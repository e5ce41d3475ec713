import FCNCore
import FCNInterchange
import Foundation
import Testing

/// Inputs and outputs of a network that another program computed.
struct Golden {
  let inputs: [String: Tensor]
  let outputs: [String: Tensor]

  /// Reads a `.npz` file with `in_<name>` and `out_<name>`, each 1 x C x H x W.
  init(_ url: URL) throws {
    let reader = try NPZReader(path: url.path)
    var inputs: [String: Tensor] = [:]
    var outputs: [String: Tensor] = [:]
    for description in reader.tensors {
      let array = try reader.read(description.name)
      try #require(array.shape.count == 4 && array.shape[0] == 1)
      let tensor = Tensor(
        channels: array.shape[1], height: array.shape[2], width: array.shape[3], values: array.values)
      if description.name.hasPrefix("in_") {
        inputs[String(description.name.dropFirst(3))] = tensor
      } else if description.name.hasPrefix("out_") {
        outputs[String(description.name.dropFirst(4))] = tensor
      }
    }
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// Compares an output with a golden: the largest difference, relative to the golden's range.
func expectEqual(
  _ actual: Tensor, _ golden: Tensor, bound: Float = 1e-4, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try #require(
    actual.channels == golden.channels && actual.height == golden.height && actual.width == golden.width,
    "\(name): \(actual.channels) x \(actual.height) x \(actual.width)", sourceLocation: sourceLocation)
  let range = (golden.values.max() ?? 0) - (golden.values.min() ?? 0)
  try #require(range > 0, "\(name): a constant golden proves nothing", sourceLocation: sourceLocation)
  var worst: Float = 0
  for (a, b) in zip(actual.values, golden.values) {
    let difference = abs(a - b)
    worst = difference.isNaN ? .infinity : max(worst, difference)
  }
  print("\(name): differs by \(worst / range) of the range, at most \(bound) is allowed")
  #expect(worst <= bound * range, "\(name)", sourceLocation: sourceLocation)
}
