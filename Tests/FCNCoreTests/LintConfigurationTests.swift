import FCNCore
import Testing

/// Which rules are checked, and how severe their findings are.
@Suite struct LintConfigurationTests {
  private func rule(
    _ group: RuleDescription.Group, named name: String = "own", isPreview: Bool = false, formerNames: [String] = []
  ) -> RuleDescription {
    RuleDescription(
      name, group, since: "1.0.0", isPreview: isPreview, summary: "Own.", explanation: "Own.", formerNames: formerNames,
      examples: [])
  }

  private func severity(
    _ rule: RuleDescription, _ levels: [String: LintConfiguration.Level] = [:], preview: Bool = false
  ) -> Diagnostic.Severity? {
    var rules = LintConfiguration.Rules()
    rules.levels = levels
    return rules.severity(of: rule, includesPreview: preview)
  }

  @Test func groupsDecideWhereARuleIsNotNamed() {
    #expect(severity(rule(.correctness)) == .error)
    #expect(severity(rule(.suspicious)) == .warning)
    #expect(severity(rule(.style)) == .note)
    #expect(severity(rule(.pedantic)) == nil)
    #expect(severity(rule(.pedantic), ["pedantic": .warning]) == .warning)
    #expect(severity(rule(.suspicious), ["suspicious": .off]) == nil)
    #expect(severity(rule(.suspicious), ["suspicious": .off, "own": .error]) == .error)
  }

  /// A newer fcnc turns no check red that was green: what is new waits until it is asked for.
  @Test func newRulesWait() {
    let new = rule(.correctness, isPreview: true)
    #expect(severity(new) == nil)
    #expect(severity(new, ["correctness": .error]) == nil)
    #expect(severity(new, preview: true) == .error)
    #expect(severity(new, ["own": .warning]) == .warning)
  }

  @Test func formerNamesStillServe() {
    let renamed = rule(.suspicious, named: "new-name", formerNames: ["old-name"])
    #expect(severity(renamed, ["old-name": .off]) == nil)
    #expect(severity(renamed, ["old-name": .off, "new-name": .note]) == .note)
  }

  @Test func budgetsNeedALimit() {
    var rules = LintConfiguration.Rules()
    rules.levels["budget"] = .warning
    #expect(rules.severity(of: rule(.budget), includesPreview: false) == nil)
    rules.options["own"] = Arguments(["most": .integer(1)])
    #expect(rules.severity(of: rule(.budget), includesPreview: false) == .warning)
  }
}
