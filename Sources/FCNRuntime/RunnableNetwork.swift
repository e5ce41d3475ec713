/// A network that can be run on inputs of any accepted size: what a compiled program and the interpreter have in common.
///
/// The first input decides the size. Numbers go in and come out as planar rows of `Float`. A copy reads the same rows as
/// the original until one of them runs again.
public protocol RunnableNetwork {
  var name: String { get }
  /// At least one.
  var inputs: [InputDescription] { get }
  /// At least one.
  var outputs: [OutputDescription] { get }
  /// The values that `--tap` can give out besides the outputs: those that the author named, where they are kept.
  var taps: [TapDescription] { get }
  /// Lines for `--info`, as pairs of name and value: weights hash, target and the like.
  var facts: [(String, String)] { get }

  /// The sizes of the first input that are accepted, and where the outputs lie in it.
  var sizes: SizeRules { get }
  /// The size that input `i` must have when the first input has this accepted size.
  func inputSize(_ i: Int, height: Int, width: Int) -> (height: Int, width: Int)
  /// The size of output `o` when the first input has this accepted size.
  func outputSize(_ o: Int, height: Int, width: Int) -> (height: Int, width: Int)

  /// The size of a tap when the first input has this accepted size.
  func tapSize(_ tap: Int, height: Int, width: Int) -> (height: Int, width: Int)

  /// Says which taps are read after the next runs; the others need not be kept.
  mutating func keep(_ taps: [Int])
  /// Plans the memory for an accepted size; rows may be asked for afterwards.
  mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure)
  /// Where a row of an input is to be written, one `Float` a column.
  func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float>
  /// Whether the outputs that say how sure others are have to be computed.
  var isConfidenceWanted: Bool { get set }
  /// - Throws: where a stage cannot take what it is given, which only the reference interpreter meets.
  mutating func run() throws(RuntimeFailure)
  /// A row of an output, one `Float` a column; valid until the next run.
  func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float>
  /// A row of a tap that was asked for with `keep`; valid until the next run.
  func tapRow(_ tap: Int, channel: Int, row: Int) -> UnsafePointer<Float>

  /// Compares the network with what was recorded when it was compiled: nil if all is well, otherwise what differs.
  mutating func selfTest(threads: Int) -> String?
}

/// A network that keeps no value but its outputs.
extension RunnableNetwork {
  public var taps: [TapDescription] { [] }
  public func tapSize(_ tap: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    preconditionFailure("there is no tap")
  }
  public mutating func keep(_ taps: [Int]) { precondition(taps.isEmpty, "there is no tap") }
  public func tapRow(_ tap: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    preconditionFailure("there is no tap")
  }
}
