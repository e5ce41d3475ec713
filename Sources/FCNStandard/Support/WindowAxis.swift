import FCNCore

/// A window that slides along one axis: its size rule for every size at once, and its layout on one size.
struct WindowAxis: Hashable, Sendable {
  /// How much is added before and after the axis.
  enum Padding: Hashable, Sendable {
    case amount(before: Int, after: Int)
    /// TensorFlow's SAME: `ceil(n / stride)` windows, the odd pixel after.
    case sameTF
  }

  /// What becomes of a last window that is not filled.
  enum Rounding: String, Hashable, Sendable, CaseIterable {
    /// It is dropped.
    case floor
    /// It is kept unless it starts in the padding (PyTorch's `ceil_mode`).
    case ceil
    /// It is kept unless there is padding and it starts there (Caffe).
    case ceilCaffe = "ceil_caffe"
    /// There is none: sizes that leave a pixel over are not accepted.
    case exact

    /// A window may reach beyond the padded input.
    var reachesBeyond: Bool { self == .ceil || self == .ceilCaffe }
  }

  var kernel: Int
  var stride = 1
  var dilation = 1
  var padding = Padding.amount(before: 0, after: 0)
  var rounding = Rounding.floor

  /// The pixels between the first tap and the last, both included.
  var effectiveKernel: Int { (kernel - 1) * dilation + 1 }

  // MARK: Every size at once

  /// The number of windows for an axis of `size`; undefined where none fits.
  func output(of size: Extent) throws(Extent.Failure) -> Extent {
    guard case .amount(let before, let after) = padding else {
      return try size.dividedUp(by: stride).requiring(atLeast: 1)
    }
    let room = try size.adding(before + after - effectiveKernel)
    let filled = try room.dividedDown(by: stride).adding(1)
    if rounding == .floor { return try filled.requiring(atLeast: 1) }
    let count = try room.dividedUp(by: stride).adding(1)
    if rounding == .exact { return try filled.matching(count).requiring(atLeast: 1) }
    guard mayDropLast else { return try count.requiring(atLeast: 1) }
    // Where the last window starts, counted from the end of the image: bounded, so a number for each residue.
    let overhang = try count.adding(-1).multiplied(by: stride).subtracting(size).adding(-before)
    return try count.combined(with: overhang) { slope, _ throws(Extent.Failure) in
      slope
    } offset: { count, overhang throws(Extent.Failure) in
      overhang >= 0 ? count - 1 : count
    }.requiring(atLeast: 1)
  }

  /// The pixels before the axis: a number, or for SAME a function of the size.
  func before(of size: Extent) throws(Extent.Failure) -> Extent {
    switch padding {
    case .amount(let before, _): .constant(before)
    case .sameTF: try total(of: size).dividedDown(by: 2)
    }
  }

  /// The size restricted to where a mirrored border can be filled: it needs one pixel more than it repeats.
  func mirrorable(_ size: Extent) throws(Extent.Failure) -> Extent {
    switch padding {
    case .amount(let before, let after):
      return try size.requiring(atLeast: max(before, after) + 1)
    case .sameTF:
      let after = try total(of: size).dividedUp(by: 2)
      return try size.restricted(toDomainOf: size.subtracting(after).requiring(atLeast: 1))
    }
  }

  /// Which positions an output position reads. The shape rule has shown that the sizes can be represented.
  func access(_ size: Extent) -> AxisAccess {
    let offset = try? before(of: size).multiplied(by: -1)
    return .window(Window(taps: kernel, step: dilation, multiply: stride, offset: offset ?? .constant(0)))
  }

  private func total(of size: Extent) throws(Extent.Failure) -> Extent {
    try size.dividedUp(by: stride).adding(-1).multiplied(by: stride).adding(effectiveKernel).subtracting(size)
      .clamped(atLeast: 0)
  }

  private var mayDropLast: Bool {
    guard rounding == .ceilCaffe, case .amount(let before, let after) = padding else { return rounding == .ceil }
    return before + after > 0
  }

  // MARK: One size

  /// The number of windows and the pixels before and after an axis of `size`.
  func layout(_ size: Int) -> (count: Int, before: Int, after: Int) {
    guard case .amount(let before, let after) = padding else {
      let count = (size + stride - 1) / stride
      let total = max((count - 1) * stride + effectiveKernel - size, 0)
      return (count, total / 2, total - total / 2)
    }
    let room = size + before + after - effectiveKernel
    guard rounding.reachesBeyond else { return (room / stride + 1, before, after) }
    var count = (room + stride - 1 >= 0 ? (room + stride - 1) / stride : -1) + 1
    if mayDropLast, (count - 1) * stride >= size + before { count -= 1 }
    return (count, before, after)
  }
}
