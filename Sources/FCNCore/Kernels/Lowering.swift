/// Where a stage is to be lowered: the types, the memory forms, the weights and the target.
public struct LoweringSite: Sendable {
  public var inputs: [TensorType]
  public var outputs: [TensorType]
  public var inputStorage: [Storage]
  public var outputStorage: [Storage]
  public var weights: [WeightTensor]
  public var target: Target
  public var accuracy: Accuracy
  /// What is applied to each result before it is stored; only where the stage's facts accept one.
  public var epilogue: Epilogue?
  /// The algorithm that is wanted, where there are several; one that does not serve here is not taken.
  public var algorithm: String?

  public init(
    inputs: [TensorType], outputs: [TensorType], inputStorage: [Storage], outputStorage: [Storage],
    weights: [WeightTensor], target: Target, accuracy: Accuracy = .normal, epilogue: Epilogue?,
    algorithm: String? = nil
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.inputStorage = inputStorage
    self.outputStorage = outputStorage
    self.weights = weights
    self.target = target
    self.accuracy = accuracy
    self.epilogue = epilogue
    self.algorithm = algorithm
  }
}

/// A chain of pointwise stages that was fused into the stage before them.
public struct Epilogue: Sendable {
  /// `input(0)` is the result of the stage itself; `input(i)`, from 1, is input `firstInput + i - 1` of the node.
  public var expression: PointwiseExpression
  /// The channel parameters that the expression refers to, one number per channel of the output.
  public var channelParameters: [[Float]]
  /// How many inputs of the node are the stage's own.
  public var firstInput: Int

  public init(expression: PointwiseExpression, channelParameters: [[Float]], firstInput: Int) {
    self.expression = expression
    self.channelParameters = channelParameters
    self.firstInput = firstInput
  }
}

/// How a stage is computed in a compiled program.
public struct Lowering: Sendable {
  /// One table of rows (and of columns, where asked for) that the kernel receives.
  public struct Operand: Sendable {
    /// The position among the inputs of the node.
    public var input: Int
    public var access: SpatialAccess
    /// True: the kernel finds columns through a table (`columns`, `columnWeights`). False: it reads them at fixed
    /// distances from the row pointer, and the planner provides margins.
    public var usesColumnTable: Bool
    public var presence: Presence

    /// Whether `rowWeights` and `columnWeights` tell which taps of a window count.
    public enum Presence: Hashable, Sendable {
      case untold
      /// A tap counts where it lies inside the input.
      case inside
      /// A tap counts where it lies inside the input or its padding; after the last row and column there is so much.
      case insidePadding(rowsAfter: Int, columnsAfter: Int)
    }

    public init(
      input: Int, access: SpatialAccess, usesColumnTable: Bool = false, presence: Presence = .untold
    ) {
      self.input = input
      self.access = access
      self.usesColumnTable = usesColumnTable
      self.presence = presence
    }
  }

  public var kernel: any Kernel
  public var operands: [Operand]
  /// The weights in the kernel's own order.
  public var parameters: PackedNumbers
  /// What the kernel is predicted to take; nil where moving its numbers is all that it does.
  public var cost: KernelCost?
  /// The algorithms that serve here, that of the kernel among them, the least predicted cost first; empty where there is
  /// but one.
  public var algorithms: [String] = []

  public init(kernel: any Kernel, operands: [Operand], parameters: [Float] = []) {
    self.init(kernel: kernel, operands: operands, packed: PackedNumbers(parameters))
  }

  public init(kernel: any Kernel, operands: [Operand], packed: PackedNumbers) {
    self.kernel = kernel
    self.operands = operands
    parameters = packed
  }
}

/// A specialised kernel: a function over a range of output rows, written as Swift text.
///
/// The emitted function has the form `func NAME(_ arguments: UnsafePointer<fcn_kernel_arguments>, _ begin: Int,
/// _ end: Int)`; `fcn_kernel.h` documents the arguments. Two kernels that emit the same text are one function of the
/// program.
public protocol Kernel: Sendable {
  /// How it computes, in a few words for people: `direct 3x3`.
  var algorithm: String { get }
  /// The kernel writes whole groups of this many output columns: the planner gives rows that much slack.
  var columnTile: Int { get }
  /// Columns before the first that the kernel may write (transposed convolution by phases).
  var leadingColumns: Int { get }
  /// The kernel is called for ranges that begin at multiples of this many rows. The row tables go on to the end of the
  /// last such range, with border rows where there is no row.
  var rowTile: Int { get }
  /// True where numbers that no output needs pass through the arithmetic of others: whole tiles of the input, up to the
  /// ends of the tiles, then hold numbers of the border.
  var readsWholeTiles: Bool { get }
  /// The kernel can compute some blocks of the output's channels without the others: ranges that begin at multiples of
  /// this many. 0 where it computes all of them in one call.
  var blockTile: Int { get }
  /// Floats of scratch memory that a thread needs.
  var scratchSize: Int { get }

  func emit(name: String, into writer: inout SwiftWriter, target: Target)
}

extension Kernel {
  public var algorithm: String { "by definition" }
  public var columnTile: Int { 1 }
  public var leadingColumns: Int { 0 }
  public var rowTile: Int { 1 }
  public var readsWholeTiles: Bool { false }
  public var blockTile: Int { 0 }
  public var scratchSize: Int { 0 }
}
