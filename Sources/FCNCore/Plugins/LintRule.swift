/// A rule of `fcnc lint`. It looks for one thing that is probably not meant, in the text of a file or in the graph of a
/// network that has no errors, and holds no state.
public protocol LintRule: SendableMetatype {
  /// What the rule is called, what it means and examples of it, which are its tests and its manual page.
  static var description: RuleDescription { get }
  /// Looks at the text of a file, which may hold definitions only.
  static func check(_ text: AnalyzedText, report: inout RuleReport)
  /// Looks at the graph of a network.
  static func check(_ network: AnalyzedNetwork, report: inout RuleReport)
}

extension LintRule {
  public static func check(_ text: AnalyzedText, report: inout RuleReport) {}
  public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {}
}

/// What a rule says about itself.
public struct RuleDescription: Sendable {
  /// What a finding of a rule is worth.
  public enum Group: String, Sendable, CaseIterable {
    /// Certainly wrong.
    case correctness
    /// Probably not meant.
    case suspicious
    /// Costs time or memory that the answer does not need.
    case performance
    /// Could be written more clearly.
    case style
    /// Right as it is, but some want to know; off unless it is asked for.
    case pedantic
    /// A limit that the configuration sets; off unless it does.
    case budget
  }

  /// The kebab-case name, which states the bad thing, and the explanation: why it is bad and what to do.
  public var id: DiagnosticID
  public var group: Group
  /// One line.
  public var summary: String
  /// Literature that the rule rests on.
  public var references: [String]
  /// What the configuration may set.
  public var options: [Parameter]
  /// The version of fcnc that had it first.
  public var since: String
  /// True while it is new: it is off unless the configuration asks for such rules.
  public var isPreview: Bool
  /// Names that it had before.
  public var formerNames: [String]
  public var examples: [RuleExample]

  public init(
    _ name: String, _ group: Group, since: String, isPreview: Bool = false, summary: String, explanation: String,
    references: [String] = [], options: [Parameter] = [], formerNames: [String] = [], examples: [RuleExample]
  ) {
    id = DiagnosticID(name, explanation)
    self.group = group
    self.summary = summary
    self.references = references
    self.options = options
    self.since = since
    self.isPreview = isPreview
    self.formerNames = formerNames
    self.examples = examples
  }
}

extension RuleDescription {
  /// The options that hold where nothing is configured.
  public var defaultOptions: Arguments {
    var values: [String: Argument] = [:]
    for option in options {
      if case .value(let value) = option.defaultValue { values[option.name] = value }
    }
    return Arguments(values)
  }
}

extension RuleDescription.Group {
  /// How severe its findings are where nothing else is configured; nil where they are off.
  public var severity: Diagnostic.Severity? {
    switch self {
    case .correctness, .budget: .error
    case .suspicious, .performance: .warning
    case .style: .note
    case .pedantic: nil
    }
  }
}

/// A network text with what the rule finds in it.
public struct RuleExample: Sendable {
  /// The text; what the rule underlines stands between `«` and `»`.
  public var markedText: String
  /// The text after the fixes of the rule, where it has some.
  public var fixedText: String?
  /// The options of the rule.
  public var options: [String: Argument]
  /// The texts of files that it includes, by their paths.
  public var includes: [String: String]

  public static func bad(
    _ text: String, fixed: String? = nil, options: [String: Argument] = [:], includes: [String: String] = [:]
  ) -> Self {
    Self(markedText: text, fixedText: fixed, options: options, includes: includes)
  }

  public static func good(
    _ text: String, options: [String: Argument] = [:], includes: [String: String] = [:]
  ) -> Self {
    Self(markedText: text, fixedText: nil, options: options, includes: includes)
  }

  /// The text without the marks.
  public var text: String { markedText.replacing("«", with: "").replacing("»", with: "") }

  /// Whether the rule finds something.
  public var isBad: Bool { markedText.contains("«") }

  /// The byte ranges of the plain text that are marked, in order.
  public var markedRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var open: [Int] = []
    var offset = 0
    for character in markedText {
      switch character {
      case "«": open.append(offset)
      case "»": if let start = open.popLast() { ranges.append(start..<offset) }
      default: offset += character.utf8.count
      }
    }
    return ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }
}
