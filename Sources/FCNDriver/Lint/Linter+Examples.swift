import FCNCore

extension Linter {
  /// What a rule finds in one of its examples, all rules being checked.
  public func findings(of rule: RuleDescription, in example: RuleExample) -> [Diagnostic] {
    lint(example, of: rule).findings.filter { $0.id == rule.id }
  }

  /// An example after the fixes of its rule, also those that may not be meant.
  public func fixed(_ example: RuleExample, of rule: RuleDescription) -> String {
    let (file, _) = Fixer.fix(Self.file(example), upTo: .suggested) { file in
      lint(file, example, of: rule).findings.filter { $0.id == rule.id }
    }
    return file.text
  }

  /// Everything that is found in an example.
  public func lint(_ example: RuleExample, of rule: RuleDescription) -> Result {
    lint(Self.file(example), example, of: rule)
  }

  private func lint(_ file: SourceFile, _ example: RuleExample, of rule: RuleDescription) -> Result {
    var linter = self
    linter.includes = example.includes
    var configuration = LintConfiguration()
    configuration.includesPreview = true
    configuration.rules.levels[rule.id.name] = LintConfiguration.Level(
      rawValue: (rule.group.severity ?? .warning).rawValue)
    if !example.options.isEmpty {
      let options = rule.defaultOptions.values.merging(example.options) { $1 }
      configuration.rules.options[rule.id.name] = Arguments(options)
    }
    return linter.lint(file, at: file.path, configuration)
  }

  private static func file(_ example: RuleExample) -> SourceFile {
    SourceFile(path: "example.fcn", text: example.text + "\n")
  }
}

extension Linter {
  /// What is wrong with a rule: examples that it does not hold to, or things that its description lacks.
  public func faults(of rule: RuleDescription) -> [String] {
    var faults: [String] = []
    if !rule.examples.contains(where: \.isBad) { faults.append("it has no example in which it finds something") }
    if !rule.examples.contains(where: { !$0.isBad }) { faults.append("it has no example in which it finds nothing") }
    if !rule.summary.hasSuffix(".") || rule.summary.contains("\n") {
      faults.append("its summary is no single sentence")
    }
    for example in rule.examples {
      let result = lint(example, of: rule)
      for finding in result.findings where finding.severity == .error && rules[finding.id.name] == nil {
        faults.append("its example is wrong: \(finding.message)\n\(example.text)")
      }
      let found = findings(of: rule, in: example)
      let ranges = found.compactMap(\.range).map { $0.lower..<$0.upper }
      if ranges != example.markedRanges {
        faults.append("it finds \(found.map(\.message)) at \(ranges), not what is marked in\n\(example.markedText)")
      }
      if let fixed = example.fixedText, self.fixed(example, of: rule) != fixed + "\n" {
        faults.append("its fixes make of an example\n\(self.fixed(example, of: rule))")
      }
      for finding in found where finding.message.first?.isUppercase ?? true || finding.message.hasSuffix(".") {
        faults.append("the message `\(finding.message)` is not lower case without a final stop")
      }
    }
    return faults
  }
}
