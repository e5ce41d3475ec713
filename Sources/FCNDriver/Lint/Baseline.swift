import FCNCore
import Foundation

/// Findings that were there when a repository began to be linted: they are not reported again until they are mended.
public struct Baseline: Codable, Sendable {
  public struct Entry: Codable, Hashable, Sendable {
    /// From the folder of the baseline.
    public var file: String
    public var rule: String
    /// The hash of the fingerprint.
    public var hash: String
    /// How many there are.
    public var count: Int
  }

  public var version = 1
  public var findings: [Entry] = []

  public static let fileName = ".fcnc-baseline.json"

  /// Reads a baseline.
  public init(path: String) throws(Session.Failure) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Session.Failure("the baseline `\(path)` cannot be read", help: "`--write-baseline` makes one")
    }
    do { self = try JSONDecoder().decode(Self.self, from: data) } catch {
      throw Session.Failure("`\(path)` is no baseline of fcnc", help: "`--write-baseline` makes a new one")
    }
    guard version == 1 else {
      throw Session.Failure("`\(path)` is a baseline of version \(version), which this fcnc does not know")
    }
  }

  /// A baseline of findings; errors never become part of one.
  /// - Parameter relative: the path of a file from the folder of the baseline.
  public init(of findings: [Diagnostic], relative: (String) -> String) {
    var counts: [Entry: Int] = [:]
    for (finding, fingerprint) in zip(findings, Fingerprint.all(of: findings)) {
      guard let key = Self.key(finding, fingerprint, relative) else { continue }
      counts[key, default: 0] += 1
    }
    self.findings = counts.map { key, count in
      Entry(file: key.file, rule: key.rule, hash: key.hash, count: count)
    }.sorted { ($0.file, $0.rule, $0.hash) < ($1.file, $1.rule, $1.hash) }
  }

  private static func key(
    _ finding: Diagnostic, _ fingerprint: Fingerprint, _ relative: (String) -> String
  ) -> Entry? {
    guard finding.severity != .error, let file = finding.range?.file.path else { return nil }
    return Entry(file: relative(file), rule: finding.id.name, hash: fingerprint.hash, count: 0)
  }

  /// The findings that are not excused, and the entries for which less was found than they excuse, with how many are left.
  /// - Parameter checked: the files that were looked at, from the folder of the baseline; of others nothing is known.
  public func apply(
    to findings: [Diagnostic], checked: Set<String>, relative: (String) -> String
  ) -> (left: [Diagnostic], stale: [Entry]) {
    var room: [Entry: Int] = [:]
    for entry in self.findings {
      room[Entry(file: entry.file, rule: entry.rule, hash: entry.hash, count: 0)] = entry.count
    }
    var left: [Diagnostic] = []
    for (finding, fingerprint) in zip(findings, Fingerprint.all(of: findings)) {
      if let key = Self.key(finding, fingerprint, relative), let count = room[key], count > 0 {
        room[key] = count - 1
      } else {
        left.append(finding)
      }
    }
    let stale = room.filter { $0.value > 0 && checked.contains($0.key.file) }.map { key, count in
      Entry(file: key.file, rule: key.rule, hash: key.hash, count: count)
    }.sorted { ($0.file, $0.rule, $0.hash) < ($1.file, $1.rule, $1.hash) }
    return (left, stale)
  }

  /// Takes excuses away that nothing needs.
  public mutating func prune(_ stale: [Entry]) {
    for entry in stale {
      guard
        let index = findings.firstIndex(where: {
          $0.file == entry.file && $0.rule == entry.rule && $0.hash == entry.hash
        })
      else { continue }
      findings[index].count -= entry.count
    }
    findings.removeAll { $0.count <= 0 }
  }

  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { preconditionFailure("a baseline could not be encoded") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
