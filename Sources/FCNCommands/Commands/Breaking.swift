import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import FCNYAML
import Foundation

struct Breaking: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a change of networks breaks for those who use them.",
    discussion: """
      Compares networks with how they were: in another file, in another folder (by the same paths), or at a revision of the \
      git repository. Three classes of changes are told apart: `interface` (inputs, outputs, accepted sizes; networks of a \
      folder that are gone), `weights` (names and shapes: old weight files do not fit) and `numerics` (the same weights give \
      other numbers). What is only written in another way is no change.

      Exit status: 0 if nothing breaks, 1 if something does, 2 if the job could not be done.

      EXAMPLES:
        fcnc breaking unet.fcn --against unet-before.fcn
        fcnc breaking Networks --against git:main
        fcnc breaking Networks --against git:v1.2 --allow numerics
      """)

  @Argument(help: "Network files and folders as they are now.", completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "What to compare with: a file, a folder, or `git:` and a branch, tag or commit.", valueName: "before"))
  var against: String

  @Option(
    help: ArgumentHelp(
      "A class of changes that may be: interface, weights or numerics. May be given more than once.",
      valueName: "class"))
  var allow: [BreakingClass] = []

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Give a network parameter another value.", valueName: "name=value"))
  var settings: [String] = []

  @Option(help: "How changes are printed: text, concise, json, jsonl, github, sarif, junit or gitlab.")
  var format = "text"

  @Flag(help: Findings.allHelp)
  var allFindings = false

  func run() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let reporter = try Reporting.reporter(format, session)
    let before = try Before(against, session)
    let configurations = try SharedConfigurations(
      Configurations(path: nil, isIsolated: false, version: Fcnc.version) { file, sink in
        ConfigurationReader.read(file, registry: session.registry, report: &sink)
      })
    let finder = NetworkFiles(endings: Before.endings(session), excludesNamed: false) {
      path, isFolder throws(Session.Failure) in
      try configurations.of(path).excludes(path, isFolder: isFolder)
    }
    var findings: [Diagnostic] = []
    var files: [String] = []
    for named in paths {
      for path in try finder.find([named]) where !files.contains(path) {
        files.append(path)
        guard let old = try before.file(path, named: named) else { continue }
        findings += try changes(path, old, before, session)
      }
      for path in try before.files(in: named) where !FileManager.default.fileExists(atPath: path) {
        let full = URL(fileURLWithPath: path).standardizedFileURL.path
        if try configurations.of(path).excludes(full, isFolder: false) { continue }
        findings += try missing(path, before, named: named, session)
      }
    }
    var report = FindingReport(
      findings, files: files, version: Fcnc.version, limit: Findings.limit(all: allFindings))
    (report.root, report.prefix) = Repository.place
    Swift.print(reporter.report(report), terminator: "")
    if !findings.isEmpty { throw ExitCode(1) }
  }

  /// A network that was there; a file of definitions or one with errors is missed by nobody.
  private func missing(_ path: String, _ before: Before, named: String, _ session: Session) throws -> [Diagnostic] {
    guard !allow.contains(.interface), let old = try before.file(path, named: named) else { return [] }
    var sink = DiagnosticSink()
    guard try before.graph(old, settings: Settings.parse(settings), report: &sink) != nil else { return [] }
    return [
      Diagnostic(
        BreakingClass.interface.id, "the network `\(path)` is gone", at: nil, severity: .error,
        help: "keep it where it was, or tell those who use it")
    ]
  }

  private func changes(
    _ path: String, _ old: SourceFile, _ before: Before, _ session: Session
  ) throws -> [Diagnostic] {
    var sink = DiagnosticSink()
    let (tree, graph) = try session.graph(path, settings: Settings.parse(settings), report: &sink)
    if sink.hasErrors { return sink.sorted.filter { $0.severity == .error } }
    guard let graph else { return [] }
    var oldSink = DiagnosticSink()
    guard let previous = try before.graph(old, settings: Settings.parse(settings), report: &oldSink) else {
      if oldSink.hasErrors {
        complain("fcnc: `\(path)` had errors before, so nothing depends on how it was")
      }
      return []
    }
    let allowed = allow.map(\.id)
    return BreakingChanges.find(from: previous, to: graph, tree: tree).filter { !allowed.contains($0.id) }
  }
}

extension BreakingClass: ExpressibleByArgument {}

/// Where networks as they were come from.
private struct Before {
  private enum Source {
    case file(String)
    case folder(String)
    case revision(GitRevision)
  }

  private let source: Source
  private let session: Session

  init(_ text: String, _ session: Session) throws {
    self.session = session
    var isFolder: ObjCBool = false
    if text.hasPrefix("git:") {
      source = .revision(
        try GitRevision(String(text.dropFirst(4)), in: FileManager.default.currentDirectoryPath))
    } else if FileManager.default.fileExists(atPath: text, isDirectory: &isFolder) {
      source = isFolder.boolValue ? .folder(text) : .file(text)
    } else {
      throw Session.Failure(
        "there is no file or folder `\(text)`", help: "a revision of git is written `git:main`")
    }
  }

  /// The text of a file as it was; nil where there was none.
  /// - Parameter named: the argument of the command that led to the file.
  func file(_ path: String, named: String) throws -> SourceFile? {
    switch source {
    case .file(let before): return try session.read(before)
    case .folder(let folder):
      let way =
        path == named ? URL(fileURLWithPath: path).lastPathComponent : String(path.dropFirst(Self.start(named).count))
      let before = URL(fileURLWithPath: folder).appendingPathComponent(way).relativePath
      return FileManager.default.fileExists(atPath: before) ? try session.read(before) : nil
    case .revision(let revision):
      return try revision.read(path).map { SourceFile(path: path, bytes: $0) }
    }
  }

  static func endings(_ session: Session) -> [String] { session.registry.frontEnds.flatMap(\.searchedExtensions) }

  /// How paths of files in a folder begin.
  private static func start(_ folder: String) -> String {
    folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
  }

  /// The networks that were in a folder, by their paths today; none where `named` is no folder today.
  func files(in named: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: named, isDirectory: &isFolder), isFolder.boolValue else { return [] }
    let ways: [String]
    switch source {
    case .file: return []
    case .folder(let folder):
      let finder = NetworkFiles(endings: Self.endings(session), excludesNamed: false) { _, _ throws(Session.Failure) in
        false
      }
      ways = try finder.find([folder]).map { String($0.dropFirst(Self.start(folder).count)) }
    case .revision(let revision):
      ways = try revision.files(in: named).filter { way in
        Self.endings(session).contains { way.hasSuffix("." + $0) }
      }
    }
    return ways.map { Self.start(named) + $0 }
  }

  func graph(_ file: SourceFile, settings: [String: String], report: inout DiagnosticSink) throws -> Graph? {
    let tree = try session.parse(file, report: &report)
    if tree.isLibrary || report.hasErrors { return nil }
    let graph: Graph?
    if case .revision(let revision) = source {
      let elaborator = Elaborator(
        registry: session.registry, loader: { path, includer in Self.load(path, includer, revision) },
        settings: settings, inputSize: nil)
      graph = elaborator.elaborate(tree, report: &report)
    } else {
      graph = session.elaborate(tree, settings: settings, report: &report)
    }
    return report.hasErrors ? nil : graph
  }

  private static func load(
    _ path: String, _ includer: SourceFile, _ revision: GitRevision
  ) -> Result<SourceFile, Elaborator.IncludeFailure> {
    let folder = URL(fileURLWithPath: includer.path).deletingLastPathComponent()
    let full = path.hasPrefix("/") ? path : folder.appendingPathComponent(path).relativePath
    do throws(Session.Failure) {
      guard let bytes = try revision.read(full) else {
        return .failure(Elaborator.IncludeFailure("there was no file `\(path)` at `\(revision.revision)`"))
      }
      return .success(SourceFile(path: full, bytes: bytes))
    } catch {
      return .failure(Elaborator.IncludeFailure(error.message))
    }
  }
}
