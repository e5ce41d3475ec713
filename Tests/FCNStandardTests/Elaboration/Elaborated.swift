import FCNCore
import FCNStandard
import Foundation

/// A network text after elaboration, with the sample stages unless others are given.
struct Elaborated {
  var graph: Graph?
  var diagnostics: [Diagnostic]

  /// - Parameter folder: where included files are that `files` does not hold.
  init(
    _ text: String, path: String = "main.fcn", files: [String: String] = [:], folder: URL? = nil,
    settings: [String: String] = [:],
    plugin: any Plugin.Type = SampleStages.self
  ) {
    let registry = Registry([plugin])
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: path, text: text), report: &sink)
    let elaborator = Elaborator(
      registry: registry,
      loader: { path, _ in
        let url = folder?.appendingPathComponent(path)
        guard let text = files[path] ?? url.flatMap({ try? String(contentsOf: $0, encoding: .utf8) }) else {
          return .failure(.init("no such file"))
        }
        return .success(SourceFile(path: path, text: text))
      },
      settings: settings)
    graph = elaborator.elaborate(tree, report: &sink)
    if let graph {
      UnusedNames.check(tree, graph: graph, report: &sink)
      Alignment.check(graph, report: &sink)
    }
    diagnostics = sink.sorted
  }

  /// The ids of the errors, in the order of the text.
  var errors: [String] { diagnostics.filter { $0.severity == .error }.map(\.id.name) }

  var warnings: [String] { diagnostics.filter { $0.severity == .warning }.map(\.id.name) }

  /// The weight paths in the order of the nodes.
  var weightPaths: [String] { graph?.nodes.map(\.weightPath).filter { !$0.isEmpty } ?? [] }

  /// The names of the stages in the order of the nodes.
  var stages: [String] { graph?.nodes.map { type(of: $0.stage).signature.name } ?? [] }

  /// A network around some statements: an input of three channels, `body`, and an output.
  static func network(_ body: String, result: String = "y") -> Elaborated {
    Elaborated("network n\ninput image[3]\n\(body)\noutput _out: raw = \(result)\n")
  }
}
