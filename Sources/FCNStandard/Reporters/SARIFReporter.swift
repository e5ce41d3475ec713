import FCNCore

/// SARIF 2.1.0 (OASIS), with everything that GitHub's code scanning asks for: rules with three descriptions, regions with
/// both ends, fingerprints. Columns count Unicode code points. A finding that a comment allows is a suppressed result.
public struct SARIFReporter: Reporter {
  public let name = "sarif"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    let all = findings.diagnostics + findings.suppressed.map(\.diagnostic)
    var rules: [Rule] = []
    var positions: [String: Int] = [:]
    for diagnostic in all where positions[diagnostic.id.name] == nil {
      positions[diagnostic.id.name] = rules.count
      rules.append(rule(diagnostic, findings.rules[diagnostic.id.name]))
    }
    func results(_ diagnostics: [Diagnostic]) -> [Result] {
      zip(diagnostics, Fingerprint.all(of: diagnostics)).map { diagnostic, fingerprint in
        result(diagnostic, positions[diagnostic.id.name] ?? 0, fingerprint, findings)
      }
    }
    var suppressed = results(findings.suppressed.map(\.diagnostic))
    for (index, entry) in findings.suppressed.enumerated() {
      suppressed[index].suppressions = [
        Suppression(justification: entry.reason.isEmpty ? nil : entry.reason)
      ]
    }
    let driver = Driver(semanticVersion: findings.version.isEmpty ? "0.0.0" : findings.version, rules: rules)
    return JSONText.pretty(
      Log(runs: [Run(tool: Tool(driver: driver), results: results(findings.diagnostics) + suppressed)]))
  }

  // MARK: Parts

  private func rule(_ diagnostic: Diagnostic, _ description: RuleDescription?) -> Rule {
    let explanation = diagnostic.id.explanation
    let first = String(explanation.prefix { $0 != "\n" })
    let summary = description?.summary ?? (first.count > Self.textLimit ? diagnostic.id.name : first)
    let help = ([explanation] + (description?.references ?? []).map { "See \($0)." }).joined(separator: "\n\n")
    let severity = description?.group.severity ?? diagnostic.severity
    return Rule(
      id: diagnostic.id.name, name: Self.camelCase(diagnostic.id.name), shortDescription: Text(Self.short(summary)),
      fullDescription: Text(Self.short(first.isEmpty ? summary : first)), help: Help(text: help, markdown: help),
      defaultConfiguration: Configuration(level: severity.rawValue),
      properties: Properties(
        precision: description?.group == .suspicious || description?.group == .pedantic ? "medium" : "very-high",
        tags: [description?.group.rawValue ?? "compiler"],
        severity: severity == .error ? "error" : severity == .warning ? "warning" : "recommendation"))
  }

  private func result(
    _ diagnostic: Diagnostic, _ rule: Int, _ fingerprint: Fingerprint, _ findings: FindingReport
  ) -> Result {
    var text = diagnostic.message
    var related: [RelatedLocation] = []
    for label in diagnostic.related {
      let id = related.count + 1
      related.append(
        RelatedLocation(
          id: id, message: Text(label.text), physicalLocation: physicalLocation(label.range, findings)))
      text += "\n[\(Self.linkText(label.text))](\(id))"
    }
    for note in diagnostic.notes { text += "\nnote: \(note)" }
    if let help = diagnostic.help { text += "\nhelp: \(help)" }
    let place = diagnostic.range.map { physicalLocation($0, findings) } ?? Self.nowhere(findings)
    return Result(
      ruleId: diagnostic.id.name, ruleIndex: rule, level: diagnostic.severity.rawValue, message: Text(text),
      locations: [Location(physicalLocation: place)], relatedLocations: related.isEmpty ? nil : related,
      partialFingerprints: ["primaryLocationLineHash": fingerprint.text],
      fixes: diagnostic.fixIts.isEmpty ? nil : diagnostic.fixIts.map { fix($0, findings) })
  }

  private func fix(_ fixIt: FixIt, _ findings: FindingReport) -> Fix {
    let byFile = Dictionary(grouping: fixIt.edits) { $0.range.file.path }
    return Fix(
      description: Text(fixIt.title),
      artifactChanges: byFile.sorted { $0.key < $1.key }.map { path, edits in
        Change(
          artifactLocation: Artifact(uri: Self.uri(findings.repositoryPath(path))),
          replacements: edits.map { edit in
            Replacement(deletedRegion: region(edit.range), insertedContent: Text(edit.replacement))
          })
      })
  }

  private func physicalLocation(_ range: SourceRange, _ findings: FindingReport) -> PhysicalLocation {
    PhysicalLocation(
      artifactLocation: Artifact(uri: Self.uri(findings.repositoryPath(range.file.path))), region: region(range))
  }

  private func region(_ range: SourceRange) -> Region {
    let (start, end) = (range.start, range.end)
    return Region(startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
  }

  /// For what has no place in a text: the first line of the first file.
  private static func nowhere(_ findings: FindingReport) -> PhysicalLocation {
    PhysicalLocation(
      artifactLocation: Artifact(uri: uri(findings.repositoryPath(findings.files.first ?? "fcnc.yaml"))),
      region: Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1))
  }

  /// GitHub's limit for descriptions.
  private static let textLimit = 1024

  private static func short(_ text: String) -> String {
    text.count <= textLimit ? text : text.prefix(textLimit - 4) + " ..."
  }

  private static func linkText(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  /// `misaligned-join` as `MisalignedJoin`.
  private static func camelCase(_ name: String) -> String {
    name.split { $0 == "-" || $0 == "/" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// A path as a relative reference (RFC 3986).
  private static func uri(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte) || "/-._~".unicodeScalars.contains(scalar))
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }

  // MARK: The objects of the format

  private struct Log: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case version, runs
    }
  }

  private struct Run: Encodable {
    var tool: Tool
    var automationDetails = ["id": "fcnc/"]
    var columnKind = "unicodeCodePoints"
    var results: [Result]
  }

  private struct Tool: Encodable { var driver: Driver }

  private struct Driver: Encodable {
    var name = "fcnc"
    var semanticVersion: String
    var rules: [Rule]
  }

  private struct Rule: Encodable {
    var id: String
    var name: String
    var shortDescription: Text
    var fullDescription: Text
    var help: Help
    var defaultConfiguration: Configuration
    var properties: Properties
  }

  private struct Text: Encodable {
    var text: String
    init(_ text: String) { self.text = text }
  }

  private struct Help: Encodable {
    var text: String
    var markdown: String
  }

  private struct Configuration: Encodable { var level: String }

  private struct Properties: Encodable {
    var precision: String
    var tags: [String]
    var severity: String

    enum CodingKeys: String, CodingKey {
      case precision, tags
      case severity = "problem.severity"
    }
  }

  private struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Text
    var locations: [Location]
    var relatedLocations: [RelatedLocation]?
    var partialFingerprints: [String: String]
    var fixes: [Fix]?
    var suppressions: [Suppression]?
  }

  private struct Suppression: Encodable {
    var kind = "inSource"
    var justification: String?
  }

  private struct Location: Encodable { var physicalLocation: PhysicalLocation }

  private struct RelatedLocation: Encodable {
    var id: Int
    var message: Text
    var physicalLocation: PhysicalLocation
  }

  private struct PhysicalLocation: Encodable {
    var artifactLocation: Artifact
    var region: Region
  }

  private struct Artifact: Encodable { var uri: String }

  private struct Region: Encodable {
    var startLine: Int
    var startColumn: Int
    var endLine: Int
    var endColumn: Int
  }

  private struct Fix: Encodable {
    var description: Text
    var artifactChanges: [Change]
  }

  private struct Change: Encodable {
    var artifactLocation: Artifact
    var replacements: [Replacement]
  }

  private struct Replacement: Encodable {
    var deletedRegion: Region
    var insertedContent: Text
  }
}
