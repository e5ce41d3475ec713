/// Which positions of an input, along one axis, a position of the output is computed from.
///
/// One declaration serves everything that needs to know: the row tables of the compiled program, the halo, the
/// receptive field, and the test that compares what is declared with what happens.
public enum AxisAccess: Hashable, Sendable {
  /// A fixed number of taps at regular positions.
  case window(Window)
  /// Interpolation between the nearest positions of a grid.
  case resample(Resample)
  /// The whole axis: a global statistic.
  case whole
}

/// Taps `k` in `0..<taps` of output position `i` lie at
/// `floor((i + shift) / divide) * multiply + offset + k * step`.
///
/// A convolution has `multiply` = stride, `step` = dilation and `offset` = minus the padding before; a transposed
/// convolution has `divide` = stride, `shift` = padding, `step` = -1; a crop has `offset` = pixels cut off.
public struct Window: Hashable, Sendable {
  public var taps: Int
  public var step: Int
  public var multiply: Int
  public var divide: Int
  public var shift: Int
  /// A number, or a function of the input size (the padding of SAME, the offset of a centred crop).
  public var offset: Extent
  /// Where `divide` is more than 1, the output positions that one input position reaches: tap `k` of position `i`
  /// counts only where `(i + shift) mod divide + k * divide < span`. A transposed convolution has `span` = kernel: of a
  /// kernel of 3 with a stride of 2, every second output position is reached by one input position only.
  public var span: Int

  public init(
    taps: Int = 1, step: Int = 1, multiply: Int = 1, divide: Int = 1, shift: Int = 0,
    offset: Extent = .constant(0), span: Int? = nil
  ) {
    self.taps = taps
    self.step = step
    self.multiply = multiply
    self.divide = divide
    self.shift = shift
    self.offset = offset
    self.span = span ?? taps * divide
  }

  /// Output position i is computed from input position i alone.
  public static let identity = Window()
  /// Every output position is computed from input position 0: an axis of size one that broadcasts.
  public static let broadcast = Window(multiply: 0)
  /// No position is read: the output depends on the size of the input alone.
  public static let unread = Window(taps: 0)

  /// How many taps of output position `index` count; they are the first ones.
  public func taps(of index: Int) -> Int {
    guard divide > 1, taps > 0 else { return taps }
    let phase = Extent.remainder(index + shift, divide)
    return min(taps, max(0, (span - phase + divide - 1) / divide))
  }
}

/// How the positions of an enlarged or reduced grid lie in the grid they are computed from.
public struct Resample: Hashable, Sendable {
  public enum Interpolation: String, Hashable, Sendable, CaseIterable {
    /// The nearest position.
    case nearest
    /// Linear between the two neighbours.
    case bilinear
  }

  /// Where output position `i` lies in input positions, for a scale of `in / out`.
  public enum Grid: String, Hashable, Sendable, CaseIterable {
    /// `(i + 0.5) * scale - 0.5`; PyTorch's `align_corners=False`, TensorFlow 2.
    case halfPixel = "half_pixel"
    /// `i * (in - 1) / (out - 1)`; PyTorch's `align_corners=True`.
    case alignCorners = "align_corners"
    /// `i * scale`; PyTorch's nearest, TensorFlow 1.
    case asymmetric
  }

  /// Which neighbour `nearest` takes.
  public enum Rounding: String, Hashable, Sendable, CaseIterable {
    case floor, ceil
    /// Halves go down (ONNX `round_prefer_floor`).
    case halfDown = "half_down"
    /// Halves go up (ONNX `round_prefer_ceil`).
    case halfUp = "half_up"
  }

  public var interpolation: Interpolation
  public var grid: Grid
  public var rounding: Rounding
  /// The enlargement as a fraction; nil where it is the quotient of the two sizes.
  public var numerator: Int?
  public var denominator: Int?

  public init(
    interpolation: Interpolation, grid: Grid, rounding: Rounding, numerator: Int? = nil, denominator: Int? = nil
  ) {
    self.interpolation = interpolation
    self.grid = grid
    self.rounding = rounding
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// How an output is computed from one of its inputs, along both axes.
public struct SpatialAccess: Hashable, Sendable {
  public var rows: AxisAccess
  public var columns: AxisAccess
  /// What stands beyond the edge of the input.
  public var border: Border

  public init(rows: AxisAccess, columns: AxisAccess, border: Border = .zero) {
    self.rows = rows
    self.columns = columns
    self.border = border
  }

  /// Each pixel from the pixel at the same place.
  public static let pointwise = SpatialAccess(rows: .window(.identity), columns: .window(.identity))
  /// Nothing but the size of the input (the value that `like:` names).
  public static let unread = SpatialAccess(rows: .window(.unread), columns: .window(.unread))
}

/// What stands beyond the edge of a value.
public enum Border: Hashable, Sendable {
  case zero
  /// Below every number: for the padding of a max pool.
  case negativeInfinity
  /// The nearest pixel of the edge.
  case replicate
  /// Mirrored at the edge pixel, which is not repeated.
  case reflect
  /// A given number.
  case constant(Float)
}
