import FCNCore

/// Names that are not in snake_case.
public enum UnusualName: LintRule {
  public static let description = RuleDescription(
    "unusual-name", .style, since: "0.2.0",
    summary: "A name is not written in small letters with underscores.",
    explanation: """
      The stages and their parameters are written like `batch_norm`; names of values, definitions and parameters in the same \
      form read as one text. The names of inputs and outputs are also file names and words of the command line.

      Rename it. Labels (`@Conv_0`) are names in weight files and not meant.
      """,
    examples: [
      .bad(
        """
        network scores

        input photo[3] = picture -> rgb

        «firstLayer» = photo -> conv(8, kernel: 3, pad: same)
        output scores = firstLayer -> conv(2, kernel: 1)
        """),
      .good(
        """
        network scores

        input photo[3] = picture -> rgb

        first_layer = photo -> conv(8, kernel: 3, pad: same)
        output scores = first_layer -> conv(2, kernel: 1)
        """),
    ])

  public static func check(_ text: AnalyzedText, report: inout RuleReport) {
    func check(_ name: Identifier) {
      let proper = snakeCase(name.name)
      guard proper != name.name else { return }
      report.report("`\(name.name)` is not in snake_case", at: name.range, help: "call it `\(proper)`")
    }
    text.tree.forEachPart { part in
      switch part {
      case .item(.network(let header)):
        check(header.name)
        for parameter in header.parameters { check(parameter.name) }
      case .item(.input(let input)): check(input.name)
      case .item(.output(let output)): if output.value != nil { check(output.name) }
      case .item(.include(let include)): check(include.name)
      case .item(.definition(let definition)):
        check(definition.name)
        for parameter in definition.parameters { check(parameter.name) }
      case .statement(let statement):
        if case .binding(let names, _) = statement.kind { for name in names { check(name) } }
      case .expression(let expression):
        if case .repetition(let repetition) = expression.kind {
          check(repetition.index)
          for carried in repetition.carried { check(carried.name) }
        }
      case .item, .block, .links, .call: break
      }
    }
  }

  /// `firstLayer` as `first_layer`, `RGBImage` as `rgb_image`.
  private static func snakeCase(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      let followsSmall = index > 0 && (letters[index - 1].isLowercase || letters[index - 1].isNumber)
      let beginsWord =
        index > 0 && letters[index - 1].isUppercase && index + 1 < letters.count && letters[index + 1].isLowercase
      if letter.isUppercase, followsSmall || beginsWord, result.last != "_" { result.append("_") }
      result.append(contentsOf: letter.lowercased())
    }
    return result
  }
}
