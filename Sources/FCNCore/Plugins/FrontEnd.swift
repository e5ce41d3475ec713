/// A form in which networks are written.
public protocol FrontEnd: Sendable {
  var name: String { get }
  /// The ends of file names, longest first: `fcn.yaml`.
  var fileExtensions: [String] { get }
  /// The ends of file names that a search of a folder takes for networks; those that others have too are left out.
  var searchedExtensions: [String] { get }
  /// Reads a file, reporting every independent error, and gives what could be read.
  func parse(_ file: SourceFile, report: inout DiagnosticSink) -> NetworkSyntax
  /// The tree as text of this form, comments included.
  func print(_ tree: NetworkSyntax) -> String
}

extension FrontEnd {
  public var searchedExtensions: [String] { fileExtensions }
}
