/// How a text differs from another, as `diff -u` writes it.
enum UnifiedDiff {
  /// Equal lines around each change that are shown.
  private static let context = 3

  static func text(from old: String, to new: String, path: String) -> String {
    let edits = edits(lines(old), lines(new))
    let changed = edits.indices.filter { edits[$0].mark != " " }
    guard let first = changed.first else { return "" }
    // Changes with few lines between them share a hunk.
    var hunks = [first...first]
    for index in changed.dropFirst() {
      if let last = hunks.last, index - last.upperBound <= 2 * context {
        hunks[hunks.count - 1] = last.lowerBound...index
      } else {
        hunks.append(index...index)
      }
    }
    var text = "--- \(path)\n+++ \(path)\n"
    for hunk in hunks {
      let shown = max(hunk.lowerBound - context, 0)...min(hunk.upperBound + context, edits.count - 1)
      let part = edits[shown]
      func range(without mark: Character) -> String {
        let start = edits[..<shown.lowerBound].count { $0.mark != mark }
        let count = part.count { $0.mark != mark }
        return "\(count == 0 ? start : start + 1),\(count)"
      }
      text += "@@ -\(range(without: "+")) +\(range(without: "-")) @@\n"
      for edit in part {
        text += "\(edit.mark)\(edit.line)" + (edit.line.hasSuffix("\n") ? "" : "\n\\ No newline at end of file\n")
      }
    }
    return text
  }

  /// The lines with their line breaks.
  private static func lines(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: "\n").map { text.index(after: $0) } ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  /// Every line of both texts: kept (` `), removed (`-`) or added (`+`), removed ones first.
  private static func edits(_ old: [Substring], _ new: [Substring]) -> [(mark: Character, line: Substring)] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var edits: [(mark: Character, line: Substring)] = []
    var (position, other) = (0, 0)
    while position < old.count || other < new.count {
      if removed.contains(position) {
        edits.append(("-", old[position]))
        position += 1
      } else if added.contains(other) {
        edits.append(("+", new[other]))
        other += 1
      } else {
        edits.append((" ", old[position]))
        position += 1
        other += 1
      }
    }
    return edits
  }
}
