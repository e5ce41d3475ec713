import ArgumentParser
import FCNCore
import FCNDriver
import FCNYAML
import Foundation

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Rewrite network files in the canonical layout.",
    discussion: """
      Folders are searched for network files, as by `fcnc lint`. A file with syntax errors is not touched. Exit status: 0; 1 \
      if `--check` or `--diff` find a file that would change; 2 if a file has syntax errors or cannot be read or written.

      EXAMPLES:
        fcnc fmt
        fcnc fmt unet.fcn
        fcnc fmt --check Networks
        fcnc fmt --diff unet.fcn
        fcnc fmt - < unet.fcn
      """)

  @Argument(
    help:
      "Network files and folders, or - for standard input to standard output; the working folder if nothing is named.",
    completion: .file())
  var paths: [String] = []

  @Flag(help: "Write nothing; name the files that would change.")
  var check = false

  @Flag(help: "Write nothing; print what would change as a patch.")
  var diff = false

  @Option(help: "The name that standard input has, for the form of the text.")
  var stdinFilename: String?

  @Flag(help: "Leave files out too that are named here but excluded by the configuration.")
  var forceExclude = false

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let configurations = try SharedConfigurations(
      Configurations(path: nil, isIsolated: false, version: Fcnc.version) { file, sink in
        ConfigurationReader.read(file, registry: session.registry, report: &sink)
      })
    let finder = NetworkFiles(
      endings: session.registry.frontEnds.flatMap(\.searchedExtensions), excludesNamed: forceExclude
    ) { path, isFolder throws(Session.Failure) in
      try configurations.of(path).excludes(path, isFolder: isFolder)
    }
    var (hasErrors, hasChanges) = (false, false)
    for path in try finder.find(paths.isEmpty ? ["."] : paths) {
      let frontEnd = try session.frontEnd(for: path == "-" ? stdinFilename ?? path : path)
      let file = try session.read(path)
      var sink = DiagnosticSink()
      let tree = frontEnd.parse(file, report: &sink)
      if sink.hasErrors {
        try Findings.print(sink, all: allFindings)
        hasErrors = true
        continue
      }
      let text = frontEnd.print(tree)
      if text != file.text { hasChanges = true }
      if diff {
        Swift.print(UnifiedDiff.text(from: file.text, to: text, path: path), terminator: "")
      }
      if check, text != file.text { Swift.print("\(path) would change") }
      if check || diff { continue }
      if path == "-" {
        Swift.print(text, terminator: "")
      } else if text != file.text {
        try OutputFile.write(text, to: path)
      }
    }
    if hasErrors { throw ExitCode(2) }
    if hasChanges && (check || diff) { throw ExitCode(1) }
  }
}
