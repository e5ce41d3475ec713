/// Finds the name that a misspelt one was probably meant to be.
public enum Suggestion {
  /// Longer names are no slips of the pen.
  private static let lengthLimit = 256

  /// The candidate nearest to `name` by edit distance (with transpositions), if it differs in at most a third of
  /// the longer one's characters; nil otherwise.
  public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    let length = name.unicodeScalars.count
    guard length <= lengthLimit else { return nil }
    for candidate in candidates where candidate != name {
      let candidateLength = candidate.unicodeScalars.count
      let limit = max(1, max(length, candidateLength) / 3)
      // Words of more than 64 characters are compared by their beginnings only.
      guard candidateLength <= lengthLimit,
        abs(length - candidateLength) <= limit || min(length, candidateLength) > 64
      else { continue }
      let distance = editDistance(name, candidate)
      guard distance <= limit else { continue }
      if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two words
  /// (optimal string alignment).
  static func editDistance(_ first: String, _ second: String) -> Int {
    let a = Array(first.lowercased().unicodeScalars.prefix(64))
    let b = Array(second.lowercased().unicodeScalars.prefix(64))
    var rows = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
      for j in 1...b.count {
        let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        rows[i][j] = min(replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
