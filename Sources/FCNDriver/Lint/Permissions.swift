import FCNCore

/// Comments that allow what is found now, for files that begin to be linted.
public enum Permissions {
  /// A text in which every finding of a rule is allowed where it is, and how many findings that are. A line that has a
  /// comment already gets none.
  /// - Parameter marker: what begins a comment.
  public static func added(
    to file: SourceFile, for findings: [Diagnostic], comments: [Comment], marker: String
  ) -> (text: String, count: Int) {
    var rules: [Int: Set<String>] = [:]
    var count = 0
    let taken = Set(comments.map { file.lineNumber(at: $0.range.lower) })
    for finding in findings {
      guard let range = finding.range, range.file.path == file.path else { continue }
      let line = file.lineNumber(at: range.lower)
      if taken.contains(line) { continue }
      rules[line, default: []].insert(finding.id.name)
      count += 1
    }
    var bytes: [UInt8] = []
    var position = 0
    for (line, names) in rules.sorted(by: { $0.key < $1.key }) {
      // Line ends stay as they are.
      let end = file.lineStarts[line - 1] + file.line(line).utf8.count
      bytes += file.bytes[position..<end]
      bytes += Array("  \(marker) fcnc: allow(\(names.sorted().joined(separator: ", ")))".utf8)
      position = end
    }
    let text = String(decoding: bytes + file.bytes[position...], as: UTF8.self)
    return (text, count)
  }
}
