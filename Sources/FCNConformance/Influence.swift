import FCNCore

/// Which output positions change when one input position does, along one axis.
struct Influence {
  /// For each output position whether each input position changed it.
  private(set) var isSeen: [[Bool]]

  /// Whether anything changed at all.
  var isAlive: Bool { isSeen.contains { $0.contains(true) } }

  /// The input positions that changed an output position.
  func positions(of index: Int) -> [Int] { isSeen[index].indices.filter { isSeen[index][$0] } }

  /// The most positions from the first to the last that one output position depends on.
  var span: Int {
    isSeen.indices.map { index in
      let positions = positions(of: index)
      return positions.isEmpty ? 0 : positions[positions.count - 1] - positions[0] + 1
    }.max() ?? 0
  }

  /// Changes every position of an input in turn, all its rows (or columns) and channels at once, until every declared
  /// position has changed what it should, or everything was tried.
  init(_ scene: Scene, of input: Int, _ axis: Axis) {
    let reads = scene.reads(input, axis)
    let count = scene.outputSizes.map { $0[axis] }.max() ?? 0
    isSeen = Array(repeating: Array(repeating: false, count: reads.inputSize), count: count)
    let declared = (0..<reads.outputSize).map { reads.positions(of: $0) ?? [] }
    for trial in 0..<Impulse.count(scene.types[input].channels) {
      if trial >= Impulse.basic, declared.indices.allSatisfy({ i in declared[i].allSatisfy { isSeen[i][$0] } }) {
        return
      }
      let inputs = scene.inputs(seed: UInt64(trial))
      let before = scene.evaluate(inputs)
      let impulse = Impulse(trial: trial, element: scene.types[input].element, channels: scene.types[input].channels)
      for position in 0..<reads.inputSize {
        var changed = inputs
        impulse.apply(to: &changed[input], axis, at: position)
        mark(before, scene.evaluate(changed), axis, position)
      }
    }
  }

  private mutating func mark(_ before: [Tensor], _ after: [Tensor], _ axis: Axis, _ position: Int) {
    for (before, after) in zip(before, after) where before.values.count == after.values.count {
      for index in before.values.indices where !before.values[index].isSame(as: after.values[index]) {
        let place = axis == .rows ? index / before.width % before.height : index % before.width
        isSeen[place][position] = true
      }
    }
  }
}

/// A strong change of numbers, of another sign and size in each trial, so that what is clipped, or hidden by a larger
/// number, shows in one of them.
struct Impulse {
  /// Trials that are always made.
  static let basic = 3

  let trial: Int
  let element: TensorType.Element
  let channels: Int

  /// Trials for an input of so many channels.
  static func count(_ channels: Int) -> Int { 5 + 2 * min(channels, 4) }

  func apply(to tensor: inout Tensor, _ axis: Axis, at position: Int) {
    let others = axis == .rows ? tensor.width : tensor.height
    for channel in 0..<tensor.channels {
      for other in 0..<others {
        let (row, column) = axis == .rows ? (position, other) : (other, position)
        tensor[channel, row, column] = changed(tensor[channel, row, column], channel, row, column)
      }
    }
  }

  private func changed(_ number: Float, _ channel: Int, _ row: Int, _ column: Int) -> Float {
    let noise = Noise(0x1A7E + UInt64(trial))
    if case .label(let count) = element {
      guard count > 1 else { return number }
      let step = 1 + noise.word(channel, row, column) % UInt64(count - 1)
      return Float((UInt64(number) + step) % UInt64(count))
    }
    let random = noise.number(channel, row, column)
    let size = 1 + abs(random)
    switch trial {
    case 0: return number + (random < 0 ? -size : size)
    case 1: return number + 40 * size
    case 2: return number - 40 * size
    case 3: return number + (channel.isMultiple(of: 2) ? 20 : -20) * size
    case 4: return number + (channel.isMultiple(of: 2) ? -20 : 20) * size
    default:
      guard channel == (trial - 5) / 2 % channels else { return number }
      return number + (trial.isMultiple(of: 2) ? 30 : -30) * size
    }
  }
}
