/// Collects findings in the order in which they are made.
public struct DiagnosticSink: Sendable {
  public private(set) var diagnostics: [Diagnostic] = []

  public init() {}

  public mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The findings sorted by file, place and id, as reporters print them.
  public var sorted: [Diagnostic] {
    // A finding is large and there may be a million: only their keys are moved about.
    let keys = diagnostics.indices.map { index in
      let finding = diagnostics[index]
      return (finding.range?.file.path ?? "", finding.range?.lower ?? -1, finding.id.name, index)
    }
    return keys.sorted { $0 < $1 }.map { diagnostics[$0.3] }
  }
}
