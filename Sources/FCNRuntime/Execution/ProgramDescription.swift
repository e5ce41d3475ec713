/// A lowered network as the compiled program carries it: everything but the kernels and the weights.
///
/// Sizes are functions of the input's height (rows) or width (columns); the program plans memory and row tables from
/// them when it learns the size of a picture.
public struct ProgramDescription: Sendable {
  public var name: String
  /// Plain lines for people: how it was built, what it needs.
  public var facts: [Fact]
  public var extents: [ExtentTable]
  public var buffers: [BufferDescription]
  public var views: [ViewDescription]
  public var steps: [StepDescription]
  public var inputs: [Port<InputDescription>]
  public var outputs: [Port<OutputDescription>]
  /// The values that `--tap` gives out; none but in programs for debugging.
  public var taps: [Port<TapDescription>]
  /// The pictures that it accepts, as the network's author wrote it.
  public var sizes: SizeRules
  /// Floats of weights and constants that the steps refer to.
  public var parameterCount: Int
  /// What the kernels were compiled for, and the bits of `fcn_cpu_features` that it needs.
  public var targetName: String
  public var requiredFeatures: UInt64
  /// The name of the file with the weights, beside the program; empty where they are inside.
  public var weightFile: String
  /// 32 characters that a weight file must repeat.
  public var weightInterface: String

  public init(name: String) {
    self.name = name
    facts = []
    extents = []
    buffers = []
    views = []
    steps = []
    inputs = []
    outputs = []
    taps = []
    sizes = SizeRules()
    parameterCount = 0
    targetName = ""
    requiredFeatures = 0
    weightFile = ""
    weightInterface = ""
  }

  public struct Fact: Sendable {
    public var name: String
    public var text: String

    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// An input, output or tap and the view that holds it.
  public struct Port<Description: Sendable>: Sendable {
    public var view: Int
    public var description: Description

    public init(view: Int, description: Description) {
      self.view = view
      self.description = description
    }
  }
}

/// Memory for a value, or for several that a concatenation joins: rows of channel blocks of pixels of lanes.
public struct BufferDescription: Sendable {
  /// Positions in `extents`.
  public var height: Int
  public var width: Int
  public var blocks: Int
  public var lanes: Int

  public init(height: Int, width: Int, blocks: Int, lanes: Int) {
    self.height = height
    self.width = width
    self.blocks = blocks
    self.lanes = lanes
  }
}

/// The blocks of a buffer that one value occupies, and what its column margins hold.
public struct ViewDescription: Sendable {
  public var buffer: Int
  public var firstBlock: Int
  public var blocks: Int
  public var channels: Int
  public var border: BorderDescription

  public init(buffer: Int, firstBlock: Int, blocks: Int, channels: Int, border: BorderDescription) {
    self.buffer = buffer
    self.firstBlock = firstBlock
    self.blocks = blocks
    self.channels = channels
    self.border = border
  }
}

/// What stands beyond the edge of a value.
public enum BorderDescription: Sendable {
  case zero
  case negativeInfinity
  case replicate
  case reflect
  case constant(Float)
}

/// One call of a kernel.
public struct StepDescription: Sendable {
  public var name: String
  /// A position in the program's table of kernels.
  public var kernel: Int
  public var outputs: [Int]
  public var operands: [OperandDescription]
  /// The first of its numbers in the parameters.
  public var parameters: Int
  public var columnTile: Int
  public var leadingColumns: Int
  public var rowTile: Int
  /// Whether columns that no output needs must hold numbers of the border.
  public var readsWholeTiles: Bool
  /// Blocks of channels that the kernel computes by themselves; 0 where all are computed together.
  public var blockTile: Int
  public var scratch: Int
  /// How many of the parameters it has.
  public var numbers: Int
  /// Whether only outputs that are computed on demand depend on it.
  public var isOnDemand = false

  public init(
    name: String, kernel: Int, outputs: [Int], operands: [OperandDescription], parameters: Int, columnTile: Int,
    leadingColumns: Int, rowTile: Int, readsWholeTiles: Bool = false, blockTile: Int = 0, scratch: Int,
    numbers: Int = 0
  ) {
    self.name = name
    self.kernel = kernel
    self.outputs = outputs
    self.operands = operands
    self.parameters = parameters
    self.columnTile = columnTile
    self.leadingColumns = leadingColumns
    self.rowTile = rowTile
    self.readsWholeTiles = readsWholeTiles
    self.blockTile = blockTile
    self.scratch = scratch
    self.numbers = numbers
  }
}

/// A value that a step reads and where.
public struct OperandDescription: Sendable {
  public var view: Int
  public var rows: AxisDescription
  public var columns: AxisDescription
  public var border: BorderDescription
  public var usesColumnTable: Bool
  public var presence: Presence

  /// Whether the kernel is told which taps of a window count.
  public enum Presence: Sendable {
    case untold
    /// A tap counts where it lies inside the value.
    case inside
    /// A tap counts where it lies inside the value and its padding: before by the window's offset, after by so many
    /// rows and columns.
    case insidePadding(rowsAfter: Int, columnsAfter: Int)
  }

  public init(
    view: Int, rows: AxisDescription, columns: AxisDescription, border: BorderDescription, usesColumnTable: Bool,
    presence: Presence
  ) {
    self.view = view
    self.rows = rows
    self.columns = columns
    self.border = border
    self.usesColumnTable = usesColumnTable
    self.presence = presence
  }
}

/// Which positions along an axis an output position is computed from.
public enum AxisDescription: Sendable {
  /// Tap `k` of position `i` lies at `floor((i + shift) / divide) * multiply + offset + k * step`; `offset` is a
  /// position in the program's extents.
  case window(taps: Int, step: Int, multiply: Int, divide: Int, shift: Int, offset: Int)
  /// The neighbours in a resized grid; a denominator of 0 stands for the quotient of the two sizes.
  case resample(bilinear: Bool, grid: Grid, rounding: Rounding, numerator: Int, denominator: Int)
  /// Every position.
  case whole

  public enum Grid: UInt8, Sendable {
    case halfPixel, alignCorners, asymmetric
  }

  public enum Rounding: UInt8, Sendable {
    case floor, ceil, halfDown, halfUp
  }
}
