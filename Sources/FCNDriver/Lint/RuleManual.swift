import FCNCore
import Foundation

/// The manual of the rules, made from what they say about themselves.
public enum RuleManual {
  /// A line for each rule, by groups.
  public static func list(_ rules: [RuleDescription]) -> String {
    let width = rules.map(\.id.name.count).max() ?? 0
    return RuleDescription.Group.allCases.map { group in
      let own = rules.filter { $0.group == group }.sorted { $0.id.name < $1.id.name }
      guard !own.isEmpty else { return "" }
      let lines = own.map { rule in
        let name = rule.id.name.padding(toLength: width, withPad: " ", startingAt: 0)
        return "  \(name)  \(rule.summary)\(rule.isPreview ? " (preview)" : "")\n"
      }
      return "\(group.rawValue): \(group.meaning)\n" + lines.joined()
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// One rule for people at a terminal.
  public static func explanation(_ rule: RuleDescription, _ linter: Linter) -> String {
    var parts = [head(rule), rule.id.explanation]
    if let bad = rule.examples.first(where: \.isBad) {
      parts.append("Found in:\n\n\(indented(bad.text))")
      parts.append(findingText(rule, bad, linter))
    }
    if let good = rule.examples.first(where: { !$0.isBad }) {
      parts.append("Not found in:\n\n\(indented(good.text))")
    }
    if !rule.options.isEmpty { parts.append("Options:\n\n" + options(rule).map { "  \($0)" }.joined(separator: "\n")) }
    if !rule.references.isEmpty {
      parts.append("Literature:\n\n" + rule.references.map { "  \($0)" }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// One rule as a section of a Markdown page.
  public static func section(_ rule: RuleDescription, _ linter: Linter) -> String {
    var parts = [
      "### \(rule.id.name)", head(rule).split(separator: "\n").dropFirst().joined(separator: "\n"), rule.id.explanation,
    ]
    for bad in rule.examples.filter(\.isBad).prefix(1) {
      parts.append("```fcn\n\(bad.text)\n```")
      parts.append("```text\n\(findingText(rule, bad, linter))\n```")
    }
    for good in rule.examples.filter({ !$0.isBad }).prefix(1) {
      parts.append("Not found in:")
      parts.append("```fcn\n\(good.text)\n```")
    }
    if !rule.options.isEmpty { parts.append(options(rule).map { "- \($0)" }.joined(separator: "\n")) }
    if !rule.references.isEmpty { parts.append(rule.references.map { "- \($0)" }.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The page with all rules.
  public static func page(_ rules: [RuleDescription], _ linter: Linter) -> String {
    var text = """
      # Rules

      The rules of `fcnc lint`, by groups. This page is made by `fcnc rules --format markdown` from the rules themselves, whose
      examples are also their tests. How they are chosen and silenced: [Linting](Linting.md).

      """
    for group in RuleDescription.Group.allCases {
      let own = rules.filter { $0.group == group }.sorted { $0.id.name < $1.id.name }
      guard !own.isEmpty else { continue }
      text += "\n## \(group.rawValue)\n\nFindings: \(group.meaning).\n"
      for rule in own { text += "\n" + section(rule, linter) }
    }
    return text
  }

  /// The rules for programs.
  public static func json(_ rules: [RuleDescription]) throws -> String {
    struct Option: Encodable {
      var name: String
      var takes: String
      var summary: String
    }
    struct Rule: Encodable {
      var id: String
      var group: String
      var severity: String?
      var summary: String
      var explanation: String
      var references: [String]
      var options: [Option]
      var since: String
      var isPreview: Bool
      var formerNames: [String]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let list = rules.sorted { $0.id.name < $1.id.name }.map { rule in
      Rule(
        id: rule.id.name, group: rule.group.rawValue, severity: rule.group.severity?.rawValue, summary: rule.summary,
        explanation: rule.id.explanation, references: rule.references,
        options: rule.options.map { Option(name: $0.name, takes: $0.kindInWords, summary: $0.summary) },
        since: rule.since, isPreview: rule.isPreview, formerNames: rule.formerNames)
    }
    return String(decoding: try encoder.encode(list), as: UTF8.self) + "\n"
  }

  // MARK: Parts

  private static func head(_ rule: RuleDescription) -> String {
    let former = rule.formerNames.isEmpty ? "" : ", formerly \(rule.formerNames.joined(separator: ", "))"
    return "\(rule.id.name)\n\(rule.summary) (\(rule.group.rawValue), since \(rule.since)"
      + "\(rule.isPreview ? ", preview" : "")\(former))"
  }

  private static func findingText(_ rule: RuleDescription, _ example: RuleExample, _ linter: Linter) -> String {
    let findings = linter.findings(of: rule, in: example)
    let text = findings.map { DiagnosticRenderer().render($0) }.joined(separator: "\n")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while line.last == " " { line = line.dropLast() }
      return String(line)
    }.joined(separator: "\n").trimmingCharacters(in: .newlines)
  }

  private static func options(_ rule: RuleDescription) -> [String] {
    rule.options.map { "`\($0.name)`: \($0.kindInWords). \($0.summary)" }
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }
}

extension RuleDescription.Group {
  /// What the group is, in words.
  var meaning: String {
    switch self {
    case .correctness: "certainly wrong; errors"
    case .suspicious: "probably not meant; warnings"
    case .performance: "time or memory that the answer does not need; warnings"
    case .style: "could be written more clearly; notes"
    case .pedantic: "right as it is, but some want to know; off unless they are asked for"
    case .budget: "limits that `fcnc.yaml` sets; errors, off unless it does"
    }
  }
}
