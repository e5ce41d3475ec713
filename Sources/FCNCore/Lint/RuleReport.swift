/// Takes the findings of one rule about one network.
public struct RuleReport {
  /// The options of the rule, checked, with defaults filled in.
  public let options: Arguments
  public private(set) var findings: [Diagnostic] = []
  private let id: DiagnosticID
  private let severity: Diagnostic.Severity
  private var seen: Set<SourceRange?> = []

  public init(_ id: DiagnosticID, severity: Diagnostic.Severity, options: Arguments) {
    self.id = id
    self.severity = severity
    self.options = options
  }

  /// Reports a finding; a second one about the same place is left out, as a definition is used more than once.
  public mutating func report(
    _ message: String, at range: SourceRange?, label: String? = nil, related: [Diagnostic.Label] = [],
    notes: [String] = [], help: String? = nil, fixIts: [FixIt] = []
  ) {
    guard seen.insert(range).inserted else { return }
    findings.append(
      Diagnostic(
        id, message, at: range, severity: severity, label: label, related: related, notes: notes, help: help,
        fixIts: fixIts))
  }

  /// Reports a finding about a use of a stage, or one of its arguments where that is written in the text.
  public mutating func report(
    _ message: String, node: Int, of graph: Graph, argument: String? = nil, related: [Diagnostic.Label] = [],
    notes: [String] = [], help: String? = nil, fixIts: [FixIt] = []
  ) {
    let origin = graph.nodes[node].origin
    report(
      message, at: argument.flatMap { origin.arguments[$0] } ?? origin.range,
      related: related
        + origin.instances.reversed().prefix(Self.shownInstances).map { Diagnostic.Label($0, "in this use") },
      notes: notes, help: help, fixIts: fixIts)
  }

  /// Takes a finding that an analysis of the compiler has made, with the severity of the rule.
  public mutating func report(_ finding: Diagnostic) {
    report(
      finding.message, at: finding.range, label: finding.label, related: finding.related, notes: finding.notes,
      help: finding.help, fixIts: finding.fixIts)
  }

  /// Nested uses of definitions that are shown.
  private static let shownInstances = 8
}
