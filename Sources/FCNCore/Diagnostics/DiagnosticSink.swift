/// Collects findings in the order in which they are made.
public struct DiagnosticSink: Sendable {
  public private(set) var diagnostics: [Diagnostic] = []

  public init() {}

  public mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The findings sorted by file, place and id, as reporters print them.
  public var sorted: [Diagnostic] {
    diagnostics.enumerated().sorted { left, right in
      let a = left.element
      let b = right.element
      let first = (a.range?.file.path ?? "", a.range?.lower ?? -1, a.id.name, left.offset)
      let second = (b.range?.file.path ?? "", b.range?.lower ?? -1, b.id.name, right.offset)
      return first < second
    }.map(\.element)
  }
}
