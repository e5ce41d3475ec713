/// A plugin to begin with: a file that works as it is, with its test.
public struct PluginTemplate: Sendable {
  /// What `fcnc plugin new` calls it.
  public var kind: String
  /// One line.
  public var summary: String
  /// The text of the Swift file.
  private let make: @Sendable (Names) -> String
  /// A network that uses it by the name `NAME`, where there is something to see.
  private let exampleNetwork: String?

  /// The name in its forms.
  struct Names: Sendable {
    /// `soft_threshold`
    var snake: String
    /// `soft-threshold`
    var kebab: String
    /// `SoftThreshold`
    var type: String
  }

  init(
    _ kind: String, _ summary: String, network: String? = nil, make: @escaping @Sendable (Names) -> String
  ) {
    self.kind = kind
    self.summary = summary
    self.make = make
    exampleNetwork = network
  }

  /// Every kind of plugin.
  public static let all: [PluginTemplate] = [
    exporter, frontEnd, reporter, rule, stage, weightFormat, windowStage,
  ]

  /// Whether a name can be that of a plugin.
  public static func isName(_ name: String) -> Bool { name.wholeMatch(of: #/[a-z][a-z0-9]*([_-][a-z0-9]+)*/#) != nil }

  /// The text of the plugin.
  public func text(named name: String) -> String { make(Self.names(name)) }

  /// A network that uses it; nil where there is none to see.
  public func network(named name: String) -> String? {
    exampleNetwork?.replacing("NAME", with: Self.names(name).snake)
  }

  /// The name of the Swift file without its end.
  public static func fileName(_ name: String) -> String { names(name).type }

  private static func names(_ name: String) -> Names {
    let words = name.split { $0 == "_" || $0 == "-" }.map(String.init)
    return Names(
      snake: words.joined(separator: "_"), kebab: words.joined(separator: "-"),
      type: words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
  }
}
