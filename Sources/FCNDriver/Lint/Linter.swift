import FCNCore
import Foundation

/// Checks network files by the rules of a registry.
public struct Linter: Sendable {
  /// What was found in one file.
  public struct Result: Sendable {
    public var path: String
    /// Sorted by file and place.
    public var findings: [Diagnostic] = []
    public var suppressed: [FindingReport.Suppressed] = []
    /// Why the file could not be looked at.
    public var failure: Session.Failure?
    /// The texts that findings may lie in, the file's own first.
    public var sources: [SourceFile] = []

    init(path: String) { self.path = path }
  }

  public let session: Session
  /// The rules by their ids.
  public let rules: [String: RuleDescription]
  /// False where comments in the files allow nothing.
  public var honoursComments = true
  public var settings: [String: String] = [:]
  /// The size of the first input, where networks are read for this one size alone; whether others fit is not judged then.
  public var inputSize: (height: Int, width: Int)?
  /// Where results of earlier runs are kept; nil for none.
  public var cache: LintCache?
  /// The texts of files that are included, by their paths; empty to read them from the disk.
  var includes: [String: String] = [:]
  private let known: [String: RuleDescription]

  public init(_ session: Session) {
    self.session = session
    var rules: [String: RuleDescription] = [:]
    var known: [String: RuleDescription] = [:]
    for rule in session.registry.lintRules {
      rules[rule.description.id.name] = rule.description
      for name in [rule.description.id.name] + rule.description.formerNames { known[name] = rule.description }
    }
    (self.rules, self.known) = (rules, known)
  }

  /// Checks a file; `-` is standard input.
  public func lint(_ path: String, _ configuration: LintConfiguration) -> Result {
    do { return lint(try session.read(path), at: path, configuration) } catch {
      var result = Result(path: path)
      result.failure = error
      return result
    }
  }

  /// Checks a text.
  /// - Parameter path: by which the configuration chooses rules for it.
  public func lint(_ file: SourceFile, at path: String, _ configuration: LintConfiguration) -> Result {
    var result = Result(path: path)
    result.sources = [file]
    var sink = DiagnosticSink()
    do throws(Session.Failure) {
      let tree = try session.parse(file, report: &sink)
      let absolute = URL(fileURLWithPath: path == "-" ? file.path : path).standardizedFileURL.path
      let rules = configuration.rules(for: absolute)
      let key = cache.map { cache in
        result.sources += session.included(by: tree)
        return cache.key(result.sources, path: path, state(rules, configuration))
      }
      if let key, let known = cache?.load(key, path: path, sources: result.sources) { return known }
      let graph = tree.isLibrary || sink.hasErrors ? nil : elaborate(tree, report: &sink)
      if let graph, inputSize == nil { judge(graph, report: &sink) }
      result.findings = sink.diagnostics
      check(tree, graph, configuration, rules, hasErrors: sink.hasErrors, &result)
      if let key { cache?.store(result, key) }
    } catch {
      result.failure = error
    }
    return result
  }

  /// Everything beside the texts that a result depends on, as texts.
  private func state(_ rules: LintConfiguration.Rules, _ configuration: LintConfiguration) -> [String] {
    [
      "\(honoursComments) \(configuration.includesPreview) \(inputSize.map { "\($0.height)x\($0.width)" } ?? "")",
      settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n"),
      rules.levels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n"),
      rules.options.sorted { $0.key < $1.key }.map { name, options in
        "\(name)=\(options.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })"
      }.joined(separator: "\n"),
    ]
  }

  private func elaborate(_ tree: NetworkSyntax, report: inout DiagnosticSink) -> Graph? {
    guard !includes.isEmpty else {
      let graph = session.elaborate(tree, settings: settings, inputSize: inputSize, report: &report)
      return report.hasErrors ? nil : graph
    }
    let includes = includes
    let elaborator = Elaborator(
      registry: session.registry,
      loader: { path, _ in
        includes[path].map { .success(SourceFile(path: path, text: $0)) }
          ?? .failure(Elaborator.IncludeFailure("there is no file `\(path)`"))
      }, settings: settings, inputSize: inputSize)
    let graph = elaborator.elaborate(tree, report: &report)
    return report.hasErrors ? nil : graph
  }

  /// Reports what keeps the network from being fully convolutional.
  private func judge(_ graph: Graph, report: inout DiagnosticSink) {
    let verdict = Verdict(of: graph)
    verdict.report(to: &report)
    verdict.reportReasons(to: &report)
  }

  private func check(
    _ tree: NetworkSyntax, _ graph: Graph?, _ configuration: LintConfiguration, _ rules: LintConfiguration.Rules,
    hasErrors: Bool, _ result: inout Result
  ) {
    let text = AnalyzedText(tree: tree, registry: session.registry)
    let network = graph.map { AnalyzedNetwork(text: text, graph: $0) }
    let includesPreview = configuration.includesPreview
    var suppressions: [String: Suppressions] = [:]
    if honoursComments { suppressions[tree.file.path] = Suppressions(tree, rules: known) }
    var checked: Set<String> = []
    var found: [Diagnostic] = []
    for rule in session.registry.lintRules {
      let description = rule.description
      guard let severity = rules.severity(of: description, includesPreview: includesPreview) else { continue }
      var report = RuleReport(
        description.id, severity: severity, options: rules.options[description.id.name] ?? description.defaultOptions)
      // A text with errors is looked at again once they are mended.
      if !hasErrors {
        rule.check(text, report: &report)
        if let network { rule.check(network, report: &report) }
        if network != nil || tree.isLibrary { checked.insert(description.id.name) }
      }
      found += report.findings
    }
    for finding in found {
      let file = finding.range?.file ?? tree.file
      if honoursComments, suppressions[file.path] == nil { suppressions[file.path] = self.suppressions(of: file) }
      if let reason = suppressions[file.path]?.reason(for: finding) {
        result.suppressed.append(.init(finding, reason: reason))
      } else {
        result.findings.append(finding)
      }
    }
    if let own = suppressions[tree.file.path] {
      result.findings += own.findings + unused(own, checked: checked, rules, includesPreview)
    }
    result.findings = Self.sorted(result.findings)
  }

  /// What is to be said of the comments themselves.
  private func unused(
    _ suppressions: Suppressions, checked: Set<String>, _ rules: LintConfiguration.Rules, _ includesPreview: Bool
  ) -> [Diagnostic] {
    func report(_ name: String) -> RuleReport? {
      guard let description = self.rules[name],
        let severity = rules.severity(of: description, includesPreview: includesPreview)
      else { return nil }
      return RuleReport(description.id, severity: severity, options: Arguments([:]))
    }
    let none = RuleReport(.malformedSuppression, severity: .note, options: Arguments([:]))
    var unused = report("unused-suppression") ?? none
    var unexplained = report("unexplained-suppression") ?? none
    suppressions.unused(checked: checked, unused: &unused, unexplained: &unexplained)
    return (report("unused-suppression") == nil ? [] : unused.findings)
      + (report("unexplained-suppression") == nil ? [] : unexplained.findings)
  }

  /// The comments of a file that is included.
  private func suppressions(of file: SourceFile) -> Suppressions? {
    var sink = DiagnosticSink()
    return (try? session.parse(file, report: &sink)).map { Suppressions($0, rules: known) }
  }

  private static func sorted(_ findings: [Diagnostic]) -> [Diagnostic] {
    var sink = DiagnosticSink()
    for finding in findings { sink.report(finding) }
    return sink.sorted
  }
}

extension Linter {
  /// Checks many files, several at once, and gives the results in the order of the files.
  public func lint(_ files: [(path: String, configuration: LintConfiguration)], threads: Int) -> [Result] {
    Workers.map(files, threads: threads) { lint($0.path, $0.configuration) }
  }
}
