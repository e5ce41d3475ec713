import FCNCore

/// A syntax tree as one S-expression per item, without ranges: the form in which tests compare trees.
public enum SyntaxDump {
  public static func dump(_ tree: NetworkSyntax) -> String {
    let version = tree.version.map { ["(fcn \($0.number))"] } ?? []
    return (version + tree.items.map(item)).joined(separator: "\n")
  }

  /// The dump without the parentheses, which carry no meaning in it.
  public static func bare(_ dump: String) -> String {
    var result: [Character] = []
    var open: [Bool] = []
    var rest = dump[...]
    var inText = false
    while let first = rest.first {
      if first == "\"" { inText.toggle() }
      if !inText, rest.hasPrefix("(paren ") {
        open.append(true)
        rest = rest.dropFirst(7)
        continue
      }
      rest = rest.dropFirst()
      if !inText, first == "(" { open.append(false) }
      if !inText, first == ")", open.popLast() == true { continue }
      result.append(first)
    }
    return String(result)
  }

  public static func dump(_ expression: ExpressionSyntax) -> String {
    switch expression.kind {
    case .integer(let value): "\(value)"
    case .decimal(let value): "\(value)d"
    case .flag(let value): "\(value)"
    case .string(let value): quoted(value)
    case .size(let rows, let columns): "\(rows)x\(columns)"
    case .list(let elements): list("list", elements.map(dump))
    case .name(let name): name
    case .subscripted(let value, let index): list("at", [dump(value), dump(index)])
    case .call(let syntax): call(syntax)
    case .chain(let head, let links): list("->", [dump(head)] + links.map(link))
    case .binary(let binary, _, let left, let right): list(binary.rawValue, [dump(left), dump(right)])
    case .unary(let unary, let operand): list(unary.rawValue, [dump(operand)])
    case .parenthesized(let inner): list("paren", [dump(inner)])
    case .conditional(let syntax):
      list("if", [dump(syntax.condition), block(syntax.then), block(syntax.otherwise)])
    case .repetition(let syntax):
      list(
        "repeat",
        [syntax.index.name, dump(syntax.count)] + syntax.carried.map { list($0.name.name, [dump($0.initial)]) }
          + [block(syntax.body)] + label(syntax.label))
    case .invalid: "<invalid>"
    }
  }

  private static func item(_ item: NetworkSyntax.Item) -> String {
    switch item {
    case .include(let syntax): list("include", [quoted(syntax.path), syntax.name.name])
    case .network(let syntax): list("network", [syntax.name.name] + syntax.parameters.map(parameter))
    case .input(let syntax):
      list(
        "input",
        [syntax.name.name, dump(syntax.channels)] + optional("like", syntax.like) + optional("=", syntax.preprocessing))
    case .definition(let syntax):
      list("def", [syntax.name.name, list("", syntax.parameters.map(parameter)), block(syntax.body)])
    case .weights(let syntax):
      list("weights", syntax.entries.map { list("=", [quoted($0.weight.name), quoted($0.tensor.name)]) })
    case .statement(let syntax): statement(syntax)
    case .output(let syntax):
      list(
        "output", [syntax.name.name] + (syntax.kind.map { [list(":", [call($0)])] } ?? []) + optional("=", syntax.value)
      )
    }
  }

  private static func statement(_ statement: StatementSyntax) -> String {
    switch statement.kind {
    case .binding(let names, let value): list("=", names.map(\.name) + [dump(value)])
    case .result(let values): list("result", values.map(dump))
    case .next(let name, let value): list("next", [name.name, dump(value)])
    case .collect(let value): list("collect", [dump(value)])
    }
  }

  private static func block(_ block: BlockSyntax) -> String {
    "{" + block.statements.map(statement).joined(separator: " ") + "}"
  }

  private static func parameter(_ parameter: ParameterSyntax) -> String {
    parameter.defaultValue.map { list(parameter.name.name, [dump($0)]) } ?? parameter.name.name
  }

  private static func call(_ syntax: CallSyntax) -> String {
    let name = (syntax.namespace.map { $0.name + "." } ?? "") + syntax.name.name
    let arguments = syntax.arguments.map { argument in
      argument.name.map { "\($0.name):\(dump(argument.value))" } ?? dump(argument.value)
    }
    return list("call", [syntax.hasParentheses ? name + "()" : name] + arguments + label(syntax.label))
  }

  private static func link(_ link: ChainLinkSyntax) -> String {
    switch link {
    case .call(let syntax): call(syntax)
    case .conditional(let syntax):
      list("if", [dump(syntax.condition), links(syntax.then)] + (syntax.otherwise.map { [links($0)] } ?? []))
    case .repetition(let syntax):
      list("repeat", [syntax.index.name, dump(syntax.count), links(syntax.links)] + label(syntax.label))
    }
  }

  private static func links(_ links: [ChainLinkSyntax]) -> String {
    "{" + links.map(link).joined(separator: " ") + "}"
  }

  private static func label(_ label: LabelSyntax?) -> [String] {
    guard let label else { return [] }
    let parts = label.parts.map { part in
      switch part {
      case .text(let text): text
      case .expression(let expression): "{" + dump(expression) + "}"
      }
    }
    return ["@" + (label.isAbsolute ? "/" : "") + parts.joined()]
  }

  private static func optional(_ role: String, _ expression: ExpressionSyntax?) -> [String] {
    expression.map { [list(role, [dump($0)])] } ?? []
  }

  private static func list(_ head: String, _ tail: [String]) -> String {
    "(" + ([head] + tail).joined(separator: " ") + ")"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map { $0.value < 32 || $0 == "\"" || $0 == "\\" ? "<\($0.value)>" : String($0) }.joined()
      + "\""
  }
}
