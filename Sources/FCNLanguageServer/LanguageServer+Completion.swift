import FCNCore
import FCNDriver

extension LanguageServer {
  /// What may be written at a place of a text in the network language: stages and definitions, the parameters of the call
  /// that it lies in, the words of a parameter, and names.
  func completion(_ params: JSON) -> JSON {
    guard let (document, offset) = place(params), document.path.hasSuffix(".fcn") else { return [] }
    let context = CompletionContext(document.file.bytes, offset)
    var items: [JSON] = []
    switch context {
    case .nothing: break
    case .word(let stage, let parameter):
      let signature = session.registry.stages[stage]?.signature
      if let parameter = signature?.parameters.first(where: { $0.name == parameter }) {
        items += words(of: parameter.kind).map { item($0, kind: 20, parameter.summary) }
      }
      items += names(document, before: offset)
    case .argument(let stage):
      for parameter in session.registry.stages[stage]?.signature.parameters ?? [] {
        items.append(item("\(parameter.name): ", kind: 5, parameter.summary, label: parameter.name))
      }
      for case .definition(let definition) in document.tree.items where definition.name.name == stage {
        items += definition.parameters.map { item("\($0.name.name): ", kind: 5, "parameter", label: $0.name.name) }
      }
      items += names(document, before: offset)
    case .stage: items += stages(document)
    case .member(let namespace): items += members(namespace, document)
    case .anything:
      items += Self.keywords.map { item($0, kind: 14, "keyword") }
      items += stages(document) + names(document, before: offset)
    }
    return .list(items)
  }

  private static let keywords = [
    "def", "if", "else", "include", "input", "network", "output", "repeat", "weights", "collect", "next",
  ]

  private func item(_ text: String, kind: Int, _ detail: String, label: String? = nil) -> JSON {
    ["label": .text(label ?? text), "insertText": .text(text), "kind": .integer(kind), "detail": .text(detail)]
  }

  private func words(of kind: Parameter.Kind) -> [String] {
    switch kind {
    case .word(let words), .padding(let words): words
    case .flag: ["true", "false"]
    default: []
    }
  }

  private func stages(_ document: Document) -> [JSON] {
    let all = session.registry.stages.values.map { $0.signature }.sorted { $0.name < $1.name }
    var items = all.map { item($0.name, kind: 3, $0.summary) }
    for case .definition(let definition) in document.tree.items {
      items.append(item(definition.name.name, kind: 3, "definition"))
    }
    for case .include(let include) in document.tree.items {
      items.append(item("\(include.name.name).", kind: 9, include.path, label: include.name.name))
    }
    return items
  }

  private func members(_ namespace: String, _ document: Document) -> [JSON] {
    for file in session.included(by: document.tree) {
      guard
        document.tree.items.contains(where: { entry in
          guard case .include(let include) = entry, include.name.name == namespace else { return false }
          return file.path == include.path || file.path.hasSuffix("/" + include.path)
        })
      else { continue }
      var sink = DiagnosticSink()
      guard let tree = try? session.parse(file, report: &sink) else { continue }
      return tree.items.compactMap { entry in
        guard case .definition(let definition) = entry else { return nil }
        return item(definition.name.name, kind: 3, "definition of \(file.path)")
      }
    }
    return []
  }

  /// The names of values and parameters that stand before a place.
  private func names(_ document: Document, before offset: Int) -> [JSON] {
    var seen: Set<String> = []
    var items: [JSON] = []
    func add(_ name: Identifier, _ detail: String) {
      if name.range.lower < offset, seen.insert(name.name).inserted { items.append(item(name.name, kind: 6, detail)) }
    }
    document.tree.forEachPart { part in
      switch part {
      case .item(.network(let header)): for parameter in header.parameters { add(parameter.name, "parameter") }
      case .item(.input(let input)): add(input.name, "input")
      case .item(.output(let output)): if output.value != nil { add(output.name, "output") }
      case .item(.definition(let definition)):
        if definition.range.lower <= offset, offset <= definition.range.upper {
          for parameter in definition.parameters { add(parameter.name, "parameter") }
        }
      case .statement(let statement):
        if case .binding(let names, _) = statement.kind { for name in names { add(name, "value") } }
      case .item, .block, .expression, .links, .call: break
      }
    }
    return items
  }
}

/// What is being written at a place, as far as the text before it tells; the text need not be right.
enum CompletionContext: Equatable {
  /// Inside of a comment or a text in quotes.
  case nothing
  /// The value of a parameter.
  case word(stage: String, parameter: String)
  /// An argument of a call.
  case argument(stage: String)
  /// Behind an arrow.
  case stage
  /// Behind the name of an include and a dot.
  case member(String)
  case anything

  init(_ bytes: [UInt8], _ offset: Int) {
    let offset = min(max(offset, 0), bytes.count)
    var lineStart = offset
    while lineStart > 0, bytes[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
    let line = String(decoding: bytes[lineStart..<offset], as: UTF8.self)
    if line.contains("//") || line.count(where: { $0 == "\"" }) % 2 == 1 {
      self = .nothing
      return
    }
    // What is before the word that is being written.
    var position = offset
    func isWord(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
    func word(endingAt end: Int) -> (text: String, start: Int) {
      var start = end
      while start > 0, isWord(bytes[start - 1]) { start -= 1 }
      return (String(decoding: bytes[start..<end], as: UTF8.self), start)
    }
    func skipBlanks(_ end: Int) -> Int {
      var end = end
      while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
      return end
    }
    position = word(endingAt: position).start
    if position > 0, bytes[position - 1] == UInt8(ascii: ".") {
      self = .member(word(endingAt: position - 1).text)
      return
    }
    let before = skipBlanks(position)
    if before >= 2, bytes[before - 1] == UInt8(ascii: ">"), bytes[before - 2] == UInt8(ascii: "-") {
      self = .stage
      return
    }
    // The call whose parentheses are open here.
    var depth = 0
    var index = before
    while index > 0 {
      let byte = bytes[index - 1]
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth += 1 }
      if byte == UInt8(ascii: "[") { depth -= 1 }
      if byte == UInt8(ascii: "(") {
        if depth <= 0 { break }
        depth -= 1
      }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        index = 0
        break
      }
      index -= 1
    }
    guard index > 0 else {
      self = .anything
      return
    }
    let stage = word(endingAt: skipBlanks(index - 1)).text
    guard !stage.isEmpty else {
      self = .anything
      return
    }
    if before > 0, bytes[before - 1] == UInt8(ascii: ":") {
      self = .word(stage: stage, parameter: word(endingAt: skipBlanks(before - 1)).text)
    } else {
      self = .argument(stage: stage)
    }
  }
}
