import FCNCore
import FCNStandard

/// Writes a tree as YAML, in the order of the sections; comments go with the item that they stand before or in.
struct NetworkWriter {
  let tree: NetworkSyntax
  /// The comments that are not written yet of the item that is being written.
  var pending: [Comment] = []
  private var headComments: [Comment] = []
  private var commentsOfItems: [Int: [Comment]] = [:]
  private var lastComments: [Comment] = []

  init(_ tree: NetworkSyntax) {
    self.tree = tree
    assignComments()
  }

  /// Every comment to the item in which it stands, at whose end it stands, or that follows it; -1 is the version.
  private mutating func assignComments() {
    var places = tree.items.enumerated().map { ($0.offset, $0.element.range) }
    if let version = tree.version { places.append((-1, version.range)) }
    places.sort { $0.1.lower < $1.1.lower }
    var next = 0
    let headCount = places.first.map { countOfHeadComments(before: $0.1.lower) } ?? 0
    headComments = Array(tree.comments.prefix(headCount))
    for comment in tree.comments.dropFirst(headCount) {
      while next < places.count, places[next].1.upper <= comment.range.lower,
        !(comment.isTrailing && line(places[next].1.upper) == line(comment.range.lower))
      {
        next += 1
      }
      if next < places.count {
        commentsOfItems[places[next].0, default: []].append(comment)
      } else {
        lastComments.append(comment)
      }
    }
  }

  /// The comments at the beginning of the file that do not stand directly before its first item.
  private func countOfHeadComments(before offset: Int) -> Int {
    let before = tree.comments.prefix { $0.range.lower < offset }
    var number = line(offset)
    for (index, comment) in before.enumerated().reversed() {
      guard line(comment.range.lower) == number - 1 else { return index + 1 }
      number -= 1
    }
    return 0
  }

  mutating func write() -> String {
    var writer = FormWriter()
    for comment in headComments { writer.comment(Self.spelling(comment), 0) }
    if !headComments.isEmpty { writer.blankLine() }
    var head: [Form.Pair] = []
    var sections: [(key: String, pairs: [Form.Pair])] = ["inputs", "definitions", "weights", "values", "outputs"]
      .map { ($0, []) }
    func add(_ pair: Form.Pair, to section: String) {
      for index in sections.indices where sections[index].key == section { sections[index].pairs.append(pair) }
    }
    if let version = tree.version {
      head.append(pair(-1, version.range, "fcn") { _ in .scalar(String(version.number), flowSafe: true) })
    }
    var includes: [Form.Pair] = []
    let lastStatement = tree.items.lastIndex { if case .statement = $0 { true } else { false } } ?? -1
    for (index, item) in tree.items.enumerated() {
      switch item {
      case .include(let syntax):
        includes.append(
          pair(index, syntax.range, ScalarSpelling.key(syntax.name.name)) { _ in
            .scalar(ScalarSpelling.quoted(syntax.path), flowSafe: true)
          })
      case .network(let syntax):
        head.append(
          pair(index, syntax.range, "network") { _ in
            .scalar(ScalarSpelling.expression(syntax.name.name, isLiteral: true).text, flowSafe: true)
          })
        if !syntax.parameters.isEmpty {
          head.append(Form.Pair(key: "parameters", form: .mapping(parameters(syntax.parameters), flow: true)))
        }
      case .input(let syntax):
        add(pair(index, syntax.range, ScalarSpelling.key(syntax.name.name)) { $0.form(syntax) }, to: "inputs")
      case .definition(let syntax):
        add(pair(index, syntax.range, ScalarSpelling.key(syntax.name.name)) { $0.form(syntax) }, to: "definitions")
      case .weights(let syntax):
        pending = commentsOfItems[index] ?? []
        for entry in syntax.entries {
          let notes = notes(entry.weight.range.union(entry.tensor.range))
          add(
            Form.Pair(
              key: ScalarSpelling.quoted(entry.weight.name),
              form: .scalar(ScalarSpelling.quoted(entry.tensor.name), flowSafe: true), notes: notes), to: "weights")
        }
        lastComments += pending
        pending = []
      case .statement(let syntax):
        pending = commentsOfItems[index] ?? []
        add(statement(syntax), to: "values")
        lastComments += pending
        pending = []
      case .output(let syntax):
        // A statement behind the output may use its value, so the value is named where it stands.
        if index < lastStatement, let value = syntax.value {
          add(pair(index, syntax.range, ScalarSpelling.key(syntax.name.name)) { $0.blockValue(value) }, to: "values")
          let rest = OutputSyntax(name: syntax.name, kind: syntax.kind, value: nil, range: syntax.range)
          add(Form.Pair(key: ScalarSpelling.key(syntax.name.name), form: form(rest)), to: "outputs")
        } else {
          add(pair(index, syntax.range, ScalarSpelling.key(syntax.name.name)) { $0.form(syntax) }, to: "outputs")
        }
      }
    }
    if !includes.isEmpty { head.append(Form.Pair(key: "include", form: .mapping(includes, flow: false))) }
    writer.write(head, at: 0)
    for section in sections where !section.pairs.isEmpty {
      writer.blankLine()
      // A block that cannot be a mapping, since `collect` or a result occurs twice, is a sequence.
      let isUnique = Set(section.pairs.map(\.key)).count == section.pairs.count
      let form =
        section.key == "values" && !isUnique ? Self.sequence(section.pairs) : .mapping(section.pairs, flow: false)
      writer.write([Form.Pair(key: section.key, form: form)], at: 0)
    }
    if !lastComments.isEmpty {
      writer.blankLine()
      for comment in lastComments { writer.comment(Self.spelling(comment), 0) }
    }
    while writer.lines.last?.isEmpty ?? false { writer.removeLastLine() }
    return writer.lines.isEmpty ? "" : writer.lines.joined(separator: "\n") + "\n"
  }

  static func sequence(_ pairs: [Form.Pair]) -> Form {
    .sequence(pairs.map { Form.Element(form: .mapping([$0], flow: false)) }, flow: false)
  }

  // MARK: Items

  /// The pair of an item, with its comments.
  private mutating func pair(
    _ item: Int, _ range: SourceRange, _ key: String, _ form: (inout NetworkWriter) -> Form
  ) -> Form.Pair {
    pending = commentsOfItems[item] ?? []
    let pair = pair(range, key, form)
    lastComments += pending
    pending = []
    return pair
  }

  func parameters(_ parameters: [ParameterSyntax]) -> [Form.Pair] {
    parameters.map { parameter in
      var writer = self
      writer.pending = []
      let form = parameter.defaultValue.map { writer.argument($0) } ?? .scalar("null", flowSafe: true)
      return Form.Pair(key: ScalarSpelling.key(parameter.name.name), form: form)
    }
  }

  private mutating func form(_ input: InputSyntax) -> Form {
    var pairs = [Form.Pair(key: "channels", form: value(input.channels))]
    if let like = input.like { pairs.append(Form.Pair(key: "like", form: value(like))) }
    if let steps = input.preprocessing { pairs.append(Form.Pair(key: "preprocessing", form: value(steps))) }
    if pairs.count == 1, case .scalar = pairs[0].form { return pairs[0].form }
    return .mapping(pairs, flow: true)
  }

  private mutating func form(_ definition: DefinitionSyntax) -> Form {
    var pairs: [Form.Pair] = []
    if !definition.parameters.isEmpty {
      let elements = zip(definition.parameters, parameters(definition.parameters)).map { parameter, pair in
        Form.Element(
          form: parameter.defaultValue == nil
            ? .scalar(ScalarSpelling.expression(parameter.name.name, isLiteral: true).text, flowSafe: true)
            : .mapping([pair], flow: true))
      }
      pairs.append(Form.Pair(key: "parameters", form: .sequence(elements, flow: true)))
    }
    pairs += block(definition.body)
    return .mapping(pairs, flow: false)
  }

  private mutating func form(_ output: OutputSyntax) -> Form {
    guard let kind = output.kind else { return output.value.map { blockValue($0) } ?? .nothing }
    var pairs = [Form.Pair(key: "kind", form: call(kind))]
    if let value = output.value { pairs.append(Form.Pair(key: "value", form: blockValue(value))) }
    return .mapping(pairs, flow: output.value == nil)
  }
}

extension Form? {
  /// The spelling of a name.
  fileprivate var text: String {
    if case .scalar(let text, _)? = self { text } else { "" }
  }
}
