import ArgumentParser
import FCNCore
import FCNDriver
import Foundation

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a network in the other form: .fcn as YAML, YAML as .fcn.",
    discussion: """
      EXAMPLES:
        fcnc convert unet.fcn -o unet.fcn.yaml
        fcnc convert unet.fcn.yaml -o unet.fcn
        fcnc convert unet.fcn --to yaml
      """)

  @Argument(help: "The network file.", completion: .file())
  var network: String

  @Option(name: .shortAndLong, help: "Where to write; standard output if left out.", completion: .file())
  var output: String?

  @Option(help: "The form by name (fcn or yaml), where no output file tells it.")
  var to: String?

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let source = try session.frontEnd(for: network)
    let destination: any FrontEnd
    if let output {
      destination = try session.frontEnd(for: output)
    } else if let to {
      guard let found = session.registry.frontEnds.first(where: { $0.name == to }) else {
        let known = session.registry.frontEnds.map(\.name).sorted().joined(separator: ", ")
        throw Session.Failure("there is no form `\(to)`", help: "forms: \(known)")
      }
      destination = found
    } else {
      destination = session.registry.frontEnds.first { $0.name != source.name } ?? source
    }
    var sink = DiagnosticSink()
    let tree = source.parse(try session.read(network), report: &sink)
    try Findings.print(sink, all: allFindings)
    if sink.hasErrors { throw ExitCode(1) }
    let text = destination.print(tree)
    if let output {
      try OutputFile.check(output, isNoneOf: [network] + OutputFile.includes(of: tree, at: network))
      try OutputFile.write(text, to: output)
    } else {
      Swift.print(text, terminator: "")
    }
  }
}
