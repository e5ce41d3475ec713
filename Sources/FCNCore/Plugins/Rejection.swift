/// Why a stage does not accept what it is given. It carries no position but names its subject; the compiler turns
/// subjects into ranges of the text.
public struct Rejection: Error, Sendable {
  /// What the rejection is about.
  public enum Subject: Hashable, Sendable {
    /// The use of the stage as a whole.
    case stage
    /// An argument by its parameter's name.
    case argument(String)
    /// An input by its position.
    case input(Int)
  }

  public var message: String
  public var subject: Subject
  /// Other subjects that are involved, each with what is to be said of it.
  public var related: [(subject: Subject, text: String)]
  public var notes: [String]
  public var help: String?
  /// The id of the finding; `stage-rejected` where nil.
  public var id: DiagnosticID?

  public init(
    _ message: String, _ subject: Subject = .stage, related: [(subject: Subject, text: String)] = [],
    notes: [String] = [], help: String? = nil, id: DiagnosticID? = nil
  ) {
    self.message = message
    self.subject = subject
    self.related = related
    self.notes = notes
    self.help = help
    self.id = id
  }
}
