import FCNCore
import Foundation

/// Results of earlier runs, by everything that they depend on: the texts of a file and of what it includes, the rules with
/// their levels and options, and the program. What cannot be read or written is as if it were not there.
public struct LintCache: Sendable {
  private let folder: String
  /// Changes with the program and its plugins.
  private let program: String

  /// - Parameters:
  ///   - folder: is made where it is not there.
  ///   - program: changes with the program and its plugins.
  public init?(folder: String, program: String) {
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      return nil
    }
    self.folder = folder
    self.program = program
  }

  /// The name of a result.
  func key(_ sources: [SourceFile], path: String, _ settings: [String]) -> String {
    var hash = ContentHash()
    hash.add(program)
    hash.add(path)
    for setting in settings { hash.add(setting) }
    for source in sources {
      hash.add(source.path)
      hash.add(source.bytes)
    }
    return hash.text
  }

  func load(_ key: String, path: String, sources: [SourceFile]) -> Linter.Result? {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(key)"),
      let entry = try? JSONDecoder().decode(Entry.self, from: data)
    else { return nil }
    var files: [String: SourceFile] = [:]
    for source in sources { files[source.path] = source }
    let findings = entry.findings.compactMap { $0.diagnostic(files) }
    let suppressed = entry.suppressed.compactMap { entry in
      entry.finding.diagnostic(files).map { FindingReport.Suppressed($0, reason: entry.reason) }
    }
    guard findings.count == entry.findings.count, suppressed.count == entry.suppressed.count else { return nil }
    var result = Linter.Result(path: path)
    (result.findings, result.suppressed, result.sources) = (findings, suppressed, sources)
    return result
  }

  func store(_ result: Linter.Result, _ key: String) {
    let entry = Entry(
      findings: result.findings.map(Finding.init),
      suppressed: result.suppressed.map { Suppressed(finding: Finding($0.diagnostic), reason: $0.reason) })
    guard let data = try? JSONEncoder().encode(entry) else { return }
    // Half of an entry is no JSON, so it is as if it were not there. What Foundation writes it has put on the disk too, which
    // takes as long as checking.
    guard let file = fopen("\(folder)/\(key)", "wb") else { return }
    data.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
  }

  // MARK: The form of an entry

  private struct Entry: Codable {
    var findings: [Finding]
    var suppressed: [Suppressed]
  }

  private struct Suppressed: Codable {
    var finding: Finding
    var reason: String
  }

  private struct Place: Codable {
    var file: String
    var lower: Int
    var upper: Int

    init(_ range: SourceRange) { (file, lower, upper) = (range.file.path, range.lower, range.upper) }

    func range(_ files: [String: SourceFile]) -> SourceRange? {
      guard let source = files[file], lower >= 0, lower <= upper, upper <= source.bytes.count else { return nil }
      return SourceRange(file: source, lower: lower, upper: upper)
    }
  }

  private struct Label: Codable {
    var place: Place
    var text: String
  }

  private struct Change: Codable {
    var title: String
    var applicability: String
    var edits: [Label]
  }

  private struct Finding: Codable {
    var id: String
    var explanation: String
    var severity: String
    var message: String
    var place: Place?
    var label: String?
    var related: [Label]
    var notes: [String]
    var help: String?
    var changes: [Change]

    init(_ diagnostic: Diagnostic) {
      id = diagnostic.id.name
      explanation = diagnostic.id.explanation
      severity = diagnostic.severity.rawValue
      message = diagnostic.message
      place = diagnostic.range.map(Place.init)
      label = diagnostic.label
      related = diagnostic.related.map { Label(place: Place($0.range), text: $0.text) }
      notes = diagnostic.notes
      help = diagnostic.help
      changes = diagnostic.fixIts.map { fixIt in
        Change(
          title: fixIt.title, applicability: fixIt.applicability.rawValue,
          edits: fixIt.edits.map { Label(place: Place($0.range), text: $0.replacement) })
      }
    }

    /// nil where it does not fit the texts.
    func diagnostic(_ files: [String: SourceFile]) -> Diagnostic? {
      guard let severity = Diagnostic.Severity(rawValue: severity) else { return nil }
      let range = place.flatMap { $0.range(files) }
      let related = self.related.compactMap { label in label.place.range(files).map { Diagnostic.Label($0, label.text) }
      }
      let fixIts = changes.compactMap { change -> FixIt? in
        let edits = change.edits.compactMap { edit in edit.place.range(files).map { FixIt.Edit($0, edit.text) } }
        guard let applicability = FixIt.Applicability(rawValue: change.applicability), edits.count == change.edits.count
        else { return nil }
        return FixIt(change.title, applicability, edits)
      }
      guard (place == nil) == (range == nil), related.count == self.related.count, fixIts.count == changes.count else {
        return nil
      }
      return Diagnostic(
        DiagnosticID(id, explanation), message, at: range, severity: severity, label: label, related: related,
        notes: notes, help: help, fixIts: fixIts)
    }
  }
}
