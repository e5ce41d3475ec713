import FCNCore

/// Applies the changes that mend findings.
public enum Fixer {
  /// The text of a file after as many changes as do not touch each other.
  /// - Returns: nil where there is nothing to change.
  public static func apply(
    _ findings: [Diagnostic], to file: SourceFile, upTo applicability: FixIt.Applicability
  ) -> (bytes: [UInt8], count: Int)? {
    var edits: [FixIt.Edit] = []
    var count = 0
    for finding in findings {
      guard let fixIt = finding.fixIts.first(where: { $0.applicability.rank <= applicability.rank }),
        fixIt.edits.allSatisfy({ $0.range.file.path == file.path }),
        !fixIt.edits.contains(where: { edit in edits.contains { $0.range.touches(edit.range) } })
      else { continue }
      edits += fixIt.edits
      count += 1
    }
    guard count > 0 else { return nil }
    var bytes: [UInt8] = []
    var position = 0
    for edit in edits.sorted(by: { $0.range.lower < $1.range.lower }) {
      bytes += file.bytes[position..<edit.range.lower]
      bytes += Array(edit.replacement.utf8)
      position = edit.range.upper
    }
    return (bytes + file.bytes[position...], count)
  }

  /// How often a file is changed and looked at again at most: a change may make room for another.
  private static let roundLimit = 10

  /// Changes a text until nothing is left that may be changed.
  /// - Parameter lint: the findings of a text.
  public static func fix(
    _ file: SourceFile, upTo applicability: FixIt.Applicability, lint: (SourceFile) -> [Diagnostic]
  ) -> (file: SourceFile, count: Int) {
    var file = file
    var total = 0
    for _ in 0..<roundLimit {
      guard let (bytes, count) = apply(lint(file), to: file, upTo: applicability) else { break }
      file = SourceFile(path: file.path, bytes: bytes)
      total += count
    }
    return (file, total)
  }
}

extension FixIt.Applicability {
  fileprivate var rank: Int {
    switch self {
    case .automatic: 0
    case .suggested: 1
    case .manual: 2
    }
  }
}

extension SourceRange {
  fileprivate func touches(_ other: SourceRange) -> Bool { lower <= other.upper && other.lower <= upper }
}
