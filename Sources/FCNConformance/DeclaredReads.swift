import FCNCore

/// What a stage declares of the positions that are read of an input along one axis, for one size of the image.
struct DeclaredReads {
  let access: AxisAccess
  let border: Border
  let input: Extent
  let output: Extent
  let image: Int

  var inputSize: Int { input(image) ?? 0 }
  var outputSize: Int { output(image) ?? 0 }

  var isWhole: Bool { access == .whole }
  var isUnread: Bool {
    if case .window(let window) = access { return window.taps == 0 }
    return false
  }

  /// The positions of the input that output position `index` is computed from, ascending; nil where that is all of them.
  func positions(of index: Int) -> [Int]? {
    switch access {
    case .whole: return nil
    case .window: return Set(taps(of: index).compactMap { border.position($0, in: inputSize) }).sorted()
    case .resample(let resample):
      let (first, second, weight) = resample.neighbours(of: index, input: inputSize, output: outputSize)
      return weight == 0 ? [first] : Set([first, second]).sorted()
    }
  }

  /// The positions of a window's taps on an axis without end; none where no window is declared.
  func taps(of index: Int) -> [Int] {
    guard case .window(let window) = access, let offset = window.offset(image) else { return [] }
    let turns = Int((Double(index + window.shift) / Double(window.divide)).rounded(.down))
    return (0..<window.taps(of: index)).map { turns * window.multiply + offset + $0 * window.step }
  }

  /// The same for this size alone, or as a class of sizes has it; nil where that grows without bound.
  func axisReads(on sizes: SizeClass) -> AxisReads? {
    try? access.reads(input: input, output: output, on: sizes)
  }

  var single: AxisReads? { axisReads(on: SizeClass(period: 1, residue: 0, single: image)) }

  /// True where everything that an output position reads, on an axis without end, lies inside the input.
  func isInterior(_ index: Int, _ reads: AxisReads) -> Bool {
    guard !reads.isWhole, let range = reads.range(of: index...index) else { return true }
    return range.lowerBound >= 0 && range.upperBound < inputSize
  }
}

extension Border {
  /// The position of an axis whose number stands at a position that may lie beyond its edges; nil where one of the
  /// border's does.
  func position(_ position: Int, in size: Int) -> Int? {
    if (0..<size).contains(position) { return position }
    switch self {
    case .zero, .negativeInfinity, .constant: return nil
    case .replicate: return position < 0 ? 0 : size - 1
    case .reflect:
      let mirrored = position < 0 ? -position : 2 * (size - 1) - position
      return (0..<size).contains(mirrored) ? mirrored : nil
    }
  }
}

func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? abs(a) : greatestCommonDivisor(b, a % b) }

func leastCommonMultiple(_ a: Int, _ b: Int) -> Int { a / greatestCommonDivisor(a, b) * b }
