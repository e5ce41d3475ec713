import CYAML
import FCNCore

/// Makes the tree of nodes from the events of libyaml: aliases and merge keys are resolved, keys are checked.
struct Composer {
  struct Document {
    var root: Node?
    /// The places of all scalars, in the order of the file.
    var scalars: [SourceRange]
    /// What is wrong and did not keep the file from being read.
    var diagnostics: [Diagnostic]
  }

  /// How deep collections may be nested; it bounds the recursion over the tree.
  static let nestingLimit = 100
  /// How many nodes a document may have once every alias is replaced by what it stands for.
  static let nodeLimit = 200_000

  private let file: SourceFile
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  /// The byte offset of each character, nil where all are ASCII.
  private let offsets: [Int]?
  private let start: Int
  private var anchors: [String: Node] = [:]
  private var openAnchors: Set<String> = []
  private var nodeCount = 0
  private var document = Document(root: nil, scalars: [], diagnostics: [])

  /// - Throws: the first violation of YAML's syntax, behind which nothing can be read.
  static func compose(_ file: SourceFile) throws(Diagnostic) -> Document {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer {
      parser.deallocate()
      event.deallocate()
    }
    guard yaml_parser_initialize(parser) == 1 else {
      throw Diagnostic(.yamlSyntax, "there is not enough memory to read the file", at: nil)
    }
    defer { yaml_parser_delete(parser) }
    let result = file.bytes.withUnsafeBufferPointer { bytes -> Result<Document, Diagnostic> in
      var composer = Composer(file, parser, event)
      // The encoding is stated, so that libyaml does not look for the marks of others.
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(
        parser, bytes.baseAddress.map { $0 + composer.start }, bytes.count - composer.start)
      do throws(Diagnostic) {
        return .success(try composer.composeDocument())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(
    _ file: SourceFile, _ parser: UnsafeMutablePointer<yaml_parser_t>, _ event: UnsafeMutablePointer<yaml_event_t>
  ) {
    self.file = file
    self.parser = parser
    self.event = event
    start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if file.bytes.contains(where: { $0 >= 0x80 }) {
      var offsets: [Int] = []
      for (offset, byte) in file.bytes.enumerated().dropFirst(start) where byte & 0xC0 != 0x80 {
        offsets.append(offset)
      }
      self.offsets = offsets
    } else {
      offsets = nil
    }
  }

  // MARK: Events

  /// The byte offset of a mark, which counts characters.
  private func offset(_ mark: yaml_mark_t) -> Int {
    guard let offsets else { return min(start + mark.index, file.bytes.count) }
    return mark.index < offsets.count ? offsets[mark.index] : file.bytes.count
  }

  private func range(_ lower: yaml_mark_t, _ upper: yaml_mark_t) -> SourceRange {
    SourceRange(file: file, lower: offset(lower), upper: offset(upper))
  }

  private var eventRange: SourceRange { range(event.pointee.start_mark, event.pointee.end_mark) }

  private func advance() throws(Diagnostic) {
    guard yaml_parser_parse(parser, event) == 1 else { throw syntaxError() }
  }

  private func syntaxError() -> Diagnostic {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "the file cannot be read"
    if state.error == YAML_READER_ERROR {
      let place = min(start + state.problem_offset, file.bytes.count)
      return Diagnostic(
        .yamlSyntax, "a character cannot be read: \(problem)",
        at: SourceRange(file: file, lower: place, upper: min(place + 1, file.bytes.count)),
        help: "save the file as text in the encoding UTF-8, without control characters")
    }
    let place = offset(state.problem_mark)
    var related: [Diagnostic.Label] = []
    if let context = state.context, state.context_mark.index != state.problem_mark.index {
      let start = offset(state.context_mark)
      related = [
        .init(SourceRange(file: file, lower: start, upper: min(start + 1, file.bytes.count)), String(cString: context))
      ]
    }
    return Diagnostic(
      .yamlSyntax, "this is not YAML: \(problem)",
      at: SourceRange(file: file, lower: place, upper: min(place + 1, file.bytes.count)), related: related,
      help: Self.help(for: problem, at: place < file.bytes.count ? file.bytes[place] : 0))
  }

  private static func help(for problem: String, at byte: UInt8) -> String {
    if problem.contains("mapping values are not allowed") {
      return "an expression that holds `: ` stands behind `|` on lines of its own; or write the stage as a mapping, "
        + "`conv: [8, kernel: 3]`"
    }
    if byte == UInt8(ascii: "\t") { return "indent with blanks; YAML takes no tabs" }
    if byte == UInt8(ascii: "@") { return "a label is a key beside the stage: `{conv: [8, kernel: 1], label: head}`" }
    if problem.contains("cannot start any token") {
      return "put a text that begins with a sign of YAML behind `|` on a line of its own"
    }
    if problem.contains("expected ',' or") {
      return "inside `[ ]` and `{ }` of YAML an expression holds no comma, bracket or brace; use one line per element"
    }
    return
      "YAML reads the structure from the indentation, `- `, `: ` and brackets; look at this line and the one before"
  }

  // MARK: Nodes

  private mutating func composeDocument() throws(Diagnostic) -> Document {
    try advance()
    yaml_event_delete(event)
    try advance()
    if event.pointee.type == YAML_STREAM_END_EVENT {
      yaml_event_delete(event)
      return document
    }
    yaml_event_delete(event)
    try advance()
    document.root = try composeNode(depth: 0)
    try advance()
    yaml_event_delete(event)
    try advance()
    if event.pointee.type != YAML_STREAM_END_EVENT {
      let place = eventRange
      yaml_event_delete(event)
      throw Diagnostic(
        .yamlDocuments, "the file holds a second YAML document", at: place,
        help: "a file describes one network; put the other into a file of its own")
    }
    yaml_event_delete(event)
    return document
  }

  /// The node of the current event, which is taken.
  private mutating func composeNode(depth: Int) throws(Diagnostic) -> Node {
    let place = eventRange
    let type = event.pointee.type
    guard depth <= Self.nestingLimit else {
      yaml_event_delete(event)
      throw Diagnostic(
        .yamlNesting, "the file is nested more than \(Self.nestingLimit) levels deep here", at: place,
        help: "give a part of it a name of its own")
    }
    if type != YAML_ALIAS_EVENT {
      do throws(Diagnostic) { try count(1, at: place) } catch {
        yaml_event_delete(event)
        throw error
      }
    }
    switch type {
    case YAML_ALIAS_EVENT:
      let name = event.pointee.data.alias.anchor.map { Self.string($0) } ?? ""
      yaml_event_delete(event)
      return try resolve(alias: name, at: place)
    case YAML_SCALAR_EVENT: return try composeScalar(at: place)
    case YAML_SEQUENCE_START_EVENT:
      let anchor = begin(event.pointee.data.sequence_start.anchor, event.pointee.data.sequence_start.tag, at: place)
      var elements: [Node] = []
      var size = 1
      try advance()
      while event.pointee.type != YAML_SEQUENCE_END_EVENT {
        let element = try composeNode(depth: depth + 1)
        size += element.size
        elements.append(element)
        try advance()
      }
      let whole = place.union(eventRange)
      yaml_event_delete(event)
      return finish(Node(kind: .sequence(elements), range: trimmed(whole, elements.last?.range), size: size), anchor)
    default:
      let anchor = begin(event.pointee.data.mapping_start.anchor, event.pointee.data.mapping_start.tag, at: place)
      var entries: [Node.Entry] = []
      var size = 1
      try advance()
      while event.pointee.type != YAML_MAPPING_END_EVENT {
        let key = try composeNode(depth: depth + 1)
        try advance()
        let value = try composeNode(depth: depth + 1)
        size += key.size + value.size
        entries.append(Node.Entry(key: key, value: value))
        try advance()
      }
      let whole = place.union(eventRange)
      yaml_event_delete(event)
      let checked = checkedEntries(entries)
      let range = trimmed(whole, entries.last.map { $0.key.range.union($0.value.range) })
      return finish(Node(kind: .mapping(checked), range: range, size: size), anchor)
    }
  }

  /// A collection without brackets ends with its last node, not where the next thing begins.
  private func trimmed(_ range: SourceRange, _ last: SourceRange?) -> SourceRange {
    let closer = range.upper > range.lower ? file.bytes[range.upper - 1] : 0
    let opener = range.lower < file.bytes.count ? file.bytes[range.lower] : 0
    let isFlow =
      opener == UInt8(ascii: "[") && closer == UInt8(ascii: "]")
      || opener == UInt8(ascii: "{") && closer == UInt8(ascii: "}")
    guard !isFlow, let last else { return range }
    return SourceRange(file: file, lower: range.lower, upper: max(range.lower, min(range.upper, last.upper)))
  }

  private mutating func composeScalar(at place: SourceRange) throws(Diagnostic) -> Node {
    let scalar = event.pointee.data.scalar
    let anchor = begin(scalar.anchor, scalar.tag, at: place)
    let text = String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length), as: UTF8.self)
    let style: Node.Scalar.Style
    let place = SourceRange(file: file, lower: behindProperties(place), upper: place.upper)
    var lower = place.lower
    var upper = place.upper
    switch scalar.style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      style = .quoted
      lower = min(lower + 1, upper)
      upper = max(lower, upper - 1)
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE:
      style = .block
      while lower < upper, file.bytes[lower] != UInt8(ascii: "\n") { lower += 1 }
    default: style = .plain
    }
    yaml_event_delete(event)
    let content = SourceRange(file: file, lower: lower, upper: upper)
    if place.upper > place.lower { document.scalars.append(place) }
    // The end of a block scalar lies behind its last line break.
    var shown = place
    if style == .block {
      var end = place.upper
      while end > place.lower, file.bytes[end - 1] <= 0x20 { end -= 1 }
      shown = SourceRange(file: file, lower: place.lower, upper: end)
    }
    return finish(
      Node(kind: .scalar(Node.Scalar(text: text, style: style, content: content)), range: shown, size: 1), anchor)
  }

  /// The place behind the anchor and the tag of a node.
  private func behindProperties(_ place: SourceRange) -> Int {
    var lower = place.lower
    while lower < place.upper, file.bytes[lower] == UInt8(ascii: "&") || file.bytes[lower] == UInt8(ascii: "!") {
      while lower < place.upper, file.bytes[lower] > 0x20 { lower += 1 }
      while lower < place.upper, file.bytes[lower] <= 0x20 { lower += 1 }
    }
    return lower
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>) -> String {
    String(cString: UnsafePointer(text))
  }

  /// The anchor of a node that begins; a tag is an error.
  private mutating func begin(
    _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?, at place: SourceRange
  ) -> String? {
    if let tag {
      let name = Self.string(tag)
      document.diagnostics.append(
        Diagnostic(
          .yamlTag, "the tag `\(name)` has no meaning here", at: place,
          help: "remove it; a text stands in quotation marks"))
    }
    guard let anchor else { return nil }
    let name = Self.string(anchor)
    openAnchors.insert(name)
    return name
  }

  private mutating func count(_ nodes: Int, at place: SourceRange) throws(Diagnostic) {
    nodeCount += nodes
    guard nodeCount > Self.nodeLimit else { return }
    throw Diagnostic(
      .yamlTooLarge, "the file has more than \(Self.nodeLimit) nodes up to this place, those behind aliases included",
      at: place, help: "use a definition or a repeat for what occurs often")
  }

  private mutating func finish(_ node: Node, _ anchor: String?) -> Node {
    if let anchor {
      anchors[anchor] = node
      openAnchors.remove(anchor)
    }
    return node
  }

  private mutating func resolve(alias name: String, at place: SourceRange) throws(Diagnostic) -> Node {
    if openAnchors.contains(name) {
      throw Diagnostic(
        .yamlAlias, "`*\(name)` stands inside of what it names", at: place, help: "write out what is meant here")
    }
    guard let node = anchors[name] else {
      let near = Suggestion.nearest(to: name, in: anchors.keys)
      throw Diagnostic(
        .yamlAlias, "there is no anchor `&\(name)` before this place", at: place,
        help: near.map { "did you mean `*\($0)`" }
          ?? (anchors.isEmpty
            ? "write out what is meant; the file has no anchors" : "put `&\(name)` before the node that is meant"))
    }
    try count(node.size, at: place)
    return node
  }

  // MARK: Keys

  /// The entries with merge keys resolved; keys that are no scalars or occur twice are reported and left out.
  private mutating func checkedEntries(_ entries: [Node.Entry]) -> [Node.Entry] {
    var places: [String: SourceRange] = [:]
    var result: [Node.Entry] = []
    var merged: [Node.Entry] = []
    for entry in entries {
      guard let key = entry.key.scalar else {
        document.diagnostics.append(
          Diagnostic(
            .yamlKey, "\(entry.key.description) cannot be a key", at: entry.key.range,
            help: "a key is a name; put a text that begins with a bracket in quotation marks"))
        continue
      }
      if key.style == .plain, key.text == "<<" {
        merged += merge(entry.value)
        continue
      }
      if let first = places[key.text] {
        document.diagnostics.append(
          Diagnostic(
            .yamlDuplicateKey, "the key `\(key.text)` occurs twice", at: entry.key.range,
            related: [.init(first, "the first one")], help: "remove one of them, or rename it"))
        continue
      }
      places[key.text] = entry.key.range
      result.append(entry)
    }
    for entry in merged {
      guard let key = entry.key.scalar, places[key.text] == nil else { continue }
      places[key.text] = entry.key.range
      result.append(entry)
    }
    return result
  }

  private mutating func merge(_ value: Node) -> [Node.Entry] {
    switch value.kind {
    case .mapping(let entries): return entries
    case .sequence(let elements) where elements.allSatisfy({ if case .mapping = $0.kind { true } else { false } }):
      return elements.flatMap { element -> [Node.Entry] in
        if case .mapping(let entries) = element.kind { entries } else { [] }
      }
    default:
      document.diagnostics.append(
        Diagnostic(
          .yamlMerge, "`<<` takes in a mapping, not \(value.description)", at: value.range,
          help: "write `<<: *NAME`, where `&NAME` stands before a mapping"))
      return []
    }
  }
}
