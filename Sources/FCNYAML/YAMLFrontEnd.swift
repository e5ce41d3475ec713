import FCNCore

/// The network language as YAML 1.2, read with libyaml: `.fcn.yaml` files. Collections are the structure of the network,
/// plain scalars are expressions of the network language.
public struct YAMLFrontEnd: FrontEnd {
  public let name = "yaml"
  public let fileExtensions = ["fcn.yaml", "fcn.yml", "yaml", "yml"]

  public let searchedExtensions = ["fcn.yaml", "fcn.yml"]

  public init() {}

  public func parse(_ file: SourceFile, report sink: inout DiagnosticSink) -> NetworkSyntax {
    let empty = NetworkSyntax(file: file)
    do throws(Diagnostic) {
      let document = try Composer.compose(file)
      for diagnostic in document.diagnostics { sink.report(diagnostic) }
      var reader = NetworkReader(file)
      var tree = reader.read(document.root)
      for diagnostic in reader.sink.diagnostics { sink.report(diagnostic) }
      tree.comments = CommentScanner.comments(of: file, scalars: document.scalars)
      return tree
    } catch {
      sink.report(error)
      return empty
    }
  }

  public func print(_ tree: NetworkSyntax) -> String {
    var writer = NetworkWriter(tree)
    return writer.write()
  }
}
