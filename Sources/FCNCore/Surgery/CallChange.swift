/// What becomes of one call in the text of a network.
enum CallChange {
  /// Its input stands in its place. The ranges are those of its arguments, by parameter.
  case dropped(arguments: [String: SourceRange])
  case rewritten(CallRewriting)
}

/// How a call is written anew: as the use of another stage, with a label, or both.
struct CallRewriting {
  /// What takes its place, with the parameters of the stage that was called and where their arguments stand.
  var replacement: (use: StageReplacement, parameters: [Parameter], arguments: [String: SourceRange])?
  /// The weight name, where the call has no label.
  var label: String?

  func applied(to call: CallSyntax) -> CallSyntax {
    var result = call
    let end = SourceRange(file: call.range.file, lower: call.range.upper, upper: call.range.upper)
    if let (use, parameters, ranges) = replacement {
      let signature = type(of: use.stage).signature
      result.namespace = nil
      result.name = Identifier(signature.name, call.name.range)
      result.hasParentheses = true
      result.arguments = call.arguments.filter { argument in
        argument.name == nil && !ranges.values.contains(argument.range)
      }
      for written in use.arguments {
        switch written {
        case .given(let name, let value):
          result.arguments.append(
            ArgumentSyntax(name: Identifier(name, end), value: ExpressionSyntax(value.syntax, range: end)))
        case .author(let parameter, let name):
          guard let range = ranges[parameter],
            var argument = call.arguments.first(where: { ($0.name == nil ? $0.range : $0.value.range) == range })
          else { continue }
          // Without a name it stays only where both stages take it at the same place.
          let isAtItsPlace =
            parameters.firstIndex { $0.name == parameter } == signature.parameters.firstIndex { $0.name == name }
          if argument.name != nil || !isAtItsPlace { argument.name = Identifier(name, argument.range) }
          result.arguments.append(argument)
        }
      }
    }
    if let label, result.label == nil {
      result.label = LabelSyntax(isAbsolute: false, parts: [.text(label)], range: end)
    }
    return result
  }
}

extension Argument {
  /// The argument as it is written.
  fileprivate var syntax: ExpressionSyntax.Kind {
    switch self {
    case .integer(let value): .integer(value)
    case .decimal(let value): .decimal(value)
    case .flag(let value): .flag(value)
    case .word(let value): .name(value)
    case .text(let value): .string(value)
    case .size(let rows, let columns): .size(rows: rows, columns: columns)
    case .list, .input: preconditionFailure("a replacement is given numbers, words and sizes")
    }
  }
}
