import FCNCore
import FCNStandard

/// Stages whose shape rules are wrong.
enum WrongRules {
  /// The rule is one too high where the size is odd.
  struct OddSizes: WrongStage {
    let right: MaxPool
    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = try right.outputTypes(for: inputs)[0]
      output.height = try sized { () throws(Extent.Failure) in
        let odd = try inputs[0].height.dividedUp(by: 2).subtracting(inputs[0].height.dividedDown(by: 2))
        return try output.height.adding(odd)
      }
      return [output]
    }
  }

  /// The rule drops a block that is not filled, the reference fills it with zeros.
  struct WrongRounding: WrongStage {
    let right: PixelUnshuffle
    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = inputs[0]
      output.channels *= right.factor * right.factor
      output.height = try sized { () throws(Extent.Failure) in
        try output.height.dividedDown(by: right.factor).requiring(atLeast: 1)
      }
      output.width = try sized { () throws(Extent.Failure) in
        try output.width.dividedDown(by: right.factor).requiring(atLeast: 1)
      }
      return [output]
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let (input, factor) = (inputs[0], right.factor)
      var whole = Tensor(
        channels: input.channels, height: (input.height + factor - 1) / factor * factor,
        width: (input.width + factor - 1) / factor * factor)
      for channel in 0..<input.channels {
        for row in 0..<input.height {
          for column in 0..<input.width { whole[channel, row, column] = input[channel, row, column] }
        }
      }
      return right.evaluate([whole], weights: weights)
    }
  }

  /// The output has a size for images for which the input has none.
  struct WiderDomain: WrongStage {
    let right: GlobalMean
    func outputTypes(for inputs: [TensorType]) -> [TensorType] {
      [TensorType(channels: inputs[0].channels, height: .constant(1), width: .constant(1))]
    }
  }

  /// Without its last row an image of one row is empty.
  struct EmptyOutput: WrongStage {
    let right: Dropout
    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = inputs[0]
      output.height = try sized { () throws(Extent.Failure) in try output.height.adding(-1) }
      return [output]
    }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let input = inputs[0]
      var output = Tensor(channels: input.channels, height: input.height - 1, width: input.width)
      for channel in 0..<input.channels {
        for row in 0..<output.height {
          for column in 0..<input.width { output[channel, row, column] = input[channel, row, column] }
        }
      }
      return [output]
    }

    var facts: StageFacts { StageFacts() }
    func facts(for inputs: [TensorType]) -> StageFacts { StageFacts() }
  }

  /// The rule gives two types for one output.
  struct TwoTypes: WrongStage {
    let right: ReLU
    func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs + inputs }
  }

  /// The reference gives two outputs for one type.
  struct TwoTensors: WrongStage {
    let right: ReLU
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { inputs + inputs }
  }

  /// Channels that depend on the size of the input, which the facts do not say.
  struct SecretlyFlat: WrongStage {
    let right: Flatten
    var facts: StageFacts { StageFacts() }
    func facts(for inputs: [TensorType]) -> StageFacts { StageFacts() }
  }

  /// One size for every image, which the facts do not say.
  struct SecretlyFixed: WrongStage {
    let right: Identity
    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
      var output = inputs[0]
      output.height = try sized { () throws(Extent.Failure) in
        try Extent.constant(4).restricted(toDomainOf: inputs[0].height)
      }
      return [output]
    }

    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      let rows = Resample(interpolation: .nearest, grid: .asymmetric, rounding: .floor)
      return SpatialAccess(rows: .resample(rows), columns: .window(.identity))
    }

    var facts: StageFacts { StageFacts() }
    func facts(for inputs: [TensorType]) -> StageFacts { StageFacts() }

    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let input = inputs[0]
      var output = Tensor(channels: input.channels, height: 4, width: input.width)
      for channel in 0..<input.channels {
        for row in 0..<4 {
          for column in 0..<input.width {
            output[channel, row, column] = input[channel, row * input.height / 4, column]
          }
        }
      }
      return [output]
    }
  }

  /// A weight for every pixel, which the facts do not say.
  struct SecretlyDense: WrongStage {
    let right: Dense
    var facts: StageFacts { StageFacts() }
    func facts(for inputs: [TensorType]) -> StageFacts { StageFacts() }
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let (numbers, factors) = (inputs[0].values, weights[0].values)
      let sums = (0..<right.units).map { unit in
        numbers.indices.reduce(right.hasBias ? weights[1].values[unit] : 0) { sum, index in
          sum + factors[(unit * numbers.count + index) % factors.count] * numbers[index]
        }
      }
      return [Tensor(channels: right.units, height: 1, width: 1, values: sums)]
    }
  }

  /// A stage for any size that says it fixes the size.
  struct AllegedlyFixed: WrongStage {
    let right: ReLU
    var facts: StageFacts { StageFacts(fixesSize: "the author says so") }
    func facts(for inputs: [TensorType]) -> StageFacts { facts }
  }

  /// A stage that rejects whatever it is given.
  struct RejectsAll: WrongStage {
    let right: ReLU
    func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] { throw Rejection("no") }
  }
}
