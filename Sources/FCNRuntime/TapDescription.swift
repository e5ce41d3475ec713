/// A value of a network, besides its outputs, that a program can give out.
public struct TapDescription: Sendable {
  /// As `fcnc explain` prints it.
  public var name: String
  public var channels: Int

  public init(name: String, channels: Int) {
    self.name = name
    self.channels = channels
  }
}
