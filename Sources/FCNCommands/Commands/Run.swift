import ArgumentParser
import FCNCore
import FCNDriver
import FCNRuntime
import Foundation

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a network with the reference interpreter: slow and exact, without compiling.",
    discussion: """
      What stands behind `--` are the arguments of a compiled program: pictures, -o, --overlay, --info and so on \
      (`fcnc run NET --random-weights 1 -- --help` lists them).

      EXAMPLES:
        fcnc run edges.fcn --weights edges.safetensors -- photo.jpg -o edges.png
        fcnc run edges.fcn --weights edges.safetensors -- --info
      """)

  @OptionGroup var source: NetworkOptions
  @OptionGroup var weights: WeightOptions

  @Argument(parsing: .postTerminator, help: "The arguments of the program, after `--`.")
  var program: [String] = []

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let graph = try weights.bind(
      try source.load(session).graph.withConfidence, session, allFindings: source.allFindings)
    var network = try InterpretedNetwork(
      graph, facts: [("run by", "the reference interpreter of fcnc \(Fcnc.version)")])
    let status = runProgram(&network, arguments: program)
    if status != 0 { throw ExitCode(status) }
  }
}
