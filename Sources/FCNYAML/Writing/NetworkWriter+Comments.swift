import FCNCore

extension NetworkWriter {
  func line(_ offset: Int) -> Int { tree.file.lineNumber(at: offset) }

  static func spelling(_ comment: Comment) -> String {
    comment.text.isEmpty || comment.text.hasPrefix("#") ? "#" + comment.text : "# " + comment.text
  }

  /// A pair with the comments before its range, behind it on its line, and those in it that found no line of their own.
  mutating func pair(_ range: SourceRange, _ key: String, _ form: (inout NetworkWriter) -> Form) -> Form.Pair {
    var notes = notes(range)
    let form = form(&self)
    notes.before += takeComments(before: range.upper)
    return Form.Pair(key: key, form: form, notes: notes)
  }

  mutating func element(_ range: SourceRange, _ form: (inout NetworkWriter) -> Form) -> Form.Element {
    var notes = notes(range)
    let form = form(&self)
    notes.before += takeComments(before: range.upper)
    return Form.Element(form: form, notes: notes)
  }

  /// Takes the comments before a range, and the one behind it where the range lies on one line.
  mutating func notes(_ range: SourceRange) -> Form.Notes {
    let first = pending.first { $0.range.lower < range.lower }?.range.lower ?? range.lower
    let number = line(first)
    var notes = Form.Notes()
    notes.blankBefore = number > 1 && tree.file.line(number - 1).allSatisfy(\.isWhitespace)
    notes.before = takeComments(before: range.lower)
    let isOneLine = line(range.lower) == line(range.upper)
    if isOneLine, let next = pending.firstIndex(where: { $0.range.lower >= range.upper }), pending[next].isTrailing,
      line(pending[next].range.lower) == line(range.upper)
    {
      notes.trailing = Self.spelling(pending.remove(at: next))
    }
    return notes
  }

  private mutating func takeComments(before offset: Int) -> [String] {
    let taken = pending.filter { $0.range.lower < offset }.map(Self.spelling)
    pending.removeAll { $0.range.lower < offset }
    return taken
  }
}
