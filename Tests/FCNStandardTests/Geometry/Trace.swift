import FCNCore

/// What the positions of a network's values are computed from, for one image size along one axis: position by position
/// and tap by tap, from the definitions of the stages.
struct Trace {
  /// Where a position comes from.
  struct Origin {
    /// For each input of the network, which of its positions matter.
    var marks: [[Bool]]
    /// Something beyond an edge is read on the way.
    var touchesEdge = false

    /// The least and greatest position of an input that matter.
    func hull(_ input: Int) -> ClosedRange<Int>? {
      guard let first = marks[input].firstIndex(of: true), let last = marks[input].lastIndex(of: true) else {
        return nil
      }
      return first...last
    }
  }

  let network: RandomNetwork
  let axis: Axis
  /// The size of every value.
  let sizes: [Int]

  /// Nil where a value does not exist for an image of `size`.
  init?(_ network: RandomNetwork, _ axis: Axis, _ size: Int) {
    let sizes = network.sizes(axis, size).compactMap { $0 }
    guard sizes.count == network.values.count else { return nil }
    (self.network, self.axis, self.sizes) = (network, axis, sizes)
  }

  func origin(of value: Int, _ position: Int) -> Origin {
    var marks = sizes.map { _ in [Bool]() }
    var touchesEdge = false
    marks[value] = Array(repeating: false, count: sizes[value])
    marks[value][position] = true
    for index in (0...value).reversed() where !marks[index].isEmpty && !network.values[index].isInput {
      let node = network.values[index]
      let rule = node.rule(axis)
      let inputSizes = node.inputs.map { sizes[$0] }
      for (place, input) in node.inputs.enumerated() {
        if marks[input].isEmpty { marks[input] = Array(repeating: false, count: sizes[input]) }
        let isPixel = network.values[input].isPixel && !node.isPixel
        for position in marks[index].indices where marks[index][position] {
          for read in rule.reads(position, of: place, inputSizes, output: sizes[index], isPixel: isPixel) {
            if !(0..<sizes[input]).contains(read) { touchesEdge = true }
            if let inside = rule.edge.inside(read, sizes[input]) { marks[input][inside] = true }
          }
        }
      }
    }
    let inputs = network.values.indices.filter { network.values[$0].isInput }
    return Origin(
      marks: inputs.map { marks[$0].isEmpty ? Array(repeating: false, count: sizes[$0]) : marks[$0] },
      touchesEdge: touchesEdge)
  }

  // MARK: Places

  /// Position `i` lies at `scale * i + offset`, in pixels of the first input.
  struct Place: Equatable {
    var scale = 1.0
    var offset = 0.0

    func isNear(_ other: Place) -> Bool { abs(scale - other.scale) < 1e-9 && abs(offset - other.offset) < 1e-9 }
  }

  /// Where each value lies: in the middle of what it is computed from, on average over the positions after which that
  /// repeats; nil where a join disagrees on the way, and for values of one pixel.
  var places: [Place?] {
    var places: [Place?] = []
    for (index, node) in network.values.enumerated() {
      if node.isInput {
        places.append(inputPlace(node, size: sizes[index]))
        continue
      }
      let found = node.inputs.enumerated().compactMap { input, value -> Place?? in
        guard let inner = self.inner(node, index, input) else { return nil }
        return .some(
          places[value].map {
            Place(scale: $0.scale * inner.scale, offset: $0.offset + $0.scale * inner.offset)
          })
      }
      if let first = found.first, let first, found.allSatisfy({ $0?.isNear(first) ?? false }) {
        places.append(first)
      } else {
        places.append(nil)
      }
    }
    return places
  }

  /// The pixels of an input share the image evenly.
  private func inputPlace(_ input: RandomNetwork.Value, size: Int) -> Place {
    let scale = Double(sizes[0]) / Double(size)
    return Place(scale: scale, offset: (scale - 1) / 2)
  }

  /// Where the positions of a value lie in one of its inputs; nil where they do not come from there.
  private func inner(_ node: RandomNetwork.Value, _ index: Int, _ input: Int) -> Place? {
    let inputSizes = node.inputs.map { sizes[$0] }
    if network.values[node.inputs[input]].isPixel || node.isPixel { return nil }
    let rule = node.rule(axis)
    func middle(_ position: Int) -> Double? {
      let reads = rule.reads(position, of: input, inputSizes, output: sizes[index])
      guard let least = reads.min(), let greatest = reads.max() else { return nil }
      return Double(least + greatest) / 2
    }
    let period = rule.period(inputSizes, output: sizes[index])
    let pairs = (0..<period).compactMap { position in
      middle(position).flatMap { start in middle(position + period).map { (position, start, $0 - start) } }
    }
    guard let step = pairs.first?.2 else { return nil }
    let scale = step / Double(period)
    return Place(
      scale: scale, offset: pairs.map { $0.1 - scale * Double($0.0) }.reduce(0, +) / Double(pairs.count))
  }
}

extension AxisRule {
  /// The positions after which what is read repeats, shifted.
  fileprivate func period(_ sizes: [Int], output: Int) -> Int {
    switch self {
    case .multiple(let factor): factor
    case .transposed(let rule): rule.stride
    case .resized(let rule):
      rule.grid == .alignCorners ? max(output - 1, 1) : rule.isLike ? output : rule.up
    default: 1
    }
  }
}
