extension NetworkSyntax {
  /// The tree with some of its calls changed, each found by its place.
  func changing(_ changes: [SourceRange: CallChange]) -> NetworkSyntax {
    let changer = CallChanger(changes: changes)
    var result = self
    result.items = items.map { item in
      switch item {
      case .include, .network, .input, .weights: return item
      case .definition(var syntax):
        syntax.body = changer.block(syntax.body)
        return .definition(syntax)
      case .statement(let syntax): return .statement(changer.statement(syntax))
      case .output(var syntax):
        syntax.value = syntax.value.map(changer.expression)
        return .output(syntax)
      }
    }
    return result
  }
}

/// Carries the changes through a tree, from the inside out.
private struct CallChanger {
  let changes: [SourceRange: CallChange]

  func block(_ block: BlockSyntax) -> BlockSyntax {
    BlockSyntax(statements: block.statements.map(statement), range: block.range)
  }

  func statement(_ statement: StatementSyntax) -> StatementSyntax {
    let kind: StatementSyntax.Kind =
      switch statement.kind {
      case .binding(let names, let value): .binding(names: names, value: expression(value))
      case .result(let values): .result(values.map(expression))
      case .next(let name, let value): .next(name: name, value: expression(value))
      case .collect(let value): .collect(expression(value))
      }
    return StatementSyntax(kind, range: statement.range)
  }

  func expression(_ syntax: ExpressionSyntax) -> ExpressionSyntax {
    func made(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax { ExpressionSyntax(kind, range: syntax.range) }
    switch syntax.kind {
    case .integer, .decimal, .flag, .string, .size, .name, .invalid: return syntax
    case .list(let members): return made(.list(members.map(expression)))
    case .subscripted(let base, let index):
      return made(.subscripted(expression(base), index: expression(index)))
    case .call(let call): return expression(call, at: syntax.range)
    case .chain(let head, let links): return chain(expression(head), links.compactMap(link), at: syntax.range)
    case .binary(let binary, let place, let left, let right):
      return made(.binary(binary, operatorRange: place, expression(left), expression(right)))
    case .unary(let unary, let operand): return made(.unary(unary, expression(operand)))
    case .parenthesized(let inner):
      let changed = expression(inner)
      // What has become a name needs no parentheses.
      return changed.isName && !inner.isName ? changed : made(.parenthesized(changed))
    case .conditional(var conditional):
      conditional.condition = expression(conditional.condition)
      conditional.then = block(conditional.then)
      conditional.otherwise = block(conditional.otherwise)
      return made(.conditional(conditional))
    case .repetition(var repetition):
      repetition.count = expression(repetition.count)
      repetition.carried = repetition.carried.map { .init(name: $0.name, initial: expression($0.initial)) }
      repetition.body = block(repetition.body)
      return made(.repetition(repetition))
    }
  }

  /// A chain without links is its head; a chain at the head of another is one with it.
  private func chain(
    _ head: ExpressionSyntax, _ links: [ChainLinkSyntax], at range: SourceRange
  ) -> ExpressionSyntax {
    guard !links.isEmpty else { return head }
    if case .chain(let first, let others) = head.kind {
      return ExpressionSyntax(.chain(head: first, links: others + links), range: range)
    }
    return ExpressionSyntax(.chain(head: head, links: links), range: range)
  }

  private func expression(_ call: CallSyntax, at range: SourceRange) -> ExpressionSyntax {
    let inner = withChangedArguments(call)
    switch changes[call.range] {
    case nil: return ExpressionSyntax(.call(inner), range: range)
    case .rewritten(let rewriting)?: return ExpressionSyntax(.call(rewriting.applied(to: inner)), range: range)
    case .dropped(let arguments)?:
      let input = zip(call.arguments, inner.arguments).first { written, _ in
        written.name == nil && !arguments.values.contains(written.range)
      }
      return input?.1.value ?? ExpressionSyntax(.call(inner), range: range)
    }
  }

  private func withChangedArguments(_ call: CallSyntax) -> CallSyntax {
    var result = call
    result.arguments = call.arguments.map { ArgumentSyntax(name: $0.name, value: expression($0.value)) }
    return result
  }

  /// nil for a link that falls away.
  private func link(_ link: ChainLinkSyntax) -> ChainLinkSyntax? {
    switch link {
    case .call(let call):
      let inner = withChangedArguments(call)
      switch changes[call.range] {
      case nil: return .call(inner)
      case .rewritten(let rewriting)?: return .call(rewriting.applied(to: inner))
      case .dropped?: return nil
      }
    case .conditional(let syntax): return conditional(syntax)
    case .repetition(var syntax):
      syntax.count = expression(syntax.count)
      syntax.links = syntax.links.compactMap(self.link)
      return syntax.links.isEmpty ? nil : .repetition(syntax)
    }
  }

  private func conditional(_ syntax: ChainConditionalSyntax) -> ChainLinkSyntax? {
    var result = syntax
    result.condition = expression(syntax.condition)
    result.then = syntax.then.compactMap(link)
    result.otherwise = syntax.otherwise?.compactMap(link)
    if result.otherwise?.isEmpty ?? false { result.otherwise = nil }
    guard result.then.isEmpty else { return .conditional(result) }
    guard let otherwise = result.otherwise else { return nil }
    result.condition = ExpressionSyntax(.unary(.not, result.condition), range: result.condition.range)
    result.then = otherwise
    result.otherwise = nil
    return .conditional(result)
  }
}

extension ExpressionSyntax {
  fileprivate var isName: Bool {
    if case .name = kind { true } else { false }
  }
}
