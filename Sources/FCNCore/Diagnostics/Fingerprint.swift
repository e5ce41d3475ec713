/// What stays of a finding when lines above it come and go: its rule, the text of its line, and which of several equal ones
/// in the file it is. SARIF calls it `primaryLocationLineHash`; the baseline goes by it too.
public struct Fingerprint: Hashable, Sendable {
  /// 32 hexadecimal digits for the rule and the line without its blanks.
  public var hash: String
  /// 1 for the first of the file.
  public var occurrence: Int

  public init(hash: String, occurrence: Int) {
    self.hash = hash
    self.occurrence = occurrence
  }

  public var text: String { "\(hash):\(occurrence)" }

  /// The fingerprints of findings that are sorted by file and place, in their order.
  public static func all(of diagnostics: [Diagnostic]) -> [Fingerprint] {
    struct Key: Hashable {
      var file: String
      var hash: String
    }
    var counts: [Key: Int] = [:]
    return diagnostics.map { diagnostic in
      let line = diagnostic.range.map { $0.file.line($0.start.line) } ?? diagnostic.message
      var hash = ContentHash()
      hash.add(diagnostic.id.name)
      hash.add(line.split(whereSeparator: \.isWhitespace).joined())
      let key = Key(file: diagnostic.range?.file.path ?? "", hash: hash.text)
      counts[key, default: 0] += 1
      return Fingerprint(hash: key.hash, occurrence: counts[key] ?? 1)
    }
  }
}
