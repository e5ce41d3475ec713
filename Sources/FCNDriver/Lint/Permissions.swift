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
    var text = ""
    for line in 1...file.lineStarts.count {
      text += file.line(line)
      if let names = rules[line] { text += "  \(marker) fcnc: allow(\(names.sorted().joined(separator: ", ")))" }
      if line < file.lineStarts.count { text += "\n" }
    }
    return (text, count)
  }
}
