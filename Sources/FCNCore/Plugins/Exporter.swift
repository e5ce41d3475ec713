/// A form of another framework in which networks are written, such as a Python module for training.
public protocol Exporter: Sendable {
  /// What `fcnc export --to` calls it.
  var name: String { get }
  /// One line: what is written.
  var summary: String { get }
  /// The end of file names, without the dot: `py`.
  var fileExtension: String { get }
  /// The network as text; nil, with errors that name the stage and its place, where it has no such form.
  func export(_ network: ExportedNetwork, report: inout DiagnosticSink) -> String?
}

/// What an exporter is given.
public struct ExportedNetwork: Sendable {
  /// The network as the author wrote it, without any pass.
  public var graph: Graph
  /// The name of the network file.
  public var source: String
  /// The program that exports, with its version.
  public var producer: String
  /// Parameters that were set on the command line: `width=8`.
  public var settings: [String]

  public init(graph: Graph, source: String, producer: String, settings: [String] = []) {
    self.graph = graph
    self.source = source
    self.producer = producer
    self.settings = settings
  }
}

extension DiagnosticID {
  public static let notExportable = DiagnosticID(
    "not-exportable",
    """
    `fcnc export` writes a network in the form of another framework. Every stage says for itself what it is there; a \
    stage of a plugin may have no such form, and some settings have none.

    Write the stage by others that have one, or add the form to the plugin: for PyTorch it conforms to \
    `PyTorchExportable`. A stage that is pointwise and has no weights needs nothing: its formula is written.
    """)

  /// The findings about exporting networks.
  public static let exportCatalog: [DiagnosticID] = [notExportable]
}
