/// The beginning of a weight name, or the whole name without `.weight`, `.bias` ...
struct WeightPath {
  var text = ""
  /// The evaluation of an absolute label that the path begins at, nil where it begins at the network.
  var anchor: Int?

  func appending(_ component: String) -> WeightPath {
    var result = self
    result.text = text.isEmpty ? component : component.isEmpty ? text : "\(text).\(component)"
    return result
  }
}

/// Gives the stages of one statement their names: the value that it defines, the stage, and a number from the second
/// use of the same stage on. Every use counts, labelled or not, so that a new label renames nothing else.
final class StatementNames {
  /// The name of the value that the statement defines; nil for a result, which defines none.
  let base: String?
  private var counts: [String: Int] = [:]

  init(base: String?) { self.base = base }

  func path(forUseOf stage: String) -> String {
    let count = counts[stage, default: 0] + 1
    counts[stage] = count
    let name = count == 1 ? stage : "\(stage)\(count)"
    return base.map { "\($0).\(name)" } ?? name
  }
}
