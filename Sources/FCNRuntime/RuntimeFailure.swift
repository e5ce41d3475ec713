/// Why a program could not do what it was asked to do: a text for the person who ran it.
public struct RuntimeFailure: Error, Sendable {
  /// What is wrong, naming the file or option; lower case, no final stop.
  public var message: String
  /// What to do about it; nil where nothing useful can be said.
  public var help: String?

  public init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
