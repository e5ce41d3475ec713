/// A configuration file as it stands, without what it extends.
public struct ConfigurationDocument: Sendable {
  public var requiredVersion: VersionRequirement?
  /// The path of the file that it extends, as written.
  public var extends: String?
  public var extendsRange: SourceRange?
  public var includesPreview: Bool?
  /// Paths of Swift files, relative to the folder of the configuration.
  public var plugins: [String] = []
  public var excluded: [PathPattern] = []
  public var rules = LintConfiguration.Rules()
  public var paths: [(pattern: PathPattern, rules: LintConfiguration.Rules)] = []

  public init() {}
}
