import FCNCore

/// Reads `fcnc.yaml`.
public struct ConfigurationReader {
  private let known: [String: RuleDescription]
  private let file: SourceFile
  private var sink = DiagnosticSink()

  /// Reads a file.
  /// - Parameter registry: holds the rules that may be named.
  public static func read(
    _ file: SourceFile, registry: Registry, report sink: inout DiagnosticSink
  ) -> ConfigurationDocument {
    var reader = ConfigurationReader(file, registry)
    var document = ConfigurationDocument()
    do throws(Diagnostic) {
      let composed = try Composer.compose(file)
      for diagnostic in composed.diagnostics { reader.sink.report(diagnostic) }
      if let root = composed.root, !root.isNull { document = reader.document(root) }
    } catch {
      reader.sink.report(error)
    }
    for diagnostic in reader.sink.diagnostics { sink.report(diagnostic) }
    return document
  }

  private init(_ file: SourceFile, _ registry: Registry) {
    self.file = file
    var known: [String: RuleDescription] = [:]
    for rule in registry.lintRules {
      for name in [rule.description.id.name] + rule.description.formerNames { known[name] = rule.description }
    }
    self.known = known
  }

  // MARK: Sections

  private mutating func document(_ root: Node) -> ConfigurationDocument {
    var document = ConfigurationDocument()
    let keys = ["required_version", "extends", "preview", "plugins", "exclude", "rules", "paths"]
    for entry in entries(root, "the file", keys: keys) {
      switch entry.key.scalar?.text {
      case "required_version": document.requiredVersion = version(entry.value)
      case "extends":
        document.extends = text(entry.value, "`extends` takes the path of a file")
        document.extendsRange = entry.value.range
      case "preview":
        if case .flag(let value)? = literal(entry.value) {
          document.includesPreview = value
        } else {
          wrong("`preview` takes `true` or `false`, not \(entry.value.description)", entry.value)
        }
      case "plugins": document.plugins = texts(entry.value, "`plugins` takes a list of Swift files")
      case "exclude":
        document.excluded = texts(entry.value, "`exclude` takes a list of patterns such as `legacy/**`").map(
          PathPattern.init)
      case "rules": document.rules = rules(entry.value)
      default: document.paths = paths(entry.value)
      }
    }
    return document
  }

  private mutating func version(_ node: Node) -> VersionRequirement? {
    guard let text = node.scalar?.text, let requirement = VersionRequirement(text) else {
      wrong(
        "`required_version` is no requirement", node,
        help: "write a comparison with a version, such as `\">=0.2\"` or `\">=0.2, <1\"`")
      return nil
    }
    return requirement
  }

  private mutating func paths(_ node: Node) -> [(pattern: PathPattern, rules: LintConfiguration.Rules)] {
    guard case .mapping(let entries) = node.kind else {
      wrong("`paths` takes a mapping, `\"legacy/**\": {rules: {...}}`, not \(node.description)", node)
      return []
    }
    return entries.map { entry in
      var result = LintConfiguration.Rules()
      for field in self.entries(entry.value, "a path", keys: ["rules"]) { result = rules(field.value) }
      return (PathPattern(entry.key.scalar?.text ?? ""), result)
    }
  }

  private mutating func rules(_ node: Node) -> LintConfiguration.Rules {
    var result = LintConfiguration.Rules()
    guard case .mapping(let entries) = node.kind else {
      if !node.isNull { wrong("`rules` takes a mapping from rules to levels, not \(node.description)", node) }
      return result
    }
    let groups = RuleDescription.Group.allCases.map(\.rawValue)
    for entry in entries {
      let name = entry.key.scalar?.text ?? ""
      guard known[name] != nil || groups.contains(name) else {
        let near = Suggestion.nearest(to: name, in: known.keys.sorted() + groups)
        sink.report(
          Diagnostic(
            .unknownRule, "there is no rule or group `\(name)`", at: entry.key.range,
            help: near.map { "did you mean `\($0)`" } ?? "`fcnc rules` lists them",
            fixIts: near.map { [FixIt("did you mean `\($0)`", .suggested, [.init(entry.key.range, $0)])] } ?? []))
        continue
      }
      read(entry, of: known[name], named: name, into: &result)
    }
    return result
  }

  private mutating func read(
    _ entry: Node.Entry, of rule: RuleDescription?, named name: String, into result: inout LintConfiguration.Rules
  ) {
    guard case .mapping(let fields) = entry.value.kind else {
      result.levels[name] = level(entry.value)
      if rule?.group == .budget, result.levels[name] != .off {
        let options = rule?.options.map { "\($0.name): ..." }.joined(separator: ", ") ?? ""
        wrong("`\(name)` needs its limit", entry.value, help: "write `\(name): {\(options)}`")
      }
      return
    }
    var options: [String: Argument] = [:]
    for field in fields {
      let key = field.key.scalar?.text ?? ""
      if key == "level" {
        result.levels[name] = level(field.value)
        continue
      }
      guard let parameter = rule?.options.first(where: { $0.name == key }) else {
        let keys = ["level"] + (rule?.options.map(\.name) ?? [])
        unknown(key, "`\(name)`", keys, at: field.key.range)
        continue
      }
      guard let value = literal(field.value) else {
        wrong("`\(key)` takes \(parameter.kindInWords), not \(field.value.description)", field.value)
        continue
      }
      do { options[key] = try parameter.checked(value, at: field.value.range) } catch {
        wrong(error.message, field.value, help: error.help)
      }
    }
    guard let rule, !rule.options.isEmpty else { return }
    var isComplete = true
    for parameter in rule.options where options[parameter.name] == nil {
      // What is there but wrong was told already.
      if fields.contains(where: { $0.key.scalar?.text == parameter.name }) {
        isComplete = false
        continue
      }
      if case .value(let value) = parameter.defaultValue { options[parameter.name] = value }
      if case .required = parameter.defaultValue {
        isComplete = false
        if result.levels[name] != .off {
          wrong("`\(name)` needs `\(parameter.name)`", entry.value, help: "\(parameter.name): \(parameter.summary)")
        }
      }
    }
    if isComplete { result.options[rule.id.name] = Arguments(options) }
  }

  private mutating func level(_ node: Node) -> LintConfiguration.Level? {
    let levels = LintConfiguration.Level.allCases.map(\.rawValue)
    guard let text = node.scalar?.text, let level = LintConfiguration.Level(rawValue: text) else {
      let near = node.scalar.flatMap { Suggestion.nearest(to: $0.text, in: levels) }
      wrong(
        "a level is one of \(levels.map { "`\($0)`" }.joined(separator: ", ")), not "
          + (node.scalar.map { "`\($0.text)`" } ?? node.description), node, help: near.map { "did you mean `\($0)`" })
      return nil
    }
    return level
  }

  // MARK: Nodes

  private mutating func entries(_ node: Node, _ role: String, keys: [String]) -> [Node.Entry] {
    guard case .mapping(let entries) = node.kind else {
      wrong("\(role) takes a mapping with the keys \(keys.map { "`\($0)`" }.joined(separator: ", "))", node)
      return []
    }
    return entries.filter { entry in
      let key = entry.key.scalar?.text ?? ""
      if keys.contains(key) { return true }
      unknown(key, role, keys, at: entry.key.range)
      return false
    }
  }

  private mutating func text(_ node: Node, _ expected: String) -> String? {
    guard let scalar = node.scalar, !node.isNull, !scalar.text.isEmpty else {
      wrong("\(expected), not \(node.description)", node)
      return nil
    }
    return scalar.text
  }

  private mutating func texts(_ node: Node, _ expected: String) -> [String] {
    guard case .sequence(let members) = node.kind else { return text(node, expected).map { [$0] } ?? [] }
    return members.compactMap { text($0, expected) }
  }

  /// The value of a scalar or list, as the network language writes it.
  private func literal(_ node: Node) -> Argument? {
    switch node.kind {
    case .mapping: return nil
    case .sequence(let members):
      let values = members.compactMap { literal($0) }
      return values.count == members.count ? .list(values) : nil
    case .scalar(let scalar):
      if scalar.style != .plain { return .text(scalar.text) }
      switch CoreScalar(scalar.text) {
      case .null, .tooLarge, .notFinite: return nil
      case .flag(let value): return .flag(value)
      case .integer(let value): return .integer(value)
      case .decimal(let value): return .decimal(value)
      case .text:
        let parts = scalar.text.split(separator: "x", omittingEmptySubsequences: false)
        if parts.count == 2, let rows = Int(parts[0]), let columns = Int(parts[1]) {
          return .size(rows: rows, columns: columns)
        }
        return .word(scalar.text)
      }
    }
  }

  private mutating func unknown(_ key: String, _ role: String, _ keys: [String], at range: SourceRange) {
    let near = Suggestion.nearest(to: key, in: keys)
    sink.report(
      Diagnostic(
        .wrongConfiguration, "\(role) has no key `\(key)`", at: range,
        help: near.map { "did you mean `\($0)`" } ?? "the keys are \(keys.map { "`\($0)`" }.joined(separator: ", "))",
        fixIts: near.map { [FixIt("did you mean `\($0)`", .suggested, [.init(range, $0)])] } ?? []))
  }

  private mutating func wrong(_ message: String, _ node: Node, help: String? = nil) {
    sink.report(Diagnostic(.wrongConfiguration, message, at: node.range, help: help))
  }
}
