import FCNCore

/// A use of a stage on an image of one size, with weights.
struct Scene {
  let stage: any Stage
  let types: [TensorType]
  let outputs: [TensorType]
  let image: ImageSize
  let inputSizes: [ImageSize]
  let outputSizes: [ImageSize]
  let requirements: [WeightRequirement]
  let weights: [WeightTensor]
  let seed: UInt64

  /// Fails where an input or output has no size for the image, or a weight no numbers.
  init?(
    _ stage: any Stage, _ types: [TensorType], _ outputs: [TensorType], _ requirements: [WeightRequirement],
    _ image: ImageSize, seed: UInt64
  ) {
    inputSizes = types.compactMap { $0.size(for: image) }
    outputSizes = outputs.compactMap { $0.size(for: image) }
    let areDefined = inputSizes.count == types.count && outputSizes.count == outputs.count
    guard areDefined, requirements.allSatisfy({ $0.shape.allSatisfy { $0 > 0 } }) else { return nil }
    (self.stage, self.types, self.outputs, self.image) = (stage, types, outputs, image)
    (self.requirements, self.seed) = (requirements, seed)
    weights = requirements.indices.map { Self.weight(requirements[$0], $0, seed: seed) }
  }

  // MARK: Numbers

  /// The numbers of a weight: far from 0, so that none is without effect, and within what makes sense.
  static func weight(_ requirement: WeightRequirement, _ index: Int, seed: UInt64) -> WeightTensor {
    let noise = Noise(seed &+ 0x5EED, input: index)
    let count = requirement.shape.reduce(1, *)
    let values = (0..<count).map { position -> Float in
      let number = noise.number(position, 0, 0)
      let size = 0.25 + abs(number)
      return requirement.least.map { $0 + size } ?? (number < 0 ? -size : size)
    }
    return WeightTensor(shape: requirement.shape, values: values)
  }

  /// Inputs cut out of planes without end, beginning at a place of each.
  func inputs(seed: UInt64 = 0, from origins: [ImageSize]? = nil) -> [Tensor] {
    types.indices.map { index in
      let origin = origins?[index] ?? ImageSize(height: 0, width: 0)
      let noise = Noise(self.seed &+ seed, input: index)
      return tensor(index) { channel, row, column in
        let (row, column) = (row + origin.height, column + origin.width)
        guard case .label(let count) = types[index].element else { return noise.number(channel, row, column) }
        return Float(noise.word(channel, row, column) % UInt64(max(count, 1)))
      }
    }
  }

  /// An input of the scene's size.
  func tensor(_ index: Int, _ number: (_ channel: Int, _ row: Int, _ column: Int) -> Float) -> Tensor {
    let size = inputSizes[index]
    var values: [Float] = []
    values.reserveCapacity(types[index].channels * size.height * size.width)
    for channel in 0..<types[index].channels {
      for row in 0..<size.height {
        for column in 0..<size.width { values.append(number(channel, row, column)) }
      }
    }
    return Tensor(channels: types[index].channels, height: size.height, width: size.width, values: values)
  }

  // MARK: The reference

  func evaluate(_ inputs: [Tensor]) -> [Tensor] { stage.evaluate(inputs, weights: weights) }

  /// True where tensors have the shapes that are declared.
  func areShaped(_ results: [Tensor]) -> Bool {
    results.count == outputs.count
      && results.indices.allSatisfy { index in
        results[index].channels == outputs[index].channels && results[index].height == outputSizes[index].height
          && results[index].width == outputSizes[index].width
      }
  }

  func access(_ input: Int) -> SpatialAccess { stage.access(toInput: input, of: types) }

  /// What is declared of the positions that are read along an axis.
  func reads(_ input: Int, _ axis: Axis) -> DeclaredReads {
    DeclaredReads(
      access: axis.access(access(input)), border: access(input).border, input: types[input][keyPath: axis.extent],
      output: outputs[0][keyPath: axis.extent], image: image[axis])
  }
}

extension Float {
  /// The same number, or both not a number.
  func isSame(as other: Float) -> Bool { self == other || (isNaN && other.isNaN) }

  /// The same but for rounding.
  func isClose(to other: Float) -> Bool {
    isSame(as: other)
      || (isFinite && other.isFinite && abs(self - other) <= 1e-4 * max(1, abs(self), abs(other)))
  }
}
