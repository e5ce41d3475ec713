import ArgumentParser
import FCNCore
import FCNDriver
import FCNLanguageServer
import FCNYAML
import Foundation

struct Lsp: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer the questions of an editor over standard input and output (Language Server Protocol).",
    discussion: """
      Editors start it themselves; see the page `Editors.md` of the documentation. It knows findings with their fixes, \
      layout, what is at a place (size, stride, receptive field), completion, definitions and the outline of a file.
      """)

  @Flag(help: "Accepted, as some editors give it: standard input and output are always used.")
  var stdio = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let server = LanguageServer(
      session: session, version: Fcnc.version,
      stream: MessageStream(input: .standardInput, output: .standardOutput)
    ) { path in
      // Read anew each time: it is a small file, and the author may be changing it.
      var configurations = try? Configurations(path: nil, isIsolated: false, version: Fcnc.version) { file, sink in
        ConfigurationReader.read(file, registry: session.registry, report: &sink)
      }
      return (try? configurations?.configuration(for: path)) ?? LintConfiguration()
    }
    let status = server.run()
    if status != 0 { throw ExitCode(status) }
  }
}
