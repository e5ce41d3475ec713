import FCNCore
import FCNStandard

/// Statements and blocks.
extension NetworkReader {
  /// A mapping of statements, or a sequence of such mappings.
  mutating func readStatements(_ node: Node, _ role: String) -> [StatementSyntax] {
    switch node.kind {
    case .mapping(let entries): return entries.compactMap { readStatement($0) }
    case .sequence(let elements):
      return elements.flatMap { element -> [StatementSyntax] in
        guard case .mapping(let entries) = element.kind else {
          form(element, "a statement", "`NAME: VALUE`")
          return []
        }
        return entries.compactMap { readStatement($0) }
      }
    case .scalar:
      if !node.isNull { form(node, role, "`NAME: VALUE` lines") }
      return []
    }
  }

  /// `skip, down: VALUE`, `next x: VALUE`, `collect: VALUE`, or `=: VALUE` for results inside a block.
  private mutating func readStatement(_ entry: Node.Entry) -> StatementSyntax? {
    guard let key = entry.key.scalar else { return nil }
    let place = key.style == .block ? entry.key.range : key.content
    let whole = range(of: entry)
    if key.text == "collect" { return StatementSyntax(.collect(readValue(entry.value)), range: whole) }
    if key.text == "=" {
      if case .mapping(let entries) = entry.value.kind, entries.count == 1, entries[0].key.scalar?.text == "results",
        case .sequence(let elements) = entries[0].value.kind
      {
        return StatementSyntax(.result(elements.map { readValue($0) }), range: whole)
      }
      return StatementSyntax(.result([readValue(entry.value)]), range: whole)
    }
    if key.text.hasPrefix("next ") {
      let value = readValue(entry.value)
      let text = key.text.dropFirst("next ".count).drop { $0 == " " }
      let lower = min(place.upper, place.lower + key.text.utf8.count - text.utf8.count)
      guard let name = name(String(text), at: SourceRange(file: file, lower: lower, upper: place.upper)) else {
        return nil
      }
      return StatementSyntax(.next(name: name, value: value), range: whole)
    }
    let value = readValue(entry.value)
    var names: [Identifier] = []
    var position = place.lower
    for part in key.text.split(separator: ",", omittingEmptySubsequences: false) {
      let leading = part.utf8.prefix { $0 == UInt8(ascii: " ") }.count
      let text = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      let lower = min(place.upper, position + leading)
      let upper = min(place.upper, lower + String(text).utf8.count)
      if let name = name(String(text), at: SourceRange(file: file, lower: lower, upper: upper)) { names.append(name) }
      position += part.utf8.count + 1
    }
    return names.isEmpty ? nil : StatementSyntax(.binding(names: names, value: value), range: whole)
  }

  /// `body`, then `result` or `results`
  mutating func readBlock(_ fields: Fields, at range: SourceRange) -> BlockSyntax {
    var block = BlockSyntax(statements: [], range: range)
    if let body = fields["body"] { block.statements = readStatements(body, "`body`") }
    if let entry = fields.entry("result") {
      block.statements.append(StatementSyntax(.result([readValue(entry.value)]), range: self.range(of: entry)))
    }
    if let entry = fields.entry("results") {
      if let first = fields.entry("result") {
        report(
          .yamlDuplicateKey, "the results are stated twice", at: entry.key.range,
          related: [.init(first.key.range, "the result")], help: "keep `results`, a sequence of all")
      }
      guard case .sequence(let elements) = entry.value.kind, !elements.isEmpty else {
        form(entry.value, "`results`", "a sequence with one element for each result")
        return block
      }
      let values = elements.map { readValue($0) }
      block.statements.append(StatementSyntax(.result(values), range: self.range(of: entry)))
    }
    return block
  }

  /// The block of an `if`: a mapping with `result` or `results`, else one value.
  mutating func readConditionalBlock(_ node: Node) -> BlockSyntax {
    if case .mapping(let entries) = node.kind,
      entries.isEmpty || entries.contains(where: { ["body", "result", "results"].contains($0.key.scalar?.text) }),
      let fields = fields(of: node, "a block", keys: ["body", "result", "results"])
    {
      return readBlock(fields, at: node.range)
    }
    return BlockSyntax(
      statements: [StatementSyntax(.result([readValue(node)]), range: node.range)], range: node.range)
  }
}
