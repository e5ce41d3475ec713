/// Turns the syntax tree of a network file into a graph: names are looked up, definitions put in, repeats and
/// conditions carried out, arguments checked against the signatures of the stages, and every value given its type.
///
/// Every independent error is reported in one run; whatever depends on something wrong stays silent. The work is
/// bounded (`Elaborator.Limits`): a hostile file ends with an error.
public struct Elaborator: Sendable {
  /// Reads the file at a path that is written relative to the including file.
  public typealias IncludeLoader =
    @Sendable (_ path: String, _ includer: SourceFile) -> Result<
      SourceFile, IncludeFailure
    >

  /// Why an included file cannot be read, in words that follow "cannot be read:".
  public struct IncludeFailure: Error, Sendable {
    public var message: String

    public init(_ message: String) { self.message = message }
  }

  /// How much one network may ask for before it is refused.
  public enum Limits {
    /// Uses of stages in a network.
    public static let stages = 100_000
    /// Expressions evaluated, repeats and definitions multiplied out.
    public static let steps = 2_000_000
    /// Names compared with misspelt ones.
    public static let comparisons = 1_000_000
    /// Turns of one repeat.
    public static let turns = 10_000
    /// Members of one list.
    public static let listLength = 10_000
    /// Expressions, definitions and repeats inside each other.
    public static let nesting = 200
    /// Includes inside each other.
    public static let includeDepth = 32
    /// Files of one network.
    public static let files = 1_000
    /// Bytes of all included files together.
    public static let includedBytes = 16 << 20
    /// Channels of one value.
    public static let channels = 1 << 20
    /// Branches of all size functions together (see `Extent`).
    public static let sizeBranches = 8_000_000
    /// Bytes of one weight name.
    public static let weightNameLength = 1_024
    /// Steps of preprocessing of one input.
    public static let preprocessingSteps = 64
    /// Pixels of padding on one side.
    public static let padding = 1_000_000
  }

  private let registry: Registry
  private let loader: IncludeLoader
  private let settings: [String: String]
  /// The size of the first input where the network is read for this one size alone; nil for every size at once.
  public var inputSize: (height: Int, width: Int)?

  /// - Parameters:
  ///   - settings: the values of network parameters from the command line (`--set name=value`).
  ///   - inputSize: the size of the first input, for a network that is read for one size alone; each at least 1.
  public init(
    registry: Registry,
    loader: @escaping IncludeLoader = { _, _ in .failure(IncludeFailure("this network is read without files")) },
    settings: [String: String] = [:],
    inputSize: (height: Int, width: Int)? = nil
  ) {
    self.registry = registry
    self.loader = loader
    self.settings = settings
    self.inputSize = inputSize
  }

  /// The graph of the network, nil where an error was reported or a part of the tree could not be parsed.
  public func elaborate(_ tree: NetworkSyntax, report: inout DiagnosticSink) -> Graph? {
    let elaboration = Elaboration(registry: registry, loader: loader, settings: settings, inputSize: inputSize)
    let graph = elaboration.run(tree)
    for diagnostic in elaboration.diagnostics { report.report(diagnostic) }
    return graph
  }
}
