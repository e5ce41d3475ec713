/// What a reporter is given: the findings of a run and what is known of them.
public struct FindingReport: Sendable {
  /// A finding that a comment allows.
  public struct Suppressed: Sendable {
    public var diagnostic: Diagnostic
    public var reason: String

    public init(_ diagnostic: Diagnostic, reason: String) {
      self.diagnostic = diagnostic
      self.reason = reason
    }
  }

  /// The findings, sorted by file and place.
  public var diagnostics: [Diagnostic]
  public var suppressed: [Suppressed]
  /// Every file that was looked at, also those without findings, as the user named them.
  public var files: [String]
  /// The rules by their ids; a finding of the compiler itself has none.
  public var rules: [String: RuleDescription]
  /// The version of fcnc.
  public var version: String
  /// What stands before a path to make it one from the root of the repository, `networks/` in a folder of that name; nil
  /// where the working folder lies in none. Paths that are absolute already begin with `root`.
  public var prefix: String?
  /// The absolute path of the repository's root, ending with a slash.
  public var root: String?
  /// The most findings that a report for people prints; forms for programs hold every finding.
  public var limit: Int?

  public init(
    _ diagnostics: [Diagnostic], suppressed: [Suppressed] = [], files: [String] = [],
    rules: [String: RuleDescription] = [:], version: String = "", prefix: String? = nil, root: String? = nil,
    limit: Int? = nil
  ) {
    self.diagnostics = diagnostics
    self.suppressed = suppressed
    self.files = files
    self.rules = rules
    self.version = version
    self.prefix = prefix
    self.root = root
    self.limit = limit
  }

  /// A path from the root of the repository, with `/` between its parts and without `.` and `..`.
  public func repositoryPath(_ path: String) -> String {
    var full = path
    if path.hasPrefix("/") {
      if let root, path.hasPrefix(root) { full = String(path.dropFirst(root.count)) }
    } else {
      full = (prefix ?? "") + path
    }
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (full.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
