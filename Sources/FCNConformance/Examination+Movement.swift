import FCNCore

/// Equivariance: where a window or grid is regular, the inside of the output moves with the content of the inputs.
extension Examination {
  mutating func checkMovement(_ subject: Subject, _ scenes: [Scene]) {
    guard wants(.movement) else { return }
    for scene in scenes.suffix(2) {
      guard let rows = Motion(scene, .rows), let columns = Motion(scene, .columns) else { continue }
      if rows.output + columns.output > 0 { check(subject, scene, rows, columns) }
    }
  }

  private mutating func check(_ subject: Subject, _ scene: Scene, _ rows: Motion, _ columns: Motion) {
    let origins = zip(rows.inputs, columns.inputs).map { ImageSize(height: $0, width: $1) }
    let before = scene.evaluate(scene.inputs())
    let after = scene.evaluate(scene.inputs(from: origins))
    for (before, after) in zip(before, after) {
      for channel in 0..<before.channels {
        for row in rows.interior where row + rows.output < before.height {
          for column in columns.interior where column + columns.output < before.width {
            let expected = before[channel, row + rows.output, column + columns.output]
            guard !after[channel, row, column].isClose(to: expected) else { continue }
            let moved = origins.enumerated().map { "\(Conformance.Use.name($0)) by \(Self.distance($1))" }
            let by = ImageSize(height: rows.output, width: columns.output)
            report(
              .movement, subject.use, scene.image,
              declared: "moving \(moved.joined(separator: ", ")) moves the output by \(Self.distance(by))",
              seen:
                "channel \(channel), row \(row), column \(column) is \(after[channel, row, column]), not \(expected)")
            return
          }
        }
      }
    }
  }

  private static func distance(_ size: ImageSize) -> String {
    let units = [(size.height, "row"), (size.width, "column")]
    return units.map { count, unit in "\(count) \(unit)\(count == 1 ? "" : "s")" }.joined(separator: " and ")
  }
}

/// By how much inputs and outputs move together along one axis.
private struct Motion {
  var inputs: [Int]
  var output: Int
  /// The output positions that read nothing beyond an edge, neither where they are nor where they come from.
  var interior: [Int]

  /// Fails where the axis is read in no regular way.
  init?(_ scene: Scene, _ axis: Axis) {
    let reads = scene.types.indices.map { scene.reads($0, axis) }
    let count = scene.outputSizes[0][axis]
    let single = reads.map(\.single)
    interior = (0..<count).filter { index in
      zip(reads, single).allSatisfy { reads, single in single.map { reads.isInterior(index, $0) } ?? false }
    }
    (inputs, output) = (reads.map { _ in 0 }, 0)
    // What is read as a whole stays in its place.
    if reads.contains(where: \.isWhole) { return }
    let units = reads.map(\.unit)
    var step = 1
    for case let unit? in units { step = leastCommonMultiple(step, unit.output) }
    guard step < count else { return }
    output = step
    inputs = units.map { unit in unit.map { step / $0.output * $0.input } ?? 0 }
    let inside = Set(interior)
    interior = interior.filter { inside.contains($0 + step) }
  }
}

extension DeclaredReads {
  /// The least movement of the input that moves the output by whole positions; nil where the input need not move.
  fileprivate var unit: (input: Int, output: Int)? {
    switch access {
    case .whole: return nil
    case .window(let window):
      return window.taps == 0 || window.multiply == 0 ? nil : (window.multiply, window.divide)
    case .resample(let resample):
      var (from, to) = (resample.denominator ?? inputSize, resample.numerator ?? outputSize)
      if resample.grid == .alignCorners { (from, to) = (inputSize - 1, outputSize - 1) }
      let divisor = greatestCommonDivisor(from, to)
      return divisor == 0 || to == 0 ? nil : (from / divisor, to / divisor)
    }
  }
}
