import FCNCore
import FCNDriver
import Foundation

/// A text that is open in the editor, with what is known of it.
struct Document {
  var uri: String
  var path: String
  var version: Int?
  var file: SourceFile
  /// What could be read of the text.
  var tree: NetworkSyntax
  /// The graph; that of the last text without errors where this one has some.
  var graph: Graph?
  var findings: [Diagnostic] = []
  /// Whether `graph` is that of `file`.
  var isCurrent = false

  /// The path of a `file:` URI; another URI is its own path.
  static func path(_ uri: String) -> String {
    guard uri.hasPrefix("file://") else { return uri }
    return URL(string: uri)?.path ?? String(uri.dropFirst("file://".count))
  }

  static func uri(_ path: String) -> String {
    path.contains("://") ? path : URL(fileURLWithPath: path).absoluteString
  }
}
