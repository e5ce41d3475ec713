/// Why a program could not do what it was asked to do: a text for the person who ran it.
public struct RuntimeFailure: Error, Sendable {
  /// What is wrong, each naming the file or option; lower case, no final stop. One, or one for each axis of a size.
  public var messages: [String]
  /// What to do about it; nil where nothing useful can be said.
  public var help: String?

  public init(_ message: String, help: String? = nil) { self.init([message], help: help) }

  init(_ messages: [String], help: String? = nil) {
    self.messages = messages
    self.help = help
  }

  /// All that is wrong in one line.
  public var message: String {
    var text = ""
    for message in messages { text += text.isEmpty ? message : "; " + message }
    return text
  }
}
