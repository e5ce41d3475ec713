import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

/// A network that is read at one size, and what it is rewritten to.
struct SurgeryCase {
  let tree: NetworkSyntax
  let result: Convolutionization?
  let findings: [Diagnostic]

  static let registry = Registry([StandardPlugin.self, YAMLPlugin.self])

  /// - Parameters:
  ///   - size: nil where none is given.
  ///   - folder: where included files are.
  init(_ text: String, path: String = "case.fcn", size: (height: Int, width: Int)?, folder: URL? = nil) {
    let frontEnd: any FrontEnd = path.hasSuffix(".yaml") ? YAMLFrontEnd() : NetworkLanguage()
    var sink = DiagnosticSink()
    tree = frontEnd.parse(SourceFile(path: path, text: text), report: &sink)
    let elaborator = Self.elaborator(size: size, folder: folder)
    result = sink.hasErrors ? nil : Convolutionizer(elaborator, frontEnd: frontEnd).rewrite(tree, report: &sink)
    findings = sink.sorted
  }

  static func elaborator(size: (height: Int, width: Int)?, folder: URL? = nil) -> Elaborator {
    Elaborator(
      registry: registry,
      loader: { path, _ in
        guard let folder, let text = try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        else { return .failure(.init("no such file")) }
        return .success(SourceFile(path: path, text: text))
      }, inputSize: size)
  }

  /// The network as it was, with random weights, and the rewritten one with the same weights in their new form.
  func bound(seed: UInt64) throws -> (original: Graph, rewritten: Graph) {
    let result = try #require(result, "\(findings.map(\.message))")
    var sink = DiagnosticSink()
    let original = RandomWeights.bind(result.original, seed: seed, report: &sink)
    let changes = try result.tensorChanges()
    let tensors = RandomWeights.tensors(of: original).map { name, tensor in
      (name, changes[name].map { Self.changed(tensor, $0) } ?? tensor)
    }
    let source = MemoryWeights(tensors: Dictionary(tensors) { first, _ in first })
    let rewritten = WeightBinder([source], strict: true).bind(result.graph, report: &sink)
    try #require(sink.diagnostics.isEmpty, "\(sink.diagnostics.map(\.message))")
    return (original, rewritten)
  }

  private static func changed(_ tensor: WeightTensor, _ change: TensorChange) -> WeightTensor {
    let row = change.positions ?? [0]
    return WeightTensor(
      shape: change.shape,
      values: tensor.values.indices.map { tensor.values[$0 / row.count * row.count + row[$0 % row.count]] })
  }

  /// Random inputs for a first one of this size.
  static func inputs(
    _ graph: Graph, height: Int, width: Int, using generator: inout SeededGenerator
  ) -> [Tensor] {
    graph.inputs.map { input in
      let type = graph.values[input.value].type
      var tensor = Tensor(
        channels: type.channels, height: type.height(height) ?? 0, width: type.width(width) ?? 0)
      for index in tensor.values.indices { tensor.values[index] = Float.random(in: -1...1, using: &generator) }
      return tensor
    }
  }

  /// The largest difference as a part of the largest number; infinite where the sizes differ.
  static func difference(_ found: Tensor, _ expected: Tensor) -> Float {
    guard (found.channels, found.height, found.width) == (expected.channels, expected.height, expected.width) else {
      return .infinity
    }
    let largest = expected.values.reduce(1e-3) { max($0, abs($1)) }
    return zip(found.values, expected.values).reduce(Float(0)) { worst, pair in
      let distance = abs(pair.0 - pair.1)
      return distance.isNaN ? .infinity : max(worst, distance)
    } / largest
  }
}

/// Tensors as if they came from a file.
struct MemoryWeights: WeightSource {
  var contents: [String: WeightTensor]

  init(tensors: [String: WeightTensor]) { contents = tensors }

  var path: String { "memory" }

  var tensors: [WeightTensorDescription] {
    contents.sorted { $0.key < $1.key }.map {
      WeightTensorDescription(name: $0.key, shape: $0.value.shape, elementType: "F32")
    }
  }

  func read(_ name: String) throws(WeightFileError) -> WeightTensor {
    guard let tensor = contents[name] else { throw WeightFileError(path: path, message: "there is no `\(name)`") }
    return tensor
  }
}
