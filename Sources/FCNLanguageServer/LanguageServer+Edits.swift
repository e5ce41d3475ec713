import FCNCore
import FCNDriver

extension LanguageServer {
  /// The whole text in the canonical layout; nothing where it has syntax errors.
  func formatting(_ params: JSON) -> JSON {
    guard let uri = params["textDocument"]?["uri"]?.text, let document = documents[uri],
      let frontEnd = try? session.frontEnd(for: document.path)
    else { return .null }
    var sink = DiagnosticSink()
    let tree = frontEnd.parse(document.file, report: &sink)
    guard !sink.hasErrors else { return .null }
    let text = frontEnd.print(tree)
    if text == document.file.text { return [] }
    let all = SourceRange(file: document.file, lower: 0, upper: document.file.bytes.count)
    return [["range": encoding.range(all), "newText": .text(text)]]
  }

  /// The changes that mend the findings of a range, and comments that allow them.
  func codeActions(_ params: JSON) -> JSON {
    guard let uri = params["textDocument"]?["uri"]?.text, let document = documents[uri],
      let lower = encoding.offset(params["range"]?["start"], in: document.file),
      let upper = encoding.offset(params["range"]?["end"], in: document.file)
    else { return [] }
    var actions: [JSON] = []
    for finding in document.findings {
      guard let range = finding.range, range.file.path == document.path, range.lower <= upper, lower <= range.upper
      else {
        continue
      }
      for fixIt in finding.fixIts where fixIt.applicability != .manual {
        actions.append(action(fixIt.title, finding, fixIt.edits, isPreferred: fixIt.applicability == .automatic))
      }
      if linter.rules[finding.id.name] != nil, let edit = permission(for: finding, in: document) {
        actions.append(action("allow `\(finding.id.name)` here", finding, [edit], isPreferred: false))
      }
    }
    return .list(actions)
  }

  private func action(_ title: String, _ finding: Diagnostic, _ edits: [FixIt.Edit], isPreferred: Bool) -> JSON {
    var changes: [String: JSON] = [:]
    for (path, edits) in Dictionary(grouping: edits, by: { $0.range.file.path }) {
      changes[Document.uri(path)] = .list(
        edits.map { ["range": encoding.range($0.range), "newText": .text($0.replacement)] })
    }
    return [
      "title": .text(title), "kind": "quickfix", "isPreferred": .flag(isPreferred),
      "diagnostics": [diagnostic(finding)], "edit": ["changes": .object(changes)],
    ]
  }

  /// A comment behind the line of a finding.
  private func permission(for finding: Diagnostic, in document: Document) -> FixIt.Edit? {
    guard let range = finding.range else { return nil }
    let line = range.start.line
    let text = document.file.line(line)
    let isYAML = !document.path.hasSuffix(".fcn")
    guard !document.tree.comments.contains(where: { $0.range.start.line == line }) else { return nil }
    let end = document.file.lineStarts[line - 1] + text.utf8.count
    return FixIt.Edit(
      SourceRange(file: document.file, lower: end, upper: end),
      "  \(isYAML ? "#" : "//") fcnc: allow(\(finding.id.name)) ")
  }
}
