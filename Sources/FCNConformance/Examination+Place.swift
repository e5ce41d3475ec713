import FCNCore

/// The coordinate map: output positions lie in the middle of the positions that matter to them.
extension Examination {
  /// Compares the mean over whole periods of the inside with the place that the compiler works out.
  mutating func checkPlace(_ sight: Sight) {
    let middles = sight.middles
    guard wants(.place), sight.influence.isAlive, let first = middles.first else { return }
    for reads in [sight.single, sight.reads.axisReads(on: sight.sizeClass)] {
      guard let reads, let place = try? reads.place() else { continue }
      let scale = place.scale.double
      let period = sight.period(place)
      let count = middles.count / period * period
      let distances = middles.prefix(count).compactMap { index, middle in middle.map { $0 - scale * Double(index) } }
      guard !distances.isEmpty else { continue }
      let seen = distances.reduce(0, +) / Double(distances.count)
      // Where the place depends on the size, positions lie between two places, each rounded to what is read.
      let slack = reads.dependsOnSize ? 0.5 : 1e-6
      guard seen < place.low.double - slack || seen > place.high.double + slack else { continue }
      let offset = place.low == place.high ? "\(place.low)" : "(\(place.low) to \(place.high))"
      report(
        .place, sight.subject.use, sight.scene.image,
        declared: "\(sight.name) i of the output lies at \(place.scale)·i + \(offset) in \(sight.axis.rawValue) of "
          + Conformance.Use.name(sight.input),
        seen: "on average over \(count) from \(sight.name) \(first.index) on, the middle of what matters lies at "
          + "\(place.scale)·i + \((seen * 1000).rounded() / 1000)")
    }
  }
}

extension Sight {
  /// The middle of what matters to each output position of the longest part that reads nothing beyond an edge; nil
  /// middles where nothing matters.
  fileprivate var middles: [(index: Int, middle: Double?)] {
    var best: [(index: Int, middle: Double?)] = []
    var run: [(index: Int, middle: Double?)] = []
    for index in 0..<reads.outputSize {
      if isInterior(index) {
        let positions = influence.positions(of: index)
        let middle = positions.isEmpty ? nil : Double(positions[0] + positions[positions.count - 1]) / 2
        run.append((index, middle))
      } else {
        run = []
      }
      if run.count > best.count { best = run }
    }
    return best
  }

  /// The output positions after which what is read repeats.
  fileprivate func period(_ place: Place) -> Int {
    if case .window(let window) = reads.access { window.divide } else { place.scale.denominator }
  }

  /// The sizes of images of which this one is an example.
  fileprivate var sizeClass: SizeClass {
    var period = leastCommonMultiple(reads.input.period, reads.output.period)
    if case .window(let window) = reads.access { period = leastCommonMultiple(period, window.offset.period) }
    return SizeClass(period: period, residue: reads.image % period)
  }
}

extension Rational {
  fileprivate var double: Double { Double(numerator) / Double(denominator) }
}
