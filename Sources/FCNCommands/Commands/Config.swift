import ArgumentParser
import FCNCore
import FCNDriver
import FCNYAML
import Foundation

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which configuration holds for a network file.",
    discussion: """
      Prints every rule with what becomes of its findings, after everything that `fcnc.yaml` extends and says of paths. The \
      result is a configuration itself.

      EXAMPLES:
        fcnc config Networks/unet/unet.fcn
      """)

  @Argument(
    help: "A network file; it need not be there. A file in the working folder if nothing is named.", completion: .file()
  )
  var path = "network.fcn"

  @OptionGroup var selection: LintSelection

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    var configurations = try Configurations(
      path: selection.config, isIsolated: selection.isolated, version: Fcnc.version
    ) { file, sink in
      ConfigurationReader.read(file, registry: session.registry, report: &sink)
    }
    let configuration = try configurations.configuration(for: path)
    if !configurations.findings.isEmpty {
      var sink = DiagnosticSink()
      for finding in configurations.findings { sink.report(finding) }
      try Findings.print(sink, all: true)
      throw ExitCode(2)
    }
    let full = URL(fileURLWithPath: path).standardizedFileURL.path
    var rules = configuration.rules(for: full)
    rules.merge(try LintRun.overrides(selection, Linter(session)))
    let includesPreview = configuration.includesPreview || selection.preview
    print("# \(path): \(configuration.file.map { "by \($0)" } ?? "no configuration file")")
    if let version = configuration.requiredVersion { print("required_version: \"\(version.text)\"") }
    print("preview: \(includesPreview)")
    if !configuration.plugins.isEmpty { print("plugins: [\(configuration.plugins.joined(separator: ", "))]") }
    if configuration.excludes(full, isFolder: false) { print("# searches leave it out") }
    print("rules:")
    for description in session.registry.lintRules.map({ $0.description }).sorted(by: { $0.id.name < $1.id.name }) {
      let severity = rules.severity(of: description, includesPreview: includesPreview)
      let level = severity?.rawValue ?? "off"
      let options = (rules.options[description.id.name] ?? description.defaultOptions).values
      guard !options.isEmpty else {
        print("  \(description.id.name): \(level)")
        continue
      }
      let fields = options.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }
      print("  \(description.id.name): {level: \(level), \(fields.joined(separator: ", "))}")
    }
  }
}

extension FCNCore.Argument {
  /// As a configuration writes it.
  fileprivate var text: String {
    switch self {
    case .integer(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .word(let value): value
    case .text(let value): "\"\(value)\""
    case .size(let rows, let columns): "\(rows)x\(columns)"
    case .list(let values): "[\(values.map(\.text).joined(separator: ", "))]"
    case .input: ""
    }
  }
}
