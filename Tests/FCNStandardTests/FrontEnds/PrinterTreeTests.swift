import FCNCore
import FCNStandard
import FCNTestSupport
import Testing

/// Trees that no text stands behind, as other front ends make them: the printer has to find the parentheses.
@Suite struct PrinterTreeTests {
  private let file = SourceFile(path: "made.fcn", text: "")
  private var nowhere: SourceRange { SourceRange(file: file, lower: 0, upper: 0) }

  private func node(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax { ExpressionSyntax(kind, range: nowhere) }
  private func name(_ text: String) -> Identifier { Identifier(text, nowhere) }

  private func expression(_ depth: Int, _ random: inout SeededGenerator) -> ExpressionSyntax {
    let most = depth > 0 ? 11 : 4
    switch Int.random(in: 0...most, using: &random) {
    case 0: return node(.integer(Int.random(in: 0...9, using: &random)))
    case 1: return node(.decimal(Double.random(in: 0...1, using: &random)))
    case 2: return node(.name(["a", "b", "same"].randomElement(using: &random) ?? "a"))
    case 3: return node(.string("a\"\\\n"))
    case 4: return node(.size(rows: 3, columns: 5))
    case 5: return node(.list([expression(depth - 1, &random), expression(depth - 1, &random)]))
    case 6: return node(.unary(Bool.random(using: &random) ? .not : .negate, expression(depth - 1, &random)))
    case 7: return node(.subscripted(expression(depth - 1, &random), index: expression(depth - 1, &random)))
    case 8: return node(.chain(head: expression(depth - 1, &random), links: links(depth - 1, &random)))
    case 9:
      let then = StatementSyntax(.result([expression(depth - 1, &random)]), range: nowhere)
      let otherwise = StatementSyntax(.result([expression(depth - 1, &random)]), range: nowhere)
      return node(
        .conditional(
          ConditionalSyntax(
            condition: expression(depth - 1, &random), then: BlockSyntax(statements: [then], range: nowhere),
            otherwise: BlockSyntax(statements: [otherwise], range: nowhere), range: nowhere)))
    default:
      let binary = BinaryOperator.allCases.randomElement(using: &random) ?? .add
      return node(
        .binary(binary, operatorRange: nowhere, expression(depth - 1, &random), expression(depth - 1, &random)))
    }
  }

  private func links(_ depth: Int, _ random: inout SeededGenerator) -> [ChainLinkSyntax] {
    let arguments = [ArgumentSyntax(name: name("k"), value: expression(depth, &random))]
    let call = CallSyntax(
      name: name("f"), arguments: arguments, hasParentheses: true,
      label: LabelSyntax(isAbsolute: true, parts: [.text("a."), .expression(expression(0, &random))], range: nowhere),
      range: nowhere)
    guard depth > 0 else { return [.call(call)] }
    return [
      .call(call),
      .conditional(
        ChainConditionalSyntax(
          condition: expression(depth - 1, &random), then: links(depth - 1, &random),
          otherwise: Bool.random(using: &random) ? links(depth - 1, &random) : nil, range: nowhere)),
      .repetition(
        ChainRepetitionSyntax(
          index: name("i"), count: expression(depth - 1, &random), links: links(depth - 1, &random), label: nil,
          range: nowhere)),
    ]
  }

  @Test(arguments: 0..<400) func printsWhatIsReadAgain(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let value = expression(1 + seed % 5, &random)
    let statement = StatementSyntax(.binding(names: [name("y")], value: value), range: nowhere)
    let tree = NetworkSyntax(file: file, items: [.statement(statement)])
    let printed = NetworkLanguage().print(tree)
    let read = Sample.read(printed)
    #expect(read.findings == [], "\(printed)")
    #expect(SyntaxDump.bare(SyntaxDump.dump(read.tree)) == SyntaxDump.bare(SyntaxDump.dump(tree)), "\(printed)")
  }
}
