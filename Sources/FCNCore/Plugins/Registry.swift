/// Everything that plugins have registered. A name that is taken twice is refused, naming both plugins.
public struct Registry: Sendable {
  public private(set) var stages: [String: any Stage.Type] = [:]
  public private(set) var frontEnds: [any FrontEnd] = []
  public private(set) var weightFormats: [any WeightFormat] = []
  public private(set) var lintRules: [any LintRule.Type] = []
  public private(set) var reporters: [any Reporter] = []
  public private(set) var exporters: [any Exporter] = []
  /// Two plugins that claim one name: what, the name, and both plugins.
  public private(set) var conflicts: [String] = []
  private var owners: [String: String] = [:]
  private var current = ""

  public init(_ plugins: [any Plugin.Type]) {
    for plugin in plugins {
      current = plugin.name
      plugin.register(in: &self)
    }
  }

  public mutating func register(_ stage: any Stage.Type) {
    if claim("stage", stage.signature.name) { stages[stage.signature.name] = stage }
  }

  public mutating func register(_ frontEnd: any FrontEnd) {
    if claim("front end", frontEnd.name), claimEnds("network files ending in", frontEnd.fileExtensions) {
      frontEnds.append(frontEnd)
    }
  }

  public mutating func register(_ format: any WeightFormat) {
    if claim("weight format", format.name), claimEnds("weight files ending in", format.fileExtensions) {
      weightFormats.append(format)
    }
  }

  public mutating func register(_ rule: any LintRule.Type) {
    var isFree = true
    for name in [rule.description.id.name] + rule.description.formerNames where !claim("lint rule", name) {
      isFree = false
    }
    if isFree { lintRules.append(rule) }
  }

  public mutating func register(_ reporter: any Reporter) {
    if claim("reporter", reporter.name) { reporters.append(reporter) }
  }

  public mutating func register(_ exporter: any Exporter) {
    if claim("exporter", exporter.name) { exporters.append(exporter) }
  }

  /// Claims the ends of file names: a file has one reader.
  private mutating func claimEnds(_ kind: String, _ ends: [String]) -> Bool {
    var areFree = true
    for end in ends where !claim(kind, ".\(end)", verb: "are claimed") { areFree = false }
    return areFree
  }

  private mutating func claim(_ kind: String, _ name: String, verb: String = "is registered") -> Bool {
    let key = "\(kind) `\(name)`"
    if let owner = owners[key] {
      conflicts.append("\(key) \(verb) by the plugins `\(owner)` and `\(current)`")
      return false
    }
    owners[key] = current
    return true
  }
}
