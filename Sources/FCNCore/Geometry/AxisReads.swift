/// Which positions of an input an output position reads along one axis, with every number known: an `AxisAccess` for
/// one size, or for a class of sizes.
public struct AxisReads: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case window(Window, offset: Int)
    case grid(Grid)
    case whole
  }

  /// Position `i` lies at `(slope * i + offset) / denominator` of the input, the offset being between two numbers: they
  /// differ where the grid depends on the size of the image.
  struct Grid: Hashable, Sendable {
    var interpolation: Resample.Interpolation
    var rounding: Resample.Rounding
    var slope: Int
    var low: Int
    var high: Int
    var denominator: Int

    func first(_ index: Int) -> Int { position(index, low, isFirst: true) }
    func last(_ index: Int) -> Int { position(index, high, isFirst: false) }

    private func position(_ index: Int, _ offset: Int, isFirst: Bool) -> Int {
      let above = slope &* index &+ offset
      switch (interpolation, rounding) {
      // A neighbour of weight zero is not read.
      case (.bilinear, _):
        return isFirst ? Extent.floorDivide(above, denominator) : -Extent.floorDivide(-above, denominator)
      case (.nearest, .floor): return Extent.floorDivide(above, denominator)
      case (.nearest, .ceil): return -Extent.floorDivide(-above, denominator)
      case (.nearest, .halfDown): return -Extent.floorDivide(denominator &- 2 &* above, 2 &* denominator)
      case (.nearest, .halfUp): return Extent.floorDivide(2 &* above &+ denominator, 2 &* denominator)
      }
    }
  }

  let form: Form

  init(_ form: Form) { self.form = form }

  /// True where every output position depends on every input position.
  public var isWhole: Bool { form == .whole }

  /// True where nothing is read but the size.
  public var isUnread: Bool {
    if case .window(let window, _) = form { return window.taps == 0 }
    return false
  }

  /// True where the places of the output in the input depend on the size of the image.
  public var dependsOnSize: Bool {
    if case .grid(let grid) = form { return grid.low != grid.high }
    return false
  }

  /// The least and greatest positions that some neighbouring output positions read, of an input without end; nil where
  /// none is read.
  /// - Precondition: not `isWhole`.
  public func range(of outputs: ClosedRange<Int>) -> ClosedRange<Int>? {
    var positions = PositionSet()
    insert(readsOf: outputs, into: &positions)
    return positions.hull
  }

  /// Adds the positions that some neighbouring output positions read, of an input without end.
  /// - Precondition: not `isWhole`.
  func insert(readsOf outputs: ClosedRange<Int>, into positions: inout PositionSet) {
    switch form {
    case .whole: preconditionFailure("the whole of a value without end is not a set of positions")
    case .grid(let grid):
      if grid.slope <= grid.denominator {
        // Neighbours read neighbours.
        positions.insert(grid.first(outputs.lowerBound), through: grid.last(outputs.upperBound))
      } else {
        for index in outputs { positions.insert(grid.first(index), through: grid.last(index)) }
      }
    case .window(let window, let offset): Self.insert(window, offset, readsOf: outputs, into: &positions)
    }
  }

  private static func insert(
    _ window: Window, _ offset: Int, readsOf outputs: ClosedRange<Int>, into positions: inout PositionSet
  ) {
    func start(_ index: Int) -> Int {
      Extent.floorDivide(index &+ window.shift, window.divide) &* window.multiply &+ offset
    }
    let (first, last) = (start(outputs.lowerBound), start(outputs.upperBound))
    switch (window.divide, window.step) {
    case (1, 1) where window.taps >= max(1, window.multiply):
      // The windows leave nothing out between them.
      positions.insert(first, through: last &+ window.taps &- 1)
    case (1, _) where window.multiply == 1:
      for tap in 0..<window.taps {
        let distance = tap &* window.step
        positions.insert(first &+ distance, through: last &+ distance)
      }
    case (2..., -1) where window.multiply == 1 && window.span >= window.divide:
      // Each position reads its start and some before it, the fewer the further it lies behind the start.
      positions.insert(first &- window.taps(of: outputs.lowerBound) &+ 1, through: last)
    default:
      for index in outputs {
        let start = start(index)
        for tap in 0..<window.taps(of: index) {
          let position = start &+ tap &* window.step
          positions.insert(position...position)
        }
      }
    }
  }

  /// Where output positions lie in input positions: in the middle of what they read, on average over the positions of
  /// one period; nil where there is no such place.
  public func place() throws(Extent.Failure) -> Place? {
    switch form {
    case .whole: return nil
    case .grid(let grid): return try Self.place(of: grid)
    case .window(let window, let offset):
      guard window.multiply != 0, window.taps > 0 else { return nil }
      let scale = try Rational(window.multiply, over: window.divide)
      var sum = Rational.zero
      var count = 0
      for index in 0..<window.divide {
        guard let reads = Self.reads(window, offset, index) else { continue }
        let middle = try Rational(Extent.sum(reads.lowerBound, reads.upperBound), over: 2)
        sum = try sum + (middle - (scale * Rational(index)))
        count += 1
      }
      guard count > 0 else { return nil }
      let mean = try sum / Rational(count)
      return Place(scale: scale, low: mean, high: mean)
    }
  }

  private static func reads(_ window: Window, _ offset: Int, _ index: Int) -> ClosedRange<Int>? {
    let taps = window.taps(of: index)
    guard taps > 0 else { return nil }
    let start = Extent.floorDivide(index &+ window.shift, window.divide) &* window.multiply &+ offset
    let end = start &+ (taps &- 1) &* window.step
    return min(start, end)...max(start, end)
  }

  private static func place(of grid: Grid) throws(Extent.Failure) -> Place? {
    guard grid.slope != 0 else { return nil }
    let scale = try Rational(grid.slope, over: grid.denominator)
    if grid.interpolation == .bilinear {
      return Place(
        scale: scale, low: try Rational(grid.low, over: grid.denominator),
        high: try Rational(grid.high, over: grid.denominator))
    }
    return Place(
      scale: scale, low: try grid.meanOfNearest(scale, offset: grid.low),
      high: try grid.meanOfNearest(scale, offset: grid.high))
  }
}

extension AxisReads.Grid {
  /// How far the nearest positions lie, on average, from `scale * i`.
  ///
  /// That repeats after `q` positions, the denominator of the scale, within which the remainders of the places modulo 1
  /// are all the numbers of `1/q * k` plus one and the same fraction: so their sum needs no loop.
  fileprivate func meanOfNearest(_ scale: Rational, offset: Int) throws(Extent.Failure) -> Rational {
    let count = Rational(scale.denominator)
    let half = try Rational(1, over: 2)
    let exact = try Rational(offset, over: denominator)
    let spread = try Rational(scale.denominator - 1, over: 2)
    let sum =
      switch rounding {
      case .floor: try Rational((count * exact).roundedDown) - spread
      case .halfUp: try Rational((count * (exact + half)).roundedDown) - spread
      case .ceil: try Rational((count * exact).roundedUp) + spread
      case .halfDown: try Rational((count * (exact - half)).roundedUp) + spread
      }
    return try sum / count
  }
}

extension AxisAccess {
  /// What is read for the sizes of a class; nil where that grows without bound with the image (an enlargement of a value
  /// of fixed size to the size of the image, say), so that every position may matter.
  /// - Throws: where numbers get too large.
  public func reads(input: Extent, output: Extent, on sizes: SizeClass) throws(Extent.Failure) -> AxisReads? {
    switch self {
    case .whole: return AxisReads(.whole)
    case .window(var window):
      guard let offset = window.offset.line(on: sizes), offset.slope == 0 else { return nil }
      // Equal windows are to be equal, whatever formula their offset comes from.
      window.offset = .constant(0)
      return AxisReads(.window(window, offset: offset.offset))
    case .resample(let resample):
      guard let from = input.line(on: sizes), let to = output.line(on: sizes),
        let grid = try resample.grid(from: from, to: to)
      else { return nil }
      return AxisReads(.grid(grid))
    }
  }
}

extension Resample {
  /// The grid for an input of `a * t + b` positions and an output of `c * t + d`; nil where the one grows and the other
  /// does not.
  fileprivate func grid(
    from: (slope: Int, offset: Int), to: (slope: Int, offset: Int)
  ) throws(Extent.Failure) -> AxisReads.Grid? {
    var (a, b) = from
    var (c, d) = to
    if let numerator, let denominator, grid != .alignCorners { (a, b, c, d) = (0, denominator, 0, numerator) }
    if grid == .alignCorners { (b, d) = (b - 1, d - 1) }
    // A single output position, or a single input position: everything is read from the first.
    if c == 0, a == 0, grid == .alignCorners, d <= 0 { (b, d) = (0, 1) }
    guard (a == 0) == (c == 0), c > 0 || d > 0 else { return nil }
    let scale = c == 0 ? try Rational(b, over: d) : try Rational(a, over: c)
    // Where the quotient of the sizes is not `scale` for all of them, the last position is off by this much.
    let drift = c == 0 ? Rational.zero : try Rational(b) - (scale * Rational(d))
    let half = try Rational(1, over: 2)
    let start = grid == .halfPixel ? try scale * half - half : Rational.zero
    let low = try start + min(drift, .zero)
    let high = try start + max(drift, .zero)
    let denominator = try Rational.leastCommonMultiple(
      Rational(scale.denominator), .leastCommonMultiple(Rational(low.denominator), Rational(high.denominator))
    ).numerator
    func scaled(_ fraction: Rational) throws(Extent.Failure) -> Int {
      try Extent.product(fraction.numerator, denominator / fraction.denominator)
    }
    return AxisReads.Grid(
      interpolation: interpolation, rounding: rounding, slope: try scaled(scale), low: try scaled(low),
      high: try scaled(high), denominator: denominator)
  }
}
