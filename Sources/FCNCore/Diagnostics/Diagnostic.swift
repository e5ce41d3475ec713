/// One finding about the user's file: what is wrong, where, which other places are involved, and what to do.
///
/// Messages are lower case, without a final stop, and never ask; what to do stands in `help`.
public struct Diagnostic: Sendable, Error {
  public enum Severity: String, Sendable, Comparable, CaseIterable {
    case note, warning, error

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
  }

  /// Another place that the finding speaks of.
  public struct Label: Sendable {
    public var range: SourceRange
    public var text: String

    public init(_ range: SourceRange, _ text: String) {
      self.range = range
      self.text = text
    }
  }

  /// The stable, kebab-case name of this kind of finding.
  public var id: DiagnosticID
  public var severity: Severity
  public var message: String
  /// The smallest range of text that is at fault; nil where no text is (a weight file, a command line).
  public var range: SourceRange?
  /// Said beside the underline of `range`.
  public var label: String?
  public var related: [Label]
  /// Remarks without a place.
  public var notes: [String]
  /// What to do about it.
  public var help: String?
  public var fixIts: [FixIt]

  public init(
    _ id: DiagnosticID, _ message: String, at range: SourceRange?, severity: Severity = .error, label: String? = nil,
    related: [Label] = [], notes: [String] = [], help: String? = nil, fixIts: [FixIt] = []
  ) {
    self.id = id
    self.severity = severity
    self.message = Self.readable(message)
    self.range = range
    self.label = label.map(Self.readable)
    self.related = related.map { Label($0.range, Self.readable($0.text)) }
    self.notes = notes.map(Self.readable)
    self.help = help.map(Self.readable)
    self.fixIts = fixIts
  }

  /// A text without its middle where a name in it has the length of a file.
  private static func readable(_ text: String) -> String {
    guard text.utf8.count > 4_000 else { return text }
    return "\(text.prefix(1_500)) ... \(text.suffix(300))"
  }
}

/// The name of a kind of finding, and the text that `fcnc explain ID` prints.
///
/// The ids of one stage of the compiler stand together in an extension beside that stage, and `DiagnosticID.catalog`
/// of that file lists them.
public struct DiagnosticID: Hashable, Sendable {
  public let name: String
  /// What the finding means, why it is one, and how to mend it: one or more paragraphs.
  public let explanation: String

  public init(_ name: String, _ explanation: String) {
    self.name = name
    self.explanation = explanation
  }

  public static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
