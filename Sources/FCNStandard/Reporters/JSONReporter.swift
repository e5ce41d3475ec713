import FCNCore
import Foundation

/// Findings for programs: one JSON object with the version of the form and the findings. Lines and columns count from
/// 1, columns in Unicode scalars; offsets count UTF-8 bytes from 0; an end is exclusive.
public struct JSONReporter: Reporter {
  public let name = "json"

  public init() {}

  public func report(_ diagnostics: [Diagnostic]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Strings, whole numbers and lists can always be encoded.
    guard let data = try? encoder.encode(Report(diagnostics: diagnostics.map(Finding.init))) else {
      preconditionFailure("a report could not be encoded")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private struct Report: Encodable {
    var version = 1
    var diagnostics: [Finding]
  }

  private struct Finding: Encodable {
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

  private struct Label: Encodable {
    var range: Range
    var text: String
  }

  private struct Fix: Encodable {
    var title: String
    var applicability: String
    var edits: [Edit]
  }

  private struct Edit: Encodable {
    var range: Range
    var replacement: String
  }

  private struct Range: Encodable {
    var file: String
    var start: Place
    var end: Place

    init(_ range: SourceRange) {
      file = range.file.path
      start = Place(range.start, range.lower)
      end = Place(range.end, range.upper)
    }
  }

  private struct Place: Encodable {
    var line: Int
    var column: Int
    var offset: Int

    init(_ position: SourcePosition, _ offset: Int) {
      line = position.line
      column = position.column
      self.offset = offset
    }
  }
}
