import FCNCore
import FCNStandard

/// What every part of the reader needs: mappings with known keys, names, texts, and reports.
extension NetworkReader {
  /// The entries of a mapping by key.
  struct Fields {
    var entries: [String: Node.Entry]

    func entry(_ key: String) -> Node.Entry? { entries[key] }
    /// The value of a key; nil where the key is missing or has nothing behind it.
    subscript(_ key: String) -> Node? { entries[key].flatMap { $0.value.isNull ? nil : $0.value } }
  }

  mutating func report(
    _ id: DiagnosticID, _ message: String, at range: SourceRange, related: [Diagnostic.Label] = [], help: String? = nil,
    fixIts: [FixIt] = []
  ) {
    sink.report(Diagnostic(id, message, at: range, related: related, help: help, fixIts: fixIts))
  }

  mutating func report(_ id: DiagnosticID, _ message: String, at node: Node, help: String? = nil) {
    report(id, message, at: node.range, help: help)
  }

  /// Reports that a node has another form than its place asks for.
  mutating func form(_ node: Node, _ role: String, _ expected: String) {
    if node.isNull {
      report(.yamlEmpty, "\(role) is missing here", at: node, help: "write \(expected)")
    } else {
      report(.yamlForm, "\(role) cannot be \(node.description)", at: node, help: "write \(expected)")
    }
  }

  func range(of entry: Node.Entry) -> SourceRange { entry.key.range.union(entry.value.range) }

  /// The entries of a mapping whose keys are known; unknown and missing ones are reported.
  mutating func fields(of node: Node, _ role: String, keys: [String], needs: [String] = []) -> Fields? {
    guard case .mapping(let entries) = node.kind else {
      form(node, role, "a mapping with the keys \(keys.map { "`\($0)`" }.joined(separator: ", "))")
      return nil
    }
    var fields = Fields(entries: [:])
    for entry in entries {
      let key = entry.key.scalar?.text ?? ""
      guard keys.contains(key) else {
        let near = Suggestion.nearest(to: key, in: keys)
        report(
          .yamlUnknownKey, "\(role) has no key `\(key)`", at: entry.key.range,
          help: near.map { "did you mean `\($0)`" } ?? "the keys are \(keys.map { "`\($0)`" }.joined(separator: ", "))",
          fixIts: near.map { [FixIt("did you mean `\($0)`", .suggested, [.init(entry.key.range, $0)])] } ?? [])
        continue
      }
      fields.entries[key] = entry
    }
    for key in needs where fields[key] == nil {
      report(
        .yamlMissingKey, "\(role) needs the key `\(key)`", at: fields.entry(key)?.key.range ?? node.range,
        help: "add `\(key): ...`")
    }
    return fields
  }

  /// The entries of a mapping whose keys are names of the author's; nothing at all is an empty one.
  mutating func entries(of node: Node?, _ role: String, _ example: String) -> [Node.Entry] {
    guard let node else { return [] }
    guard case .mapping(let entries) = node.kind else {
      form(node, role, "a mapping: `\(example)`")
      return []
    }
    return entries
  }

  /// A name of the network language.
  mutating func name(_ node: Node) -> Identifier? {
    guard let scalar = node.scalar else {
      form(node, "a name", "letters, digits and `_`")
      return nil
    }
    return name(scalar.text, at: scalar.style == .block ? node.range : scalar.content)
  }

  mutating func name(_ text: String, at range: SourceRange) -> Identifier? {
    if NetworkLanguage.keywords.contains(text) {
      report(
        .yamlName, "`\(text)` is a keyword and cannot be a name", at: range,
        help: "choose another name, such as `\(text)_`")
      return nil
    }
    var isName = !text.isEmpty
    for (index, byte) in text.utf8.enumerated() {
      let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
      isName = isName && (isLetter || index > 0 && byte &- UInt8(ascii: "0") < 10)
    }
    guard isName else {
      report(
        .yamlName, text.isEmpty ? "a name is missing here" : "`\(text)` is not a name", at: range,
        help: "names are letters, digits and `_`, not beginning with a digit")
      return nil
    }
    return Identifier(text, range)
  }

  /// A scalar that is taken as it is, in whatever style it is written.
  mutating func text(_ node: Node, _ role: String) -> Identifier? {
    guard let scalar = node.scalar, !node.isNull else {
      form(node, role, "a text")
      return nil
    }
    return Identifier(scalar.text, scalar.style == .block ? node.range : scalar.content)
  }
}
