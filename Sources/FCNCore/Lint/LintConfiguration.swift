/// What `fcnc.yaml` says: which rules are checked, how severe their findings are, and for which files.
public struct LintConfiguration: Sendable {
  /// How a rule or a group of rules is treated.
  public enum Level: String, Sendable, CaseIterable {
    case off, note, warning, error

    public var severity: Diagnostic.Severity? { Diagnostic.Severity(rawValue: rawValue) }
  }

  /// What is said of rules and groups, by their names.
  public struct Rules: Sendable {
    public var levels: [String: Level] = [:]
    /// The options of rules, checked, with defaults filled in.
    public var options: [String: Arguments] = [:]

    public init() {}

    /// What `other` says too wins.
    public mutating func merge(_ other: Rules) {
      levels.merge(other.levels) { $1 }
      options.merge(other.options) { $1 }
    }
  }

  /// Rules for some files.
  public struct Override: Sendable {
    /// From the folder of the configuration.
    public var pattern: PathPattern
    /// The folder that the pattern is relative to, ending with a slash.
    public var folder: String
    public var rules: Rules

    public init(pattern: PathPattern, folder: String, rules: Rules) {
      self.pattern = pattern
      self.folder = folder
      self.rules = rules
    }
  }

  /// The file that it was read from; nil for the built-in one.
  public var file: String?
  public var rules = Rules()
  public var overrides: [Override] = []
  /// Files that a search leaves out: patterns with their folders.
  public var excluded: [(pattern: PathPattern, folder: String)] = []
  /// Whether rules that are new are checked too.
  public var includesPreview = false
  /// The paths of Swift files with plugins.
  public var plugins: [String] = []
  /// The versions of fcnc that may be used.
  public var requiredVersion: VersionRequirement?

  public init() {}

  /// The rules of a file, given by its absolute path.
  public func rules(for path: String) -> Rules {
    var result = rules
    for override in overrides where override.pattern.matches(path, from: override.folder) {
      result.merge(override.rules)
    }
    return result
  }

  /// Whether a search leaves a file or folder out, given by its absolute path.
  public func excludes(_ path: String, isFolder: Bool) -> Bool {
    excluded.contains { $0.pattern.matches(path, from: $0.folder, isFolder: isFolder) }
  }
}

extension LintConfiguration.Rules {
  /// How severe findings of a rule are; nil where it is off.
  public func severity(of rule: RuleDescription, includesPreview: Bool) -> Diagnostic.Severity? {
    for name in [rule.id.name] + rule.formerNames {
      if let level = levels[name] { return level.severity }
    }
    if rule.group == .budget {
      guard options[rule.id.name] != nil else { return nil }
      return levels[rule.group.rawValue].map(\.severity) ?? rule.group.severity
    }
    if rule.isPreview && !includesPreview { return nil }
    return levels[rule.group.rawValue].map(\.severity) ?? rule.group.severity
  }
}

/// Versions such as `>=0.2, <1`.
public struct VersionRequirement: Hashable, Sendable {
  private struct Bound: Hashable, Sendable {
    var comparison: String
    var version: [Int]
  }

  public let text: String
  private let bounds: [Bound]

  /// nil where the text is no requirement.
  public init?(_ text: String) {
    self.text = text
    var bounds: [Bound] = []
    for part in text.split(separator: ",") {
      let part = part.filter { !$0.isWhitespace }
      let comparison = String(part.prefix { "<>=".contains($0) })
      guard ["", "=", "==", ">=", ">", "<=", "<"].contains(comparison),
        let version = Self.numbers(part.dropFirst(comparison.count))
      else { return nil }
      bounds.append(Bound(comparison: comparison, version: version))
    }
    guard !bounds.isEmpty else { return nil }
    self.bounds = bounds
  }

  public func contains(_ version: String) -> Bool {
    guard let version = Self.numbers(version) else { return false }
    return bounds.allSatisfy { bound in
      let order = Self.order(version, bound.version)
      switch bound.comparison {
      case ">=": return order >= 0
      case ">": return order > 0
      case "<=": return order <= 0
      case "<": return order < 0
      default: return order == 0
      }
    }
  }

  private static func numbers(_ text: some StringProtocol) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    return numbers + Array(repeating: 0, count: 3 - numbers.count)
  }

  private static func order(_ a: [Int], _ b: [Int]) -> Int {
    for (a, b) in zip(a, b) where a != b { return a < b ? -1 : 1 }
    return 0
  }
}
