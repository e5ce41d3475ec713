import ArgumentParser
import FCNCore
import FCNDriver
import Foundation

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a network in the form of another framework, such as a PyTorch module to train it.",
    discussion: """
      The PyTorch file holds the network as an `nn.Module` whose weights have the names that `fcnc weights` prints, its \
      preprocessing as a function, and the conversion of a checkpoint to .safetensors.

      EXAMPLES:
        fcnc export --to pytorch unet.fcn -o net.py
        fcnc export --to pytorch unet.fcn --set width=16 > net.py
      """)

  @OptionGroup var source: NetworkOptions

  @Option(help: "The form by name: pytorch.")
  var to: String

  @Option(name: .shortAndLong, help: "Where to write; standard output if left out.", completion: .file())
  var output: String?

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let exporters = session.registry.exporters
    guard let exporter = exporters.first(where: { $0.name == to }) else {
      let known = exporters.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")
      throw Session.Failure("there is no form `\(to)`", help: "forms: \(known)")
    }
    let (tree, graph) = try source.load(session)
    if let output {
      try OutputFile.check(
        output, isNoneOf: [source.network] + OutputFile.includes(of: tree, at: source.network))
    }
    var sink = DiagnosticSink()
    let text = exporter.export(
      ExportedNetwork(
        graph: graph.withoutAnswerMaps, source: source.network == "-" ? "standard input" : source.network,
        producer: "fcnc \(Fcnc.version)", settings: source.settings),
      report: &sink)
    try Findings.print(sink, all: source.allFindings)
    guard let text, !sink.hasErrors else { throw ExitCode(1) }
    if let output { try OutputFile.write(text, to: output) } else { Swift.print(text, terminator: "") }
  }
}
