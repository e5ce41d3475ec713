import FCNCore

/// A finding as the JSON forms have it.
struct JSONFinding: Encodable {
  struct Label: Encodable {
    var range: Range
    var text: String
  }

  struct Fix: Encodable {
    var title: String
    var applicability: String
    var edits: [Edit]
  }

  struct Edit: Encodable {
    var range: Range
    var replacement: String
  }

  struct Range: Encodable {
    var file: String
    var start: Place
    var end: Place

    init(_ range: SourceRange) {
      file = range.file.path
      start = Place(range.start, range.lower)
      end = Place(range.end, range.upper)
    }
  }

  struct Place: Encodable {
    var line: Int
    var column: Int
    var offset: Int

    init(_ position: SourcePosition, _ offset: Int) {
      line = position.line
      column = position.column
      self.offset = offset
    }
  }

  var id: String
  var severity: String
  var message: String
  var range: Range?
  var label: String?
  var related: [Label]
  var notes: [String]
  var help: String?
  var fixes: [Fix]

  init(_ diagnostic: Diagnostic) {
    id = diagnostic.id.name
    severity = diagnostic.severity.rawValue
    message = diagnostic.message
    range = diagnostic.range.map(Range.init)
    label = diagnostic.label
    related = diagnostic.related.map { Label(range: Range($0.range), text: $0.text) }
    notes = diagnostic.notes
    help = diagnostic.help
    fixes = diagnostic.fixIts.map { fixIt in
      Fix(
        title: fixIt.title, applicability: fixIt.applicability.rawValue,
        edits: fixIt.edits.map { Edit(range: Range($0.range), replacement: $0.replacement) })
    }
  }
}
