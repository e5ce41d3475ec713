import FCNCore
import FCNPyTorch
import FCNRuntime
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// Every stage in PyTorch: the cases of the stages, exported one by one, give the recorded outputs.
@Suite struct StageExportTests {
  private static let record = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/pytorch/stages.txt")

  /// A network that is the one stage.
  private func graph(_ golden: GoldenCase) throws -> Graph {
    let stage = try golden.make()
    let types = golden.types
    var graph = Graph(name: "case")
    for (index, type) in types.enumerated() {
      graph.values.append(Graph.Value(name: "input\(index)", type: type, range: nil))
      graph.inputs.append(
        Graph.Input(
          value: index,
          description: InputDescription(name: "input\(index)", channels: type.channels, preprocessing: []), range: nil))
    }
    for type in try stage.outputTypes(for: types) {
      graph.values.append(Graph.Value(name: golden.stage, type: type, range: nil))
    }
    let output = types.count
    graph.nodes = [
      Graph.Node(
        stage: stage, inputs: Array(types.indices), outputs: [output],
        weightPath: stage.weights(for: types).isEmpty ? "" : "layer", origin: Graph.Origin(range: nil))
    ]
    graph.outputs = [
      Graph.Output(
        value: output,
        description: OutputDescription(name: "answer", channels: graph.values[output].type.channels, kind: .raw),
        range: nil)
    ]
    return graph
  }

  private func texts() throws -> [String] {
    var texts: [String] = []
    for golden in try GoldenCase.all() {
      var sink = DiagnosticSink()
      let network = ExportedNetwork(graph: try graph(golden), source: "case.fcn", producer: "fcnc")
      let text = PyTorchExporter().export(network, report: &sink)
      let messages = sink.diagnostics.map(\.message)
      texts.append(try #require(text, "\(golden.stage) \(golden.arguments): \(messages)"))
    }
    return texts
  }

  /// The first line of the record is what PyTorch said, the second one what was given to it. A change of the texts needs
  /// PyTorch again: `FCNC_RECORD=1 FCNC_PYTHON=...`.
  @Test func everyCaseIsAsItWasProvedInPyTorch() throws {
    let texts = try texts()
    let fingerprint = ExportedText.fingerprint(texts.joined())
    let said = try Python.torch?.run("pytorch_stages.py", json: texts)
    if let said { #expect(said.status == 0, "\(said.output)") }
    if let said, ExpectedText.isRecording {
      let text = "\(said.output)\(fingerprint)\n"
      #expect(try ExpectedText.difference(text, from: Self.record) == nil)
      return
    }
    if said == nil { print("skipped: stages in PyTorch, there is no python3 with torch (FCNC_PYTHON may name one)") }
    let record = try String(contentsOf: Self.record, encoding: .utf8).split(separator: "\n")
    #expect(record.last.map(String.init) == fingerprint, "the exported texts are not those that were proved")
    #expect(record.first?.hasPrefix("\(texts.count) cases, 0 wrong") == true)
  }
}

/// A Python with PyTorch, where there is one.
private struct Python {
  let path: String

  static let torch: Python? = {
    guard let path = ProcessInfo.processInfo.environment["FCNC_PYTHON"], !path.isEmpty else { return nil }
    return Python(path: path)
  }()

  /// Runs a script of Tests/Scripts on a file that holds a list of texts as JSON.
  func run(_ script: String, json texts: [String]) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fcnc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "texts.json")
    try JSONEncoder().encode(texts).write(to: file)
    let output = folder.appending(path: "output")
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = [
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scripts/\(script)").path, file.path,
    ]
    let handle = try FileHandle(forWritingTo: output)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }
}
