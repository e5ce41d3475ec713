import FCNCore
import FCNStandard

/// Reads the tree of nodes of a YAML file as a network, reporting everything that is wrong in one run. The methods here
/// read the sections of the file.
struct NetworkReader {
  let file: SourceFile
  var sink = DiagnosticSink()
  /// The names under which the file includes others.
  var namespaces: Set<String> = []
  /// The end of an expression that YAML has cut at a comma or bracket, so that its rest is not reported too.
  var cutEnd: Int?

  init(_ file: SourceFile) { self.file = file }

  static let sections = [
    "fcn", "network", "parameters", "include", "inputs", "definitions", "weights", "values", "outputs",
  ]

  mutating func read(_ root: Node?) -> NetworkSyntax {
    var tree = NetworkSyntax(file: file)
    guard let root, !root.isNull else { return tree }
    guard let fields = fields(of: root, "the file", keys: Self.sections) else { return tree }
    if let version = fields["fcn"] { tree.version = readVersion(version) }
    for entry in entries(of: fields["include"], "`include`", "NAME: PATH") {
      guard let name = name(entry.key), let path = text(entry.value, "the path of a file") else { continue }
      namespaces.insert(name.name)
      tree.items.append(
        .include(
          IncludeSyntax(path: path.name, pathRange: path.range, name: name, range: range(of: entry))))
    }
    readHeader(fields, into: &tree)
    for entry in entries(of: fields["inputs"], "`inputs`", "NAME: {channels: 3, preprocessing: [picture, rgb]}") {
      if let input = readInput(entry) { tree.items.append(.input(input)) }
    }
    for entry in entries(of: fields["definitions"], "`definitions`", "NAME: {parameters: [...], result: [...]}") {
      if let definition = readDefinition(entry) { tree.items.append(.definition(definition)) }
    }
    if let weights = fields["weights"] {
      var map = WeightMapSyntax(entries: [], range: weights.range)
      for entry in entries(of: weights, "`weights`", "WEIGHT: TENSOR") {
        guard let weight = text(entry.key, "the name of a weight"), let tensor = text(entry.value, "a tensor's name")
        else { continue }
        map.entries.append(.init(weight: weight, tensor: tensor))
      }
      tree.items.append(.weights(map))
    }
    if let values = fields["values"] { tree.items += readStatements(values, "`values`").map { .statement($0) } }
    for entry in entries(of: fields["outputs"], "`outputs`", "NAME: {kind: probability, value: [...]}") {
      if let output = readOutput(entry) { tree.items.append(.output(output)) }
    }
    return tree
  }

  private mutating func readVersion(_ node: Node) -> VersionSyntax? {
    guard let scalar = node.scalar, case .integer(let number) = CoreScalar(scalar.text) else {
      report(
        .yamlForm, "the version of the language is a whole number", at: node, help: "the newest version is `fcn: 1`")
      return nil
    }
    let version = VersionSyntax(number: number, range: node.range)
    NetworkLanguage.check(version, report: &sink)
    return version
  }

  private mutating func readHeader(_ fields: Fields, into tree: inout NetworkSyntax) {
    guard let node = fields["network"] else {
      if let parameters = fields.entry("parameters") {
        report(
          .yamlMissingKey, "the parameters belong to no network", at: parameters.key.range,
          help: "add `network: NAME` before them")
      }
      return
    }
    guard let name = name(node) else { return }
    var header = HeaderSyntax(
      name: name, parameters: [], range: fields.entry("network").map { range(of: $0) } ?? name.range)
    for entry in entries(of: fields["parameters"], "`parameters`", "NAME: DEFAULT") {
      if let parameter = readParameter(entry) { header.parameters.append(parameter) }
      header.range = header.range.union(range(of: entry))
    }
    tree.items.append(.network(header))
  }

  /// `width: 64`; without a value a parameter has no default.
  private mutating func readParameter(_ entry: Node.Entry) -> ParameterSyntax? {
    guard let name = name(entry.key) else { return nil }
    return ParameterSyntax(name: name, defaultValue: entry.value.isNull ? nil : readArgumentValue(entry.value))
  }

  /// `image: {channels: 3, like: guide, preprocessing: [picture, rgb]}`, or `image: 3`
  private mutating func readInput(_ entry: Node.Entry) -> InputSyntax? {
    guard let name = name(entry.key) else { return nil }
    if entry.value.scalar != nil {
      return InputSyntax(
        name: name, channels: readValue(entry.value), like: nil, preprocessing: nil, range: range(of: entry))
    }
    guard
      let fields = fields(
        of: entry.value, "an input", keys: ["channels", "like", "preprocessing"], needs: ["channels"])
    else { return nil }
    guard let channels = fields["channels"] else { return nil }
    return InputSyntax(
      name: name, channels: readValue(channels), like: fields["like"].map { readValue($0) },
      preprocessing: fields["preprocessing"].map { readValue($0) }, range: range(of: entry))
  }

  /// `double: {parameters: [x, filters, kernel: 3], body: {...}, result: [...]}`
  private mutating func readDefinition(_ entry: Node.Entry) -> DefinitionSyntax? {
    guard let name = name(entry.key) else { return nil }
    guard
      let fields = fields(
        of: entry.value, "a definition", keys: ["parameters", "body", "result", "results"], needs: [])
    else { return nil }
    var parameters: [ParameterSyntax] = []
    switch fields["parameters"]?.kind {
    case .sequence(let elements):
      for element in elements {
        switch element.kind {
        case .scalar: if let name = self.name(element) { parameters.append(.init(name: name, defaultValue: nil)) }
        case .mapping(let entries): parameters += entries.compactMap { readParameter($0) }
        case .sequence: form(element, "a parameter", "`x`, or `kernel: 3` with a default")
        }
      }
    case nil: break
    default:
      if let node = fields["parameters"] { form(node, "`parameters`", "a sequence: `[x, filters, kernel: 3]`") }
    }
    return DefinitionSyntax(
      name: name, parameters: parameters, body: readBlock(fields, at: entry.value.range), range: range(of: entry))
  }

  /// `mask: {kind: labels, value: [...]}`; a sequence is the value of an output without a kind, nothing a value that was
  /// named before.
  private mutating func readOutput(_ entry: Node.Entry) -> OutputSyntax? {
    guard let name = name(entry.key) else { return nil }
    let whole = range(of: entry)
    if entry.value.isNull { return OutputSyntax(name: name, kind: nil, value: nil, range: whole) }
    guard case .mapping(let entries) = entry.value.kind,
      entries.isEmpty || entries.contains(where: { ["kind", "value"].contains($0.key.scalar?.text) })
    else {
      return OutputSyntax(name: name, kind: nil, value: readValue(entry.value), range: whole)
    }
    guard let fields = fields(of: entry.value, "an output", keys: ["kind", "value"]) else { return nil }
    var kind: CallSyntax?
    if let node = fields["kind"] {
      switch readLink(node) {
      case .call(let call): kind = call
      case nil: return nil
      default:
        form(node, "the kind of an output", "`labels`, or `labels: {names: [...]}`")
        return nil
      }
    }
    return OutputSyntax(name: name, kind: kind, value: fields["value"].map { readValue($0) }, range: whole)
  }
}
