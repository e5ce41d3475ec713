import ArgumentParser
import FCNCore
import FCNDriver
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import FCNYAML
import Foundation

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a network's values, cost and memory, and what the optimiser does; or explain a finding by its id.",
    discussion: """
      EXAMPLES:
        fcnc explain unet.fcn
        fcnc explain unet.fcn --size 480x640
        fcnc explain unet.fcn --passes
        fcnc explain missing-weight
      """)

  @Argument(help: "A network file, or the id of a finding such as `missing-weight`.", completion: .file())
  var subject: String

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("A picture size for cost and memory.", valueName: "HEIGHTxWIDTH"))
  var size: String?

  @Flag(help: "List what the optimiser does.")
  var passes = false

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    if let id = Catalog.ids.first(where: { $0.name == subject }) {
      Swift.print("\(id.name)\n\n\(id.explanation)")
      return
    }
    if subject != "-" && !subject.contains(".") && !subject.contains("/") {
      let suggestion = Suggestion.nearest(to: subject, in: Catalog.ids.map(\.name))
      throw Session.Failure(
        "there is no finding `\(subject)`", help: suggestion.map { "did you mean `\($0)`" })
    }
    let session = try Session(plugins: Fcnc.plugins)
    var options = NetworkOptions()
    options.network = subject
    options.settings = settings
    options.allFindings = allFindings
    let graph = try options.load(session).graph
    Swift.print(VerdictText.text(Verdict(of: graph), graph, path: subject))
    Swift.print("")
    Swift.print(GraphPrinter.text(of: graph), terminator: "")
    var sink = DiagnosticSink()
    let bound = RandomWeights.bind(graph, seed: 1, report: &sink)
    let optimized = Optimizer.optimize(bound)
    if passes {
      Swift.print("\npasses:")
      for pass in Optimizer.passes {
        Swift.print("  \(pass.name): \(pass.summary)")
        for remark in optimized.remarks where remark.pass == pass.name { Swift.print("    \(remark.remark)") }
      }
    }
    if let size {
      let (height, width) = try PictureSize.parse(size)
      try printCost(graph, optimized.graph, height, width)
    }
  }

  private func printCost(_ graph: Graph, _ optimized: Graph, _ height: Int, _ width: Int) throws {
    var total = 0.0
    for node in graph.nodes {
      let type = graph.values[node.outputs[0]].type
      guard let rows = type.height(height), let columns = type.width(width) else {
        throw Session.Failure(
          "\(height)x\(width) is not accepted",
          help: (try? Session.sizeRules(of: graph))?.refusals(height: height, width: width).joined(separator: "; "))
      }
      total += Double(node.stage.multiplyAdds(for: node.inputs.map { graph.values[$0].type })) * Double(rows * columns)
    }
    Swift.print("\nat \(height)x\(width): \(String(format: "%.1f", total / 1e6)) million multiply-adds")
    do {
      let program = try Lowerer(optimized, target: .native).lower()
      if let bytes = Execution.memorySize(program.description, height: height, width: width) {
        Swift.print("memory for values: \(String(format: "%.1f", Double(bytes) / 1e6)) MB")
      }
    } catch {
      Swift.print("cannot be compiled: \(error.rejection.message)")
    }
  }
}

/// Sizes on the command line: `HEIGHTxWIDTH`.
enum PictureSize {
  static func parse(_ text: String) throws -> (height: Int, width: Int) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let height = Int(parts[0]), let width = Int(parts[1]), height > 0, width > 0 else {
      throw Session.Failure("`\(text)` is not a size", help: "write HEIGHTxWIDTH, such as 480x640")
    }
    return (height, width)
  }
}

/// Every finding that has an explanation.
enum Catalog {
  static let ids: [DiagnosticID] =
    DiagnosticID.languageCatalog + DiagnosticID.yamlCatalog + DiagnosticID.elaborationCatalog
    + DiagnosticID.weightCatalog
}
