/// A change of the text that mends a finding.
public struct FixIt: Sendable {
  /// How sure the change is to be what the author wants.
  public enum Applicability: String, Sendable {
    /// The network means exactly the same afterwards.
    case automatic
    /// Probably right, but the meaning changes.
    case suggested
    /// Shown only: it holds a placeholder or a choice.
    case manual
  }

  /// Replaces a range of text.
  public struct Edit: Sendable {
    public var range: SourceRange
    public var replacement: String

    public init(_ range: SourceRange, _ replacement: String) {
      self.range = range
      self.replacement = replacement
    }
  }

  /// What the change does, as an instruction.
  public var title: String
  public var applicability: Applicability
  public var edits: [Edit]

  public init(_ title: String, _ applicability: Applicability, _ edits: [Edit]) {
    self.title = title
    self.applicability = applicability
    self.edits = edits
  }
}
