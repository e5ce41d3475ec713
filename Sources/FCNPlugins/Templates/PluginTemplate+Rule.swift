extension PluginTemplate {
  static let rule = PluginTemplate(
    "rule", "a rule of `fcnc lint`",
    network:
      """
      network example

      input photo[3] = picture -> rgb

      output scores: logits = photo -> conv(2, kernel: 9, pad: same)

      """
  ) { name in
    """
    import FCNCore

    /// Windows that are larger than we want them.
    public enum \(name.type): LintRule {
      public static let description = RuleDescription(
        "\(name.kebab)", .suspicious, since: "1.0.0",
        summary: "A convolution has a window of more than seven pixels.",
        explanation: \"\"\"
          A window of 9 x 9 costs as much as three of 5 x 5 and sees less.

          Use smaller ones behind each other.
          \"\"\",
        options: [Parameter("most", .integer(1...1024), default: .value(.integer(7)), "The largest window that may be.")],
        examples: [
          .bad(
            \"\"\"
            network scores

            input photo[3] = picture -> rgb

            output scores: logits = photo -> conv(2, kernel: «9», pad: same)
            \"\"\"),
          .good(
            \"\"\"
            network scores

            input photo[3] = picture -> rgb

            output scores: logits = photo -> conv(2, kernel: 5, pad: same)
            \"\"\"),
        ])

      public static func check(_ network: AnalyzedNetwork, report: inout RuleReport) {
        let most = report.options.integer("most")
        for node in network.graph.nodes.indices where network.categories[node] == .convolution {
          guard case .window(let window)? = network.accesses[node].first?.rows, window.taps > most else { continue }
          report.report(
            "this window has \\(window.taps) rows, more than \\(most)", node: node, of: network.graph, argument: "kernel",
            help: "use smaller windows behind each other")
        }
      }
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type).self) }
    }

    """
  }

  static let reporter = PluginTemplate("reporter", "a form in which findings are printed") { name in
    """
    import FCNCore

    /// A table of Markdown with a row for each finding.
    public struct \(name.type): Reporter {
      public let name = "\(name.kebab)"

      public init() {}

      public func report(_ findings: FindingReport) -> String {
        var text = "| place | finding |\\n| --- | --- |\\n"
        for finding in findings.diagnostics {
          let place = finding.range.map { "\\($0.file.path):\\($0.start.line)" } ?? ""
          let words = finding.message.split(whereSeparator: \\.isNewline).joined(separator: " ")
          text += "| \\(place) | \\(words.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\\\|")) |\\n"
        }
        return text
      }
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type)()) }
    }

    """
  }

  static let exporter = PluginTemplate("exporter", "a form that `fcnc export --to` writes networks in") { name in
    """
    import FCNCore

    /// The network as a picture that Mermaid draws: boxes for stages, arrows for values.
    public struct \(name.type): Exporter {
      public let name = "\(name.kebab)"
      public let summary = "A flow chart for Mermaid."
      public let fileExtension = "mmd"

      public init() {}

      public func export(_ network: ExportedNetwork, report: inout DiagnosticSink) -> String? {
        let graph = network.graph
        var lines = ["flowchart TD"]
        for input in graph.inputs { lines.append("  v\\(input.value)([\\"\\(graph.values[input.value].name)\\"])") }
        for node in graph.nodes {
          let stage = type(of: node.stage).signature.name
          for output in node.outputs { lines.append("  v\\(output)[\\"\\(stage)\\"]") }
          for input in node.inputs {
            for output in node.outputs { lines.append("  v\\(input) --> v\\(output)") }
          }
        }
        for output in graph.outputs { lines.append("  v\\(output.value) --> o\\(output.value)([\\"\\(output.description.name)\\"])") }
        return lines.joined(separator: "\\n") + "\\n"
      }
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type)()) }
    }

    """
  }
}
