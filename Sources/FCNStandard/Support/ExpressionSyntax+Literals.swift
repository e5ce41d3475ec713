import FCNCore

extension ExpressionSyntax {
  /// The number that is written; nil for everything else.
  var literalNumber: Double? {
    switch kind {
    case .integer(let value): Double(value)
    case .decimal(let value): value
    case .unary(.negate, let operand): operand.literalNumber.map { -$0 }
    default: nil
    }
  }

  /// The value that is written, as an argument of a stage; nil where it has to be worked out.
  var literal: Argument? {
    switch kind {
    case .integer(let value): return .integer(value)
    case .decimal(let value): return .decimal(value)
    case .flag(let value): return .flag(value)
    case .string(let value): return .text(value)
    case .name(let value): return .word(value)
    case .size(let rows, let columns): return .size(rows: rows, columns: columns)
    case .list(let members):
      let literals = members.compactMap(\.literal)
      return literals.count == members.count ? .list(literals) : nil
    default: return nil
    }
  }
}
