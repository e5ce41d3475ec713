import FCNCore
import FCNInterchange
import FCNStandard
import Foundation
import Testing

/// A network of the repository, read as `fcnc` reads it.
struct Network {
  static let registry = Registry([StandardPlugin.self, InterchangePlugin.self])

  let file: SourceFile
  let frontEnd: any FrontEnd
  let tree: NetworkSyntax
  let graph: Graph

  /// Reads and elaborates a network; every diagnostic fails the test.
  /// - Parameter edit: what is replaced in its text, which must be there.
  init(_ name: String, settings: [String: String] = [:], edit: [(from: String, to: String)] = []) throws {
    let path = Repository.path(of: name)
    var text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    for (from, to) in edit {
      try #require(text.contains(from), "`\(from)` stands in \(name).fcn")
      text = text.replacing(from, with: to)
    }
    try self.init(text: text, path: path, settings: settings)
  }

  init(text: String, path: String = "text.fcn", settings: [String: String] = [:]) throws {
    let file = SourceFile(path: path, bytes: Array(text.utf8))
    let frontEnd = try #require(Self.registry.frontEnds.first { $0.fileExtensions.contains("fcn") })
    var report = DiagnosticSink()
    let tree = frontEnd.parse(file, report: &report)
    let elaborator = Elaborator(
      registry: Self.registry,
      loader: { path, includer in
        let target = URL(filePath: includer.path).deletingLastPathComponent().appending(path: path)
        guard let data = try? Data(contentsOf: target) else { return .failure(.init("there is no such file")) }
        return .success(SourceFile(path: target.standardizedFileURL.path, bytes: Array(data)))
      }, settings: settings)
    let graph = elaborator.elaborate(tree, report: &report)
    Self.expectNone(report)
    self.file = file
    self.frontEnd = frontEnd
    self.tree = tree
    self.graph = try #require(graph)
  }

  /// The network with the weights of a file; every weight must be there, every tensor must be used.
  func bound(to path: String) throws -> Graph {
    let format = try #require(
      Self.registry.weightFormats.first { $0.fileExtensions.contains(where: path.hasSuffix) })
    var report = DiagnosticSink()
    let bound = WeightBinder([try format.open(path: path)], strict: true).bind(graph, report: &report)
    Self.expectNone(report)
    return bound
  }

  func boundAtRandom(seed: UInt64) -> Graph {
    var report = DiagnosticSink()
    let bound = RandomWeights.bind(graph, seed: seed, report: &report)
    Self.expectNone(report)
    return bound
  }

  /// A network with the parameters and weights that its golden was computed with.
  static func withGolden(_ name: String) throws -> Graph {
    var settings: [String: String] = [:]
    let parameters = try String(contentsOf: Repository.golden(name, "parameters.txt"), encoding: .utf8)
    for line in parameters.split(separator: "\n") {
      let parts = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(parts.count == 2)
      settings[parts[0]] = parts[1]
    }
    let seed = try #require(settings.removeValue(forKey: "seed").flatMap(UInt64.init))
    let network = try Network(name, settings: settings)
    let stored = Repository.path(of: name).replacing(".fcn", with: ".safetensors")
    return
      FileManager.default.fileExists(atPath: stored)
      ? try network.bound(to: stored) : network.boundAtRandom(seed: seed)
  }

  /// The heights up to `limit` for which every value of the graph has one.
  func validHeights(upTo limit: Int) -> [Int] {
    (1...limit).filter { height in graph.values.allSatisfy { ($0.type.height(height) ?? 0) >= 1 } }
  }

  private static func expectNone(_ report: DiagnosticSink, sourceLocation: SourceLocation = #_sourceLocation) {
    for diagnostic in report.sorted {
      let place = diagnostic.range.map { range in
        let position = range.file.position(at: range.lower)
        return "\(range.file.path):\(position.line):\(position.column): "
      }
      Issue.record(
        "\(place ?? "")\(diagnostic.id.name): \(diagnostic.message); \(diagnostic.help ?? "")",
        sourceLocation: sourceLocation)
    }
  }
}
