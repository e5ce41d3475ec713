import FCNCore

/// What stands beyond the edge: an input with its border written around it gives the same numbers.
extension Examination {
  /// Compares the output with that of a larger input which holds the border, where windows reach beyond one edge.
  ///
  /// A stage may know its edges: a mean over the part of the window that lies in the image is none over any border. So a
  /// declared border is taken as wrong only where it is contradicted and another one gives what is seen.
  mutating func checkBorder(_ subject: Subject, _ scene: Scene) {
    guard wants(.border) else { return }
    let read = scene.types.indices.filter { !scene.reads($0, .rows).isUnread || !scene.reads($0, .columns).isUnread }
    guard read.count == 1, scene.types[read[0]].element == .real else { return }
    for axis in Axis.allCases {
      guard let frame = Frame(subject, scene, read[0], axis) else { continue }
      let declared = scene.access(read[0]).border
      guard let wrong = frame.difference(declared) else { continue }
      let others: [Border] = [.zero, .negativeInfinity, .replicate, .reflect] + subject.use.constants
      guard let other = others.first(where: { $0 != declared && frame.difference($0) == nil }) else { continue }
      report(
        .border, subject.use, scene.image, declared: "the border of \(Conformance.Use.name(read[0])) is `\(declared)`",
        seen: "\(axis == .rows ? "row" : "column") \(wrong) of the output is what a border of `\(other)` gives")
    }
  }
}

extension Conformance.Use {
  /// Borders of the numbers that are among the arguments.
  fileprivate var constants: [Border] {
    arguments.sorted { $0.key < $1.key }.compactMap { argument in
      if case .decimal(let number) = argument.value { .constant(Float(number)) } else { nil }
    }
  }
}

/// A scene beside one with a larger input, in which the first lies.
private struct Frame {
  let scene: Scene
  let larger: Scene
  let input: Int
  let axis: Axis
  /// Where the first pixel lies in the larger input, and the first output position in the larger output.
  let before: Int
  let shift: Int
  /// The output positions that tell the border: of what they read, several positions or none lie inside, and the rest
  /// beyond one edge. (A mean over the one position inside is that of a replicated border.)
  let telling: [Int]

  /// Fails where no output position tells anything, or no larger image has the same phase.
  init?(_ subject: Subject, _ scene: Scene, _ input: Int, _ axis: Axis) {
    guard case .window(let window) = axis.access(scene.access(input)), window.taps > 0, window.multiply > 0 else {
      return nil
    }
    let reads = scene.reads(input, axis)
    let size = reads.inputSize
    let taps = (0..<reads.outputSize).map { reads.taps(of: $0) }
    telling = taps.indices.filter { index in
      let below = taps[index].count { $0 < 0 }
      let above = taps[index].count { $0 >= size }
      return (below > 0) != (above > 0) && taps[index].count - below - above != 1
    }
    let beyond = (taps.joined().min() ?? 0)...(taps.joined().max() ?? 0)
    guard let last = telling.last,
      let place = Self.place(subject, scene, input, axis, window, beyond: beyond, lastOutput: last)
    else { return nil }
    (self.scene, self.input, self.axis) = (scene, input, axis)
    (larger, before, shift) = place
  }

  /// A larger image of the same phase, with room for everything that is read.
  private static func place(
    _ subject: Subject, _ scene: Scene, _ input: Int, _ axis: Axis, _ window: Window, beyond: ClosedRange<Int>,
    lastOutput: Int
  ) -> (larger: Scene, before: Int, shift: Int)? {
    let size = scene.inputSizes[input][axis]
    guard let own = window.offset(scene.image[axis]) else { return nil }
    for more in 1...40 {
      var image = scene.image
      image[axis] += more
      guard let larger = subject.scene(image, seed: scene.seed), let offset = window.offset(image[axis]) else {
        continue
      }
      let room = larger.inputSizes[input][axis] - size
      for turns in 0...more {
        let before = turns * window.multiply + offset - own
        let shift = turns * window.divide
        let isInside = before >= max(0, -beyond.lowerBound) && room - before >= max(0, beyond.upperBound - size + 1)
        if isInside, lastOutput + shift < larger.outputSizes[0][axis] { return (larger, before, shift) }
      }
    }
    return nil
  }

  /// The first telling output position that differs from what the larger input gives with a border in it.
  func difference(_ border: Border) -> Int? {
    let inputs = scene.inputs()
    var others = larger.inputs()
    others[input] = larger.tensor(input) { channel, row, column in
      let place = axis == .rows ? row : column
      guard let source = border.position(place - before, in: scene.inputSizes[input][axis]) else {
        return filler(border)
      }
      return axis == .rows ? inputs[input][channel, source, column] : inputs[input][channel, row, source]
    }
    let output = scene.evaluate(inputs)[0]
    let expected = larger.evaluate(others)[0]
    return telling.first { index in
      (0..<output.channels).contains { channel in
        (0..<scene.outputSizes[0][axis == .rows ? .columns : .rows]).contains { other in
          let (row, column) = axis == .rows ? (index, other) : (other, index)
          let (toRow, toColumn) = axis == .rows ? (index + shift, other) : (other, index + shift)
          return !output[channel, row, column].isClose(to: expected[channel, toRow, toColumn])
        }
      }
    }
  }

  private func filler(_ border: Border) -> Float {
    switch border {
    case .negativeInfinity: -.infinity
    case .constant(let number): number
    case .zero, .replicate, .reflect: 0
    }
  }
}
