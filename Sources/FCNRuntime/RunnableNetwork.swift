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
  /// Lines for `--info`, as pairs of name and value: weights hash, target and the like.
  var facts: [(String, String)] { get }

  /// The sizes of the first input that are accepted, and where the outputs lie in it.
  var sizes: SizeRules { get }
  /// The size that input `i` must have when the first input has this accepted size.
  func inputSize(_ i: Int, height: Int, width: Int) -> (height: Int, width: Int)
  /// The size of output `o` when the first input has this accepted size.
  func outputSize(_ o: Int, height: Int, width: Int) -> (height: Int, width: Int)

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

  /// Compares the network with what was recorded when it was compiled: nil if all is well, otherwise what differs.
  mutating func selfTest(threads: Int) -> String?
}
