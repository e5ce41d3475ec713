import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import FCNSwiftBackend
import FCNYAML
import Foundation

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check networks and look for what is probably not meant.",
    discussion: """
      Folders are searched for network files, without what `.gitignore` and the configuration leave out. Rules are chosen \
      in the nearest `fcnc.yaml` above each file; `fcnc rules` lists them, `fcnc explain RULE` explains one.

      Exit status: 0 if nothing at or above `--fail-on` was found, 1 if something was, 2 if the job could not be done.

      EXAMPLES:
        fcnc lint
        fcnc lint Networks/unet --fail-on warning
        fcnc lint --fix --diff
        fcnc lint --format text --format sarif=fcnc.sarif
        fcnc lint - --stdin-filename unet.fcn < unet.fcn
      """)

  @Argument(
    help: "Network files and folders, or - for standard input; the working folder if nothing is named.",
    completion: .file())
  var paths: [String] = []

  @OptionGroup var selection: LintSelection

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var inputSize: InputSizeOption

  @Option(
    help: ArgumentHelp(
      "How findings are printed: text, concise, json, jsonl, github, sarif, junit or gitlab; with a file, written there. "
        + "May be given more than once.", valueName: "format[=file]"))
  var format: [String] = []

  @Option(help: "The least severity that makes the exit status 1: error, warning or note.")
  var failOn: Severity = .error

  @Flag(help: "Exit with 0 also where something was found.")
  var exitZero = false

  @Flag(help: "Change the files where nothing about the networks changes by it.")
  var fix = false

  @Flag(help: "With --fix: make changes too that may not be meant.")
  var unsafeFixes = false

  @Flag(help: "Print what --fix would change, as a patch, and change nothing.")
  var diff = false

  @Flag(help: "Write comments that allow what is found, behind its lines; for files that begin to be linted.")
  var addAllow = false

  @Flag(help: "Check again whenever a file changes, until Ctrl-C.")
  var watch = false

  @OptionGroup var baseline: BaselineOptions

  @Option(help: "The name that standard input has, for the configuration and the form of the text.")
  var stdinFilename: String?

  @Flag(help: "Look at every file anew, also where nothing has changed since the last run.")
  var noCache = false

  @Option(help: "Files that are checked at once; the number of processors if nothing is said.")
  var threads: Int?

  @Flag(help: Findings.allHelp)
  var allFindings = false

  enum Severity: String, ExpressibleByArgument, CaseIterable {
    case error, warning, note

    var least: Diagnostic.Severity { Diagnostic.Severity(rawValue: rawValue) ?? .error }
  }

  func validate() throws {
    if unsafeFixes && !fix && !diff {
      throw ValidationError("`--unsafe-fixes` belongs to `--fix` or `--diff`: add one")
    }
    if addAllow && (fix || diff) { throw ValidationError("`--add-allow` and `--fix` are two steps: mend first") }
    if addAllow && paths.contains("-") { throw ValidationError("`--add-allow` changes files, not standard input") }
    if watch && (fix || diff || addAllow || baseline.isWriting) {
      throw ValidationError("`--watch` only looks: leave out the options that write")
    }
    if watch && paths.contains("-") { throw ValidationError("`--watch` cannot wait for standard input") }
    if let threads, threads < 1 { throw ValidationError("`--threads` is at least 1") }
  }

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    if watch { return try watchFiles(session) }
    let run = try LintRun(self, session)
    let results = try run.lint()
    if fix || diff, try mend(results, run) { return }
    if addAllow { return try allow(results, run) }
    try finish(try report(results, run, session), results)
  }

  // MARK: Mending

  /// Changes files, or prints the changes.
  /// - Returns: true where that is all.
  private func mend(_ results: [Linter.Result], _ run: LintRun) throws -> Bool {
    var count = 0
    var changed = false
    for result in results {
      guard let file = result.sources.first else { continue }
      let (mended, number) = run.mended(result, file, isUnsafe: unsafeFixes)
      if result.path == "-" && !diff {
        Swift.print(mended.text, terminator: "")
        continue
      }
      guard mended.bytes != file.bytes else { continue }
      changed = true
      count += number
      if diff {
        Swift.print(UnifiedDiff.text(from: file.text, to: mended.text, path: result.path), terminator: "")
      } else {
        try OutputFile.write(mended.text, to: result.path)
      }
    }
    if diff {
      if changed && !exitZero { throw ExitCode(1) }
      return true
    }
    if count > 0 { complain("fcnc: mended \(count) finding\(count == 1 ? "" : "s")") }
    let after = try LintRun(self, run.linter.session).lint()
    let isInput = paths.contains("-")
    let text = try report(after, run, run.linter.session, isForError: isInput)
    try finish(text, after)
    return true
  }

  /// Writes comments that allow what was found.
  private func allow(_ results: [Linter.Result], _ run: LintRun) throws {
    var total = 0
    for result in results {
      guard let file = result.sources.first, result.failure == nil else { continue }
      var sink = DiagnosticSink()
      let comments = try run.linter.session.parse(file, report: &sink).comments
      let (text, count) = Permissions.added(
        to: file, for: result.findings.filter { run.linter.rules[$0.id.name] != nil }, comments: comments,
        marker: result.path.hasSuffix(".fcn") ? "//" : "#")
      if count > 0 { try OutputFile.write(text, to: result.path) }
      total += count
    }
    complain("fcnc: allowed \(total) finding\(total == 1 ? "" : "s")")
    let after = try LintRun(self, run.linter.session)
    let left = try after.lint()
    try finish(try report(left, after, run.linter.session), left)
  }

  // MARK: Reports

  /// Prints the reports and gives the findings that they are about.
  private func report(
    _ results: [Linter.Result], _ run: LintRun, _ session: Session, isForError: Bool = false
  ) throws -> [Diagnostic] {
    for result in results {
      if let failure = result.failure {
        complain("error: \(failure.message)" + (failure.help.map { "\n  = help: \($0)" } ?? ""))
      }
    }
    let findings = try baseline.apply(to: run.findings(of: results), files: results.map(\.path))
    var report = FindingReport(
      findings, suppressed: results.flatMap(\.suppressed), files: results.map { $0.sources.first?.path ?? $0.path },
      rules: run.linter.rules, version: Fcnc.version, limit: Findings.limit(all: allFindings))
    (report.root, report.prefix) = Repository.place
    for (reporter, file) in try reporters(session) {
      let text = reporter.report(report)
      if let file {
        try OutputFile.write(text, to: file)
      } else if isForError {
        FileHandle.standardError.write(Data(text.utf8))
      } else {
        Swift.print(text, terminator: "")
      }
    }
    try StepSummary.write(report)
    return findings
  }

  private func reporters(_ session: Session) throws -> [(reporter: any Reporter, file: String?)] {
    var formats = format
    if formats.isEmpty {
      formats = [ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" ? "github" : "text"]
    }
    return try formats.map { format in
      let parts = format.split(separator: "=", maxSplits: 1).map(String.init)
      let file = parts.count > 1 ? parts[1] : nil
      return (try Reporting.reporter(parts.first ?? "", session, isForFile: file != nil), file)
    }
  }

  /// Ends the program as the findings ask for.
  private func finish(_ findings: [Diagnostic], _ results: [Linter.Result]) throws {
    if results.contains(where: { $0.failure != nil }) { throw ExitCode(2) }
    if !exitZero, findings.contains(where: { $0.severity >= failOn.least }) { throw ExitCode(1) }
  }

  // MARK: Watching

  private func watchFiles(_ session: Session) throws {
    var last: [String: Date] = [:]
    while true {
      let run = try LintRun(self, session)
      let stamps = Dictionary(run.watched.map { ($0, Self.stamp($0)) }) { first, _ in first }
      if stamps != last {
        last = stamps
        // Clears the screen of a terminal.
        if isatty(STDOUT_FILENO) == 1 { Swift.print("\u{1B}[2J\u{1B}[H", terminator: "") }
        let findings = try report(try run.lint(), run, session)
        let time = Date.now.formatted(date: .omitted, time: .standard)
        Swift.print("\(time)  \(run.files.count) files, \(findings.count) findings; waiting for changes")
        fflush(nil)
      }
      usleep(200_000)
    }
  }

  private static func stamp(_ path: String) -> Date {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }
}

/// Which rules are checked, and where that is said.
struct LintSelection: ParsableArguments {
  @Option(help: "A configuration file for all networks, in place of the nearest `fcnc.yaml`.", completion: .file())
  var config: String?

  @Flag(help: "Take no configuration file.")
  var isolated = false

  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp(
      "Treat a rule or group as off, note, warning or error, whatever the configuration says. May be given more than once.",
      valueName: "rule=level"))
  var rules: [String] = []

  @Flag(help: "Check rules too that are new.")
  var preview = false

  @Flag(name: .customLong("ignore-comments"), help: "Comments in the files allow nothing.")
  var ignoresComments = false

  @Flag(help: "Leave files out too that are named here but excluded by the configuration.")
  var forceExclude = false
}

/// One look at all files.
struct LintRun {
  let linter: Linter
  let files: [(path: String, configuration: LintConfiguration)]
  /// The files whose changes matter.
  let watched: [String]
  private let threads: Int
  private let stdinName: String?

  init(_ command: Lint, _ session: Session) throws {
    var linter = Linter(session)
    linter.settings = try Settings.parse(command.settings)
    linter.inputSize = try command.inputSize.parsed()
    if !command.noCache, let folder = try? CacheFolder.path(nil), let host = Plugins.host {
      let program = FileStamp(host).text + Fcnc.version
      let plugins = Fcnc.plugins.map { "\($0)" }.joined(separator: " ")
      linter.cache = LintCache(folder: "\(folder)/lint", program: "\(program) \(Plugins.loaded) \(plugins)")
    }
    linter.honoursComments = !command.selection.ignoresComments
    self.linter = linter
    threads = command.threads ?? ProcessInfo.processInfo.activeProcessorCount
    stdinName = command.stdinFilename
    let selection = command.selection
    let overrides = try Self.overrides(selection, linter)
    let configurations = try SharedConfigurations(
      Configurations(path: selection.config, isIsolated: selection.isolated, version: Fcnc.version) { file, sink in
        ConfigurationReader.read(file, registry: session.registry, report: &sink)
      })
    let finder = NetworkFiles(
      endings: session.registry.frontEnds.flatMap(\.searchedExtensions), excludesNamed: selection.forceExclude
    ) { path, isFolder throws(Session.Failure) in
      try configurations.of(path).excludes(path, isFolder: isFolder)
    }
    var files: [(path: String, configuration: LintConfiguration)] = []
    for path in try finder.find(command.paths.isEmpty ? ["."] : command.paths) {
      var configuration = try configurations.of(path == "-" ? command.stdinFilename ?? "-" : path)
      configuration.overrides.append(.init(pattern: PathPattern("**"), folder: "/", rules: overrides))
      configuration.includesPreview = configuration.includesPreview || selection.preview
      files.append((path, configuration))
    }
    self.files = files
    watched = files.map(\.path) + Set(files.compactMap(\.configuration.file)).sorted()
    let wrong = configurations.findings
    if !wrong.isEmpty {
      var sink = DiagnosticSink()
      for finding in wrong { sink.report(finding) }
      try Findings.print(sink, all: command.allFindings)
      throw ExitCode(2)
    }
  }

  func lint() throws -> [Linter.Result] {
    if files.contains(where: { $0.path == "-" }), let stdinName {
      return try files.map { file in
        guard file.path == "-" else { return linter.lint(file.path, file.configuration) }
        let text = try linter.session.read("-")
        return linter.lint(SourceFile(path: stdinName, bytes: text.bytes), at: "-", file.configuration)
      }
    }
    return linter.lint(files, threads: threads)
  }

  /// The findings of all files; one in a definition that several files include is there once.
  func findings(of results: [Linter.Result]) -> [Diagnostic] {
    struct Key: Hashable {
      var file: String
      var id: String
      var lower: Int
      var message: String
    }
    var seen: Set<Key> = []
    return results.flatMap(\.findings).filter { finding in
      guard let range = finding.range else { return true }
      return seen.insert(
        Key(file: range.file.path, id: finding.id.name, lower: range.lower, message: finding.message)
      ).inserted
    }
  }

  /// A file with the changes that mend findings.
  func mended(_ result: Linter.Result, _ file: SourceFile, isUnsafe: Bool) -> (file: SourceFile, count: Int) {
    guard let configuration = files.first(where: { $0.path == result.path })?.configuration else { return (file, 0) }
    return Fixer.fix(file, upTo: isUnsafe ? .suggested : .automatic) { text in
      linter.lint(text, at: result.path, configuration).findings.filter { linter.rules[$0.id.name] != nil }
    }
  }

  static func overrides(_ selection: LintSelection, _ linter: Linter) throws -> LintConfiguration.Rules {
    var rules = LintConfiguration.Rules()
    let groups = RuleDescription.Group.allCases.map(\.rawValue)
    for text in selection.rules {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let names = linter.rules.keys.sorted() + groups
      guard let name = parts.first, names.contains(name) else {
        let near = Suggestion.nearest(to: parts.first ?? "", in: names)
        throw Session.Failure(
          "there is no rule or group `\(parts.first ?? "")`",
          help: near.map { "did you mean `\($0)`" } ?? "`fcnc rules` lists them")
      }
      guard parts.count == 2, let level = LintConfiguration.Level(rawValue: parts[1]) else {
        throw Session.Failure(
          "`--rule \(text)` has no level", help: "write `--rule \(name)=off`, `note`, `warning` or `error`")
      }
      rules.levels[name] = level
    }
    return rules
  }
}
