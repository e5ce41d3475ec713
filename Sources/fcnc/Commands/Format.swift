import ArgumentParser
import FCNCore
import FCNDriver
import Foundation

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Rewrite network files in the canonical layout.",
    discussion: """
      A file with syntax errors is not touched. Exit status: 0; 1 if `--check` finds a file that would change or a file \
      has errors; 2 if a file cannot be read or written.

      EXAMPLES:
        fcnc fmt unet.fcn
        fcnc fmt --check Networks/*/*.fcn
        fcnc fmt - < unet.fcn
      """)

  @Argument(help: "Network files (.fcn), or - for standard input to standard output.", completion: .file())
  var networks: [String]

  @Flag(help: "Write nothing; name the files that would change.")
  var check = false

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    var isClean = true
    for path in networks {
      let frontEnd = try session.frontEnd(for: path)
      let file = try session.read(path)
      var sink = DiagnosticSink()
      let tree = frontEnd.parse(file, report: &sink)
      if sink.hasErrors {
        try Findings.print(sink, all: allFindings)
        isClean = false
        continue
      }
      let text = frontEnd.print(tree)
      if path == "-" {
        Swift.print(text, terminator: "")
      } else if text != file.text {
        if check {
          Swift.print("\(path) would change")
          isClean = false
        } else {
          try OutputFile.write(text, to: path)
        }
      }
    }
    if !isClean { throw ExitCode(1) }
  }
}
