/// A part of a syntax tree.
public enum SyntaxPart {
  case item(NetworkSyntax.Item)
  case statement(StatementSyntax)
  case block(BlockSyntax)
  case expression(ExpressionSyntax)
  /// The links behind the head of a chain, or inside of an `if` or `repeat` of a chain.
  case links([ChainLinkSyntax])
  case call(CallSyntax)
}

extension NetworkSyntax {
  /// Visits every part of the tree, each before what is inside of it, in the order of the text.
  public func forEachPart(_ visit: (SyntaxPart) -> Void) {
    withoutActuallyEscaping(visit) { visit in
      let walker = SyntaxWalker(visit: visit)
      for item in items { walker.walk(item) }
    }
  }

  /// Visits every use of a stage or a definition.
  public func forEachCall(_ visit: (CallSyntax) -> Void) {
    forEachPart { if case .call(let call) = $0 { visit(call) } }
  }
}

private struct SyntaxWalker {
  let visit: (SyntaxPart) -> Void

  func walk(_ item: NetworkSyntax.Item) {
    visit(.item(item))
    switch item {
    case .include, .weights: break
    case .network(let syntax): for parameter in syntax.parameters { walk(parameter.defaultValue) }
    case .input(let syntax):
      walk(syntax.channels)
      walk(syntax.like)
      walk(syntax.preprocessing)
    case .definition(let syntax):
      for parameter in syntax.parameters { walk(parameter.defaultValue) }
      walk(syntax.body)
    case .statement(let syntax): walk(syntax)
    case .output(let syntax):
      for argument in syntax.kind?.arguments ?? [] { walk(argument.value) }
      walk(syntax.value)
    }
  }

  func walk(_ block: BlockSyntax) {
    visit(.block(block))
    for statement in block.statements { walk(statement) }
  }

  func walk(_ statement: StatementSyntax) {
    visit(.statement(statement))
    switch statement.kind {
    case .binding(_, let value), .next(_, let value), .collect(let value): walk(value)
    case .result(let values): for value in values { walk(value) }
    }
  }

  func walk(_ expression: ExpressionSyntax?) {
    guard let expression else { return }
    visit(.expression(expression))
    switch expression.kind {
    case .integer, .decimal, .flag, .string, .size, .name, .invalid: break
    case .list(let members): for member in members { walk(member) }
    case .subscripted(let base, let index):
      walk(base)
      walk(index)
    case .call(let call): walk(call)
    case .chain(let head, let links):
      walk(head)
      walk(links)
    case .binary(_, _, let left, let right):
      walk(left)
      walk(right)
    case .unary(_, let operand), .parenthesized(let operand): walk(operand)
    case .conditional(let syntax):
      walk(syntax.condition)
      walk(syntax.then)
      walk(syntax.otherwise)
    case .repetition(let syntax):
      walk(syntax.count)
      for carried in syntax.carried { walk(carried.initial) }
      walk(syntax.label)
      walk(syntax.body)
    }
  }

  func walk(_ call: CallSyntax) {
    visit(.call(call))
    for argument in call.arguments { walk(argument.value) }
    walk(call.label)
  }

  func walk(_ label: LabelSyntax?) {
    for case .expression(let expression) in label?.parts ?? [] { walk(expression) }
  }

  func walk(_ links: [ChainLinkSyntax]) {
    visit(.links(links))
    for link in links {
      switch link {
      case .call(let call): walk(call)
      case .conditional(let syntax):
        walk(syntax.condition)
        walk(syntax.then)
        if let otherwise = syntax.otherwise { walk(otherwise) }
      case .repetition(let syntax):
        walk(syntax.count)
        walk(syntax.label)
        walk(syntax.links)
      }
    }
  }
}
