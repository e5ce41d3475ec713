import FCNCore

/// What the manual says of a stage along one axis, carried out for one image size by looping and counting.
///
/// An oracle: nothing here is shared with the code that proves sizes, and no formula stands where one can count.
enum AxisRule: Hashable, Sendable {
  case input
  /// `like x * 2`, and the blocks of `pixel_shuffle`.
  case multiple(Int)
  /// `like x / 2`, and the blocks of `pixel_unshuffle`: whole ones only.
  case quotient(Int)
  case window(Window)
  case transposed(Transposed)
  case resized(Resized)
  case padded(before: Int, after: Int, Edge)
  case cropped(before: Int, after: Int)
  /// `crop(like:)` from an offset, or from the middle where there is none.
  case croppedLike(offset: Int?)
  /// Values of one size, pixel by pixel; those of one pixel by declaration fit any.
  case join
  /// One pixel for the whole image.
  case whole

  enum Edge: String, Hashable, Sendable, CaseIterable { case zero, replicate, reflect }

  /// `conv`, `maxpool`, `avgpool`.
  struct Window: Hashable, Sendable {
    enum Ending: String, Hashable, Sendable, CaseIterable {
      case floor, ceil
      case ceilCaffe = "ceil_caffe"
      case sameTF = "same_tf"
    }

    var kernel: Int
    var stride = 1
    var dilation = 1
    var before = 0
    var after = 0
    var ending = Ending.floor
    var edge = Edge.zero

    var reach: Int { (kernel - 1) * dilation + 1 }
  }

  /// `deconv`; `more` is its `output_padding`, nil where `like` decides.
  struct Transposed: Hashable, Sendable {
    var kernel: Int
    var stride: Int
    var before = 0
    var after = 0
    var more: Int? = 0
  }

  /// `upsample` by `up / down`, or to the size of the second value.
  struct Resized: Hashable, Sendable {
    enum Grid: String, Hashable, Sendable, CaseIterable {
      case halfPixel = "half_pixel"
      case alignCorners = "align_corners"
      case asymmetric
    }

    enum Rounding: String, Hashable, Sendable, CaseIterable {
      case floor, ceil
      case halfDown = "half_down"
      case halfUp = "half_up"
    }

    var up = 1
    var down = 1
    var isLike = false
    var grid: Grid
    /// Nil for bilinear.
    var rounding: Rounding?
  }
}

// MARK: Sizes

extension AxisRule {
  /// The size that comes out for inputs of these sizes; nil where there is none.
  /// - Parameter pixels: which inputs are one pixel by declaration.
  func size(_ inputs: [Int], pixels: [Bool] = []) -> Int? {
    let first = inputs.first ?? 0
    let size: Int? =
      switch self {
      case .input: nil
      case .multiple(let factor): (0..<factor).reduce(0) { sum, _ in sum + first }
      case .quotient(let factor): (1...first).first { count in count * factor == first }
      case .window(let window): window.starts(first).count
      case .transposed(let rule): rule.size(first, like: inputs.last)
      case .resized(let rule): rule.isLike ? inputs.last : rule.size(first)
      case .padded(let before, let after, let edge):
        edge == .reflect && max(before, after) >= first ? nil : before + first + after
      case .cropped(let before, let after): first - before - after
      case .croppedLike(let offset): (offset ?? 0) + inputs[1] <= first ? inputs[1] : nil
      case .join: Self.joined(zip(inputs, pixels).filter { !$0.1 }.map(\.0))
      case .whole: 1
      }
    return size.flatMap { $0 >= 1 ? $0 : nil }
  }

  private static func joined(_ sizes: [Int]) -> Int? {
    guard let first = sizes.first else { return 1 }
    return sizes.allSatisfy { $0 == first } ? first : nil
  }
}

extension AxisRule.Window {
  /// The pixels added before and after an input of `size`.
  func padding(_ size: Int) -> (before: Int, after: Int) {
    guard ending == .sameTF else { return (before, after) }
    // As many windows as there are multiples of the stride; what the last one lacks is added.
    let last = (0..<size).last { $0.isMultiple(of: stride) } ?? 0
    let missing = max(0, last + reach - size)
    return (missing / 2, missing - missing / 2)
  }

  /// Where the windows start, in positions of the input.
  func starts(_ size: Int) -> [Int] {
    let (before, after) = padding(size)
    if edge == .reflect, max(before, after) >= size { return [] }
    let end = size + after
    var starts: [Int] = []
    var start = -before
    while start + reach <= end {
      starts.append(start)
      start += stride
    }
    // A last window that reaches beyond the padded input, where the one before has left something over.
    let isLeftOver = start - stride + reach < end
    switch ending {
    case .floor, .sameTF: break
    case .ceil: if isLeftOver, start < size { starts.append(start) }
    case .ceilCaffe: if isLeftOver, start < size || before + after == 0 { starts.append(start) }
    }
    return starts
  }
}

extension AxisRule.Transposed {
  func size(_ size: Int, like: Int?) -> Int? {
    let written = (0..<size).flatMap { position in (0..<kernel).map { position * stride + $0 } }
    let base = (written.max() ?? 0) + 1 - before - after
    guard let more else { return (0..<stride).map { base + $0 }.first { $0 == like } }
    return base + more
  }
}

extension AxisRule.Resized {
  /// The most pixels that `up / down` times the input holds.
  func size(_ size: Int) -> Int { (0...size * up).last { $0 * down <= size * up } ?? 0 }
}

// MARK: Reads

extension AxisRule {
  /// What input positions, beyond the edges too, an output position is computed from.
  /// - Parameters:
  ///   - input: which input.
  ///   - sizes: the sizes of the inputs.
  ///   - output: the size of the output.
  func reads(_ position: Int, of input: Int, _ sizes: [Int], output: Int, isPixel: Bool = false) -> [Int] {
    switch self {
    case .input: return []
    case .multiple(let factor): return [floorQuotient(position, factor)]
    case .quotient(let factor): return (0..<factor).map { position * factor + $0 }
    case .window(let window):
      let start = position * window.stride - window.padding(sizes[0]).before
      return (0..<window.kernel).map { start + $0 * window.dilation }
    case .transposed(let rule):
      guard input == 0 else { return [] }
      return (0..<rule.kernel).compactMap { tap in
        let place = position + rule.before - tap
        return place.isMultiple(of: rule.stride) ? place / rule.stride : nil
      }
    case .resized(let rule): return input == 0 ? rule.reads(position, from: sizes[0], to: output) : []
    case .padded(let before, _, _): return [position - before]
    case .cropped(let before, _): return [position + before]
    case .croppedLike(let offset): return input == 0 ? [position + (offset ?? (sizes[0] - sizes[1]) / 2)] : []
    case .join: return [isPixel ? 0 : position]
    case .whole: return Array(0..<sizes[0])
    }
  }

  /// What lies beyond the edge of the input.
  var edge: Edge {
    switch self {
    case .window(let window): window.edge
    case .padded(_, _, let edge): edge
    case .resized: .replicate
    default: .zero
    }
  }
}

extension AxisRule.Edge {
  /// The position that stands for one beyond the edge of an input of `size`; nil where none does.
  func inside(_ position: Int, _ size: Int) -> Int? {
    if (0..<size).contains(position) { return position }
    switch self {
    case .zero: return nil
    case .replicate: return position < 0 ? 0 : size - 1
    case .reflect: return position < 0 ? -position : 2 * (size - 1) - position
    }
  }
}

extension AxisRule.Resized {
  fileprivate func reads(_ position: Int, from: Int, to: Int) -> [Int] {
    // The coordinate as a fraction of whole numbers.
    let (above, below): (Int, Int)
    let scale = isLike ? (from, to) : (down, up)
    switch grid {
    case .asymmetric: (above, below) = (position * scale.0, scale.1)
    case .halfPixel: (above, below) = ((2 * position + 1) * scale.0 - scale.1, 2 * scale.1)
    case .alignCorners: (above, below) = to == 1 ? (0, 1) : (position * (from - 1), to - 1)
    }
    let floor = floorQuotient(above, below)
    let isBetween = floor * below != above
    switch rounding {
    case nil: return isBetween ? [floor, floor + 1] : [floor]
    case .floor: return [floor]
    case .ceil: return [isBetween ? floor + 1 : floor]
    case .halfDown: return [2 * (above - floor * below) <= below ? floor : floor + 1]
    case .halfUp: return [2 * (above - floor * below) < below ? floor : floor + 1]
    }
  }
}

/// The greatest whole number whose product with a positive `divisor` is not greater than `number`.
private func floorQuotient(_ number: Int, _ divisor: Int) -> Int {
  var remainder = number % divisor
  if remainder < 0 { remainder += divisor }
  return (number - remainder) / divisor
}
